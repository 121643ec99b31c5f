// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISupplySource} from "../../src/interfaces/ISupplySource.sol";
import {IndexRule} from "../../src/rules/IndexRule.sol";
import {Rule} from "../../src/rules/Rule.sol";
import {RuleFixture} from "../fixture/RuleFixture.sol";

contract LyingSource is ISupplySource {
    mapping(address => uint256) public supplyOf;

    function say(address token, uint256 supply) external {
        supplyOf[token] = supply;
    }
}

contract ReadyTest is RuleFixture {
    IndexRule private _index;

    function setUp() public override {
        super.setUp();
        _index = new IndexRule(policy, hub);
        _allowRule(_index);
    }

    /// @dev Supplies in proportion to what is held of each: at the first prices every capitalisation is the same.
    function _config() private pure returns (IndexRule.Config memory config) {
        config.parts = new uint128[](5);
        for (uint256 i; i < 5; ++i) {
            config.parts[i] = uint128(amounts()[i] * 1000);
        }
        config.byCapitalisation = true;
        (config.capBps, config.driftBps) = (10_000, 300);
        config.terms = _terms();
    }

    function _configure(IndexRule.Config memory config) private {
        vm.prank(_decider());
        _index.configure(address(vault), config);
    }

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

    function testFuzz_no_member_is_above_the_cap_and_the_others_keep_their_proportions(
        uint16[5] memory moves,
        uint16 cap
    ) public {
        IndexRule.Config memory config = _config();
        config.capBps = uint16(bound(cap, 2000, 10_000));
        _configure(config);
        for (uint256 i; i < 5; ++i) {
            _move(i, bound(moves[i], 1000, 60_000));
        }
        (uint256[] memory wanted, uint256 sum) = _wantedD18(_index);
        assertApproxEqAbs(sum, ONE, DUST, "the weights make a whole");
        uint256 capD18 = uint256(config.capBps) * 1e14;
        for (uint256 i; i < 5; ++i) {
            assertLe(wanted[i], capD18, "nobody is above the cap");
            uint256 next = (i + 1) % 5;
            if (wanted[i] + DUST >= capD18 || wanted[next] + DUST >= capD18) continue;
            assertApproxEqAbs(wanted[i] * _heldD18(next), wanted[next] * _heldD18(i), DUST * ONE);
        }
    }

    function testFuzz_fixed_parts_are_weights_whatever_prices_do(uint32[5] memory parts, uint128 price) public {
        IndexRule.Config memory config = _config();
        config.byCapitalisation = false;
        uint256 sum;
        for (uint256 i; i < 5; ++i) {
            config.parts[i] = uint128(bound(parts[i], 1, 1e9));
            sum += config.parts[i];
        }
        _configure(config);
        feeds[3].set(uint128(bound(price, 500e8, 8000e8)));
        (uint256[] memory wanted,) = _wantedD18(_index);
        for (uint256 i; i < 5; ++i) {
            assertApproxEqAbs(wanted[i], config.parts[i] * ONE / sum, DUST);
        }
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

    /// A source that says a token's supply is anything at all moves its weight no further than the clamp lets it.
    function testFuzz_a_lying_source_moves_a_part_only_inside_the_clamp(uint256 supply, uint16 clamp) public {
        LyingSource source = new LyingSource();
        IndexRule.Config memory config = _config();
        (config.source, config.clampBps) = (address(source), uint16(bound(clamp, 0, 5000)));
        for (uint256 i; i < 5; ++i) {
            source.say(address(tokens[i]), config.parts[i]);
        }
        source.say(address(tokens[3]), supply);
        _configure(config);
        (uint256[] memory wanted,) = _wantedD18(_index);
        (uint256 low, uint256 high) = (10_000 - config.clampBps, 10_000 + config.clampBps);
        assertGe(wanted[3] + DUST, low * ONE / (40_000 + low));
        assertLe(wanted[3], high * ONE / (40_000 + high) + DUST);
        if (supply == config.parts[3]) assertApproxEqAbs(wanted[3], 0.2e18, DUST);
    }

    function test_a_config_has_bounds() public {
        IndexRule.Config[8] memory bad;
        for (uint256 i; i < 8; ++i) {
            bad[i] = _config();
        }
        bad[0].parts = new uint128[](4);
        bad[1].capBps = 1999;
        (bad[2].parts[0], bad[2].capBps) = (0, 2499);
        bad[3].capBps = 10_001;
        bad[4].clampBps = 10_000;
        bad[5].driftBps = 0;
        bad[6].driftBps = 10_000;
        (bad[7].source, bad[7].byCapitalisation) = (address(1), false);
        for (uint256 i; i < 8; ++i) {
            _expect(IndexRule.IndexRule__BadConfig.selector);
            _configure(bad[i]);
        }
    }
}
