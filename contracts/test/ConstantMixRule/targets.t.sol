// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ConstantMixRule} from "../../src/rules/ConstantMixRule.sol";
import {MixFixture} from "../fixture/MixFixture.sol";

contract TargetsTest is MixFixture {
    function test_targets_are_the_weights_themselves() public {
        _configure(_config(ConstantMixRule.Measure.Distance, 100));
        _move(3, 15_000);
        (uint256[] memory wanted, uint256 sum) = _wantedD18(_mix);
        for (uint256 i; i < 5; ++i) {
            assertApproxEqAbs(wanted[i], 0.2e18, DUST);
        }
        assertApproxEqAbs(sum, ONE, DUST);
    }
}
