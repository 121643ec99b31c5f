// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {VolatilityBandRule} from "../../src/rules/VolatilityBandRule.sol";
import {VolatilityFixture} from "../fixture/VolatilityFixture.sol";

contract ConfigureTest is VolatilityFixture {
    function test_bands_returns_and_times_have_bounds() public {
        VolatilityBandRule.Config[8] memory bad;
        for (uint256 i; i < 8; ++i) {
            bad[i] = _config();
        }
        bad[0].minBandBps = 0;
        bad[1].minBandBps = 2501;
        bad[2].maxBandBps = 10_000;
        bad[3].maxReturnBps = 0;
        bad[4].maxReturnBps = 10_001;
        bad[5].startBps = 10_001;
        bad[6].interval = 5 minutes - 1;
        bad[7].memory_ = 1 hours - 1;
        for (uint256 i; i < 8; ++i) {
            _expect(VolatilityBandRule.VolatilityBandRule__BadConfig.selector);
            _configure(bad[i]);
        }
    }

    function test_the_edges_of_the_bounds_are_inside() public {
        VolatilityBandRule.Config[6] memory good;
        for (uint256 i; i < 6; ++i) {
            good[i] = _config();
        }
        good[0].minBandBps = 1;
        (good[1].minBandBps, good[1].maxBandBps) = (9999, 9999);
        good[2].maxReturnBps = 1;
        good[3].maxReturnBps = 10_000;
        good[4].startBps = 10_000;
        (good[5].interval, good[5].memory_) = (5 minutes, 5 minutes);
        for (uint256 i; i < 6; ++i) {
            uint256 before = vm.snapshotState();
            _configure(good[i]);
            vm.revertToState(before);
        }
    }
}
