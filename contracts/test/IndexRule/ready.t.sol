// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IndexRule} from "../../src/rules/IndexRule.sol";
import {Rule} from "../../src/rules/Rule.sol";
import {IndexFixture} from "../fixture/IndexFixture.sol";

contract ReadyTest is IndexFixture {
    function test_a_vault_without_an_index_is_not_asked_for() public {
        _expect(Rule.Rule__NotConfigured.selector);
        _index.ready(address(vault));
    }

    /// Prices move what is held and what is wanted alike: nothing needs to be traded, whatever they do.
    function testFuzz_an_uncapped_capitalisation_index_follows_prices_by_itself(uint16[5] memory moves) public {
        IndexRule.Config memory config = _config();
        config.driftBps = 1;
        _configure(config);
        for (uint256 i; i < 5; ++i) {
            _move(i, bound(moves[i], 1000, 60_000));
        }
        assertFalse(_index.ready(address(vault)));
    }

    function test_it_runs_on_drift_at_any_time_and_on_schedule_from_the_least() public {
        IndexRule.Config memory config = _config();
        (config.capBps, config.driftBps, config.leastBps) = (2500, 500, 100);
        (config.every, config.anchor) = (7 days, uint32(block.timestamp - 1));
        _configure(config);
        _propose(_intent(3, 1, 1));
        _wait(1 hours + 1);
        _move(3, 14_500);
        assertFalse(_index.ready(address(vault)), "1.6 points above the cap, and this week's run is done");
        _wait(7 days);
        assertTrue(_index.ready(address(vault)), "a new week");
        _propose(_intent(3, 1, 1));
        assertFalse(_index.ready(address(vault)));
        _move(3, 20_000);
        assertTrue(_index.ready(address(vault)), "8 points above the cap");
        _wait(1 hours + 1);
        _serve(_index);
        assertFalse(_index.ready(address(vault)));
        assertApproxEqAbs(_heldD18(3), 0.25e18, 3 * DUST);
    }
}
