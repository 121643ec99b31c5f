// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {VolatilityBandRule} from "../../src/rules/VolatilityBandRule.sol";
import {VolatilityFixture} from "../fixture/VolatilityFixture.sol";

contract ReadyTest is VolatilityFixture {
    function testFuzz_ready_exactly_when_a_weight_leaves_the_band_of_its_asset(uint16[4] memory moves) public {
        _configure(_config());
        for (uint256 i; i < 4; ++i) {
            _move(3, bound(moves[i], 8000, 12_500));
            _rule.observe(address(vault));
            _wait(4 hours);
        }
        bool out;
        (,, uint256[] memory balances) = vault.holdings();
        for (uint256 i; i < 5; ++i) {
            (uint256 held, uint256 wanted) = (_worthD18(i, balances[i]) * ONE, _navD18() * 0.2e18);
            uint256 gap = held > wanted ? held - wanted : wanted - held;
            out = out || gap > _navD18() * _rule.bandD18Of(address(vault), address(tokens[i]));
        }
        assertEq(_rule.ready(address(vault)), out);
    }

    function test_the_same_drift_is_left_alone_in_a_wild_market_and_mended_in_a_quiet_one() public {
        VolatilityBandRule.Config memory config = _config();
        _configure(config);
        _move(3, 12_500);
        assertTrue(_rule.ready(address(vault)), "3.8 points off, a band of three");
        for (uint256 i; i < 30; ++i) {
            _rule.observe(address(vault));
            _wait(4 hours);
            _move(3, i % 2 == 0 ? 11_000 : 12_500);
        }
        _move(3, 12_500);
        assertGt(_rule.bandD18Of(address(vault), address(tokens[3])), 0.15e18);
        assertTrue(_rule.ready(address(vault)), "the quiet others have grown narrower bands");
        assertLt(_rule.bandD18Of(address(vault), address(tokens[1])), 0.01e18);
    }

    function test_what_is_neither_held_nor_wanted_needs_no_price() public {
        VolatilityBandRule.Config memory config = _config();
        config.weightsBps = _five([2500, 2500, 2500, 2500, 0]);
        _configure(config);
        _assertPriceNeeded(_rule, false);
    }

    function test_what_is_wanted_needs_a_price_before_it_is_held() public {
        _configure(_config());
        _assertPriceNeeded(_rule, true);
    }
}
