// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ConstantMixRule} from "../../src/rules/ConstantMixRule.sol";
import {Rule} from "../../src/rules/Rule.sol";
import {MixFixture} from "../fixture/MixFixture.sol";

contract ReadyTest is MixFixture {
    function test_a_vault_without_a_mix_is_not_asked_for() public {
        _expect(Rule.Rule__NotConfigured.selector);
        _mix.ready(address(vault));
    }

    function testFuzz_by_turnover_it_is_ready_exactly_when_more_must_be_sold(uint16[5] memory moves, uint16 max)
        public
    {
        max = uint16(bound(max, 1, 3000));
        _configure(_config(ConstantMixRule.Measure.Turnover, max));
        _moveAll(moves);
        (uint256 turnover,) = _deviations();
        assertEq(_mix.ready(address(vault)), turnover > uint256(max) * 1e14);
    }

    function testFuzz_by_distance_it_is_ready_exactly_when_the_root_of_squares_is_more(
        uint16[5] memory moves,
        uint16 max
    ) public {
        max = uint16(bound(max, 1, 3000));
        _configure(_config(ConstantMixRule.Measure.Distance, max));
        _moveAll(moves);
        (, uint256 squares) = _deviations();
        assertEq(_mix.ready(address(vault)), squares > (uint256(max) * 1e14) ** 2);
    }

    function testFuzz_by_cost_it_is_ready_exactly_when_mending_pays(
        uint16[5] memory moves,
        uint32 penalty,
        uint16 cost,
        uint96 fixedCost
    ) public {
        ConstantMixRule.Config memory config = _config(ConstantMixRule.Measure.Cost, 0);
        config.penaltyBps = uint32(bound(penalty, 1, 20_000));
        config.costBps = uint16(bound(cost, 0, 200));
        config.fixedCostD18 = uint96(bound(fixedCost, 0, 2000e18));
        _configure(config);
        _moveAll(moves);
        (uint256 turnover, uint256 squares) = _deviations();
        uint256 gain = squares * config.penaltyBps / 1e22;
        uint256 spent = turnover * config.costBps / 10_000;
        uint256 nav = _navD18();
        uint256 once = (uint256(config.fixedCostD18) * ONE + nav - 1) / nav;
        assertEq(_mix.ready(address(vault)), gain > spent + once);
    }

    /// What has to be paid once is rounded up: at just as much as it gains, mending does not pay.
    function test_a_fixed_cost_is_rounded_up() public {
        ConstantMixRule.Config memory config = _config(ConstantMixRule.Measure.Cost, 0);
        config.penaltyBps = 20_000;
        _move(1, 12_000);
        (, uint256 squares) = _deviations();
        uint256 gain = squares * config.penaltyBps / 1e22;
        uint256 nav = _navD18();
        uint256 most = gain * nav / ONE - 1;
        assertEq(most * ONE / nav, gain - 1, "a fraction is left");
        uint256 before = vm.snapshotState();
        config.fixedCostD18 = uint96(most);
        _configure(config);
        assertFalse(_mix.ready(address(vault)));
        vm.revertToState(before);
        config.fixedCostD18 = uint96(most - nav / ONE - 1);
        _configure(config);
        assertTrue(_mix.ready(address(vault)));
    }

    /// Two assets at three points off each, one up and one down: a threshold of four points sees nothing, four together do.
    function test_it_sees_many_small_deviations_that_a_threshold_overlooks() public {
        _configure(_config(ConstantMixRule.Measure.Turnover, 350));
        _move(1, 12_000);
        _move(2, 12_000);
        (uint256 turnover,) = _deviations();
        assertGt(turnover, 0.035e18);
        assertLt(_heldD18(1), 0.24e18);
        assertTrue(_mix.ready(address(vault)));
    }

    function test_what_is_neither_held_nor_wanted_needs_no_price() public {
        ConstantMixRule.Config memory config = _config(ConstantMixRule.Measure.Turnover, 100);
        config.weightsBps = _five([2500, 2500, 2500, 2500, 0]);
        _configure(config);
        _assertPriceNeeded(_mix, false);
    }

    function test_what_is_wanted_needs_a_price_before_it_is_held() public {
        _configure(_config(ConstantMixRule.Measure.Turnover, 100));
        _assertPriceNeeded(_mix, true);
    }
}
