// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ConstantMixRule} from "../../src/rules/ConstantMixRule.sol";
import {MixFixture} from "../fixture/MixFixture.sol";

contract ConfigureTest is MixFixture {
    function test_a_measure_needs_its_own_figure() public {
        _expect(ConstantMixRule.ConstantMixRule__BadMeasure.selector);
        _configure(_config(ConstantMixRule.Measure.Turnover, 0));
        _expect(ConstantMixRule.ConstantMixRule__BadMeasure.selector);
        _configure(_config(ConstantMixRule.Measure.Distance, 10_000));
        _expect(ConstantMixRule.ConstantMixRule__BadMeasure.selector);
        _configure(_config(ConstantMixRule.Measure.Cost, 100));
    }

    function test_the_edges_of_the_bounds_are_inside() public {
        ConstantMixRule.Config[4] memory good;
        for (uint256 i; i < 4; ++i) {
            good[i] = _config(ConstantMixRule.Measure.Turnover, 1);
        }
        good[0].maxBps = 9999;
        (good[1].measure, good[1].maxBps) = (ConstantMixRule.Measure.Distance, 9999);
        (good[2].measure, good[2].maxBps, good[2].penaltyBps) = (ConstantMixRule.Measure.Cost, 0, 1);
        (good[3].measure, good[3].maxBps) = (ConstantMixRule.Measure.Distance, 1);
        for (uint256 i; i < 4; ++i) {
            uint256 before = vm.snapshotState();
            _configure(good[i]);
            vm.revertToState(before);
        }
    }
}
