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
}
