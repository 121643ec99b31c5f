// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {CppiRule} from "../../src/rules/CppiRule.sol";
import {Rule} from "../../src/rules/Rule.sol";
import {CppiFixture} from "../fixture/CppiFixture.sol";

contract ConfigureTest is CppiFixture {
    function test_every_figure_has_its_bounds() public {
        CppiRule.Config[8] memory bad;
        for (uint256 i; i < 8; ++i) {
            bad[i] = _config();
        }
        bad[0].multiplierBps = 9999;
        bad[1].capBps = 0;
        bad[2].capBps = 10_001;
        bad[3].keepBps = 10_000;
        bad[4].buyBandBps = 10_000;
        bad[5].sellBandBps = 10_000;
        bad[6].floorD18 = 0;
        bad[7].safeBps = _five([2500, 7500, 0, 0, 0]);
        for (uint256 i; i < 8; ++i) {
            _expect(CppiRule.CppiRule__BadConfig.selector);
            _configure(bad[i]);
        }
        _configure(_config());
    }

    function test_both_splits_make_a_whole_and_both_terms_fit_the_policy() public {
        CppiRule.Config memory config = _config();
        config.riskyBps[0] = 2501;
        _expect(Rule.Rule__BadWeights.selector);
        _configure(config);
        config = _config();
        config.safeBps[1] = 9999;
        _expect(Rule.Rule__BadWeights.selector);
        _configure(config);
        config = _config();
        config.selling.floorDiscBps = 101;
        _expect(Rule.Rule__BadTerms.selector);
        _configure(config);
        config = _config();
        config.buying.horizon = 0;
        _expect(Rule.Rule__BadTerms.selector);
        _configure(config);
    }

    function test_the_edges_of_the_bounds_are_inside() public {
        CppiRule.Config[7] memory good;
        for (uint256 i; i < 7; ++i) {
            good[i] = _config();
        }
        good[0].multiplierBps = 10_000;
        good[1].capBps = 1;
        good[2].capBps = 10_000;
        (good[3].keepBps, good[3].floorD18) = (9999, 0);
        (good[4].keepBps, good[4].floorD18) = (1, 0);
        good[5].floorD18 = 1;
        (good[6].buyBandBps, good[6].sellBandBps) = (9999, 9999);
        for (uint256 i; i < 7; ++i) {
            uint256 before = vm.snapshotState();
            _configure(good[i]);
            vm.revertToState(before);
        }
    }
}
