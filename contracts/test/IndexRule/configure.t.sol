// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IndexRule} from "../../src/rules/IndexRule.sol";
import {IndexFixture} from "../fixture/IndexFixture.sol";

contract ConfigureTest is IndexFixture {
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
