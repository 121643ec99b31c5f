// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IRule} from "../../src/interfaces/IRule.sol";
import {CppiRule} from "../../src/rules/CppiRule.sol";
import {CppiFixture} from "../fixture/CppiFixture.sol";

contract TargetsTest is CppiFixture {
    function testFuzz_targets_split_the_exposure_and_the_rest(uint16 moved) public {
        _configure(_config());
        _moveRisky(bound(moved, 5000, 20_000));
        (, uint256 exposure, uint256 held) = cppi.standingOf(address(vault));
        (uint256[] memory wanted, uint256 sum) = _wantedD18(cppi);
        assertApproxEqAbs(sum, ONE, DUST);
        for (uint256 i; i < 5; ++i) {
            assertApproxEqAbs(wanted[i], i == 1 ? ONE - exposure : exposure / 4, DUST);
        }
        (, IRule.Terms memory terms) = cppi.targets(address(vault));
        assertEq(terms.decay, held > exposure ? 2 minutes : 10 minutes, "sales run on terms of their own");
    }

    function test_without_a_cushion_all_is_safe() public {
        _configure(_config());
        _moveRisky(7000);
        (uint256[] memory wanted,) = _wantedD18(cppi);
        assertApproxEqAbs(wanted[1], ONE, DUST);
        assertTrue(cppi.ready(address(vault)));
    }

    /// The floor of a share whose value doubles slowly ends at four fifths of the double, and does not come down again.
    function test_a_floor_that_follows_the_peak_does_not_come_down() public {
        _configure(_config());
        _serve(cppi);
        bytes memory call = abi.encodeCall(cppi.configure, (address(vault), _following()));
        vm.prank(_decider());
        cppi.queue(call);
        _wait(1 days);
        _configure(_following());
        uint256 before;
        for (uint256 bps = 10_000; bps <= 20_000; bps += 50) {
            _moveRisky(bps);
            cppi.ratchet(address(vault));
            (uint256 floor,,) = cppi.standingOf(address(vault));
            assertGe(floor, before);
            assertApproxEqAbs(floor, _shareD18() * 8 / 10, 1e9);
            before = floor;
            _wait(1 days);
        }
        _moveRisky(10_000);
        cppi.ratchet(address(vault));
        (uint256 after_,,) = cppi.standingOf(address(vault));
        assertEq(after_, before);
    }

    function _following() private pure returns (CppiRule.Config memory config) {
        config = _config();
        (config.keepBps, config.floorD18) = (8000, 0);
    }

    function test_what_is_neither_held_nor_wanted_needs_no_price() public {
        CppiRule.Config memory config = _config();
        config.riskyBps = _five([2500, 0, 2500, 5000, 0]);
        _configure(config);
        _assertPriceNeeded(cppi, false);
    }

    function test_what_is_wanted_needs_a_price_before_it_is_held() public {
        _configure(_config());
        _assertPriceNeeded(cppi, true);
    }
}
