// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IndexRule} from "../../src/rules/IndexRule.sol";
import {IndexFixture} from "../fixture/IndexFixture.sol";

contract ConfigureTest is IndexFixture {
    function test_a_config_has_bounds() public {
        IndexRule.Config[9] memory bad;
        for (uint256 i; i < 9; ++i) {
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
        bad[8].leastBps = 10_000;
        for (uint256 i; i < 9; ++i) {
            _expect(IndexRule.IndexRule__BadConfig.selector);
            _configure(bad[i]);
        }
    }

    function test_the_edges_of_the_bounds_are_inside() public {
        IndexRule.Config[6] memory good;
        for (uint256 i; i < 6; ++i) {
            good[i] = _config();
        }
        good[0].capBps = 2000;
        (good[1].parts[0], good[1].capBps) = (0, 2500);
        good[2].clampBps = 9999;
        good[3].leastBps = 9999;
        good[4].driftBps = 9999;
        (good[5].every, good[5].driftBps) = (1, 0);
        for (uint256 i; i < 6; ++i) {
            uint256 before = vm.snapshotState();
            _configure(good[i]);
            vm.revertToState(before);
        }
    }
}
