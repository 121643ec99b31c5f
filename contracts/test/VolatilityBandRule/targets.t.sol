// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {VolatilityFixture} from "../fixture/VolatilityFixture.sol";

contract TargetsTest is VolatilityFixture {
    function test_targets_are_the_weights() public {
        _configure(_config());
        _move(2, 14_000);
        (uint256[] memory wanted,) = _wantedD18(_rule);
        for (uint256 i; i < 5; ++i) {
            assertApproxEqAbs(wanted[i], 0.2e18, DUST);
        }
    }
}
