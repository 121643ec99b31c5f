// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Rule} from "../../src/rules/Rule.sol";
import {ThresholdRule} from "../../src/rules/ThresholdRule.sol";
import {RuleFixture} from "../fixture/RuleFixture.sol";

contract ReadyTest is RuleFixture {
    function _configure(uint16[] memory weights, uint16 band, uint16 relative) internal {
        vm.prank(_decider());
        rule.configure(address(vault), ThresholdRule.Config(weights, band, relative, 0, _terms()));
    }

    function test_a_vault_without_targets_is_not_asked_for() public {
        _expect(Rule.Rule__NotConfigured.selector);
        rule.ready(address(vault));
    }

    /// 4 * 200,000 + 100 * price; the weight of asset 3 in bps, times NAV.
    function testFuzz_ready_exactly_when_a_weight_leaves_its_band(uint128 price) public {
        _configure(_even(), 300, 0);
        price = uint128(bound(price, 500e8, 8000e8));
        feeds[3].set(price);
        uint256 nav = 800_000e8 + 100 * uint256(price);
        uint256 held = 100 * uint256(price) * 10_000;
        uint256 gap = held > nav * 2000 ? held - nav * 2000 : nav * 2000 - held;
        assertEq(rule.ready(address(vault)), gap > nav * 300);
    }

    /// Of both widths the narrower one counts.
    function testFuzz_a_relative_band_is_a_part_of_the_target(uint128 price, uint16 band, uint16 relative) public {
        band = uint16(bound(band, 0, 999));
        relative = uint16(bound(relative, 1, 5000));
        _configure(_even(), band, relative);
        price = uint128(bound(price, 500e8, 8000e8));
        feeds[3].set(price);
        uint256 nav = 800_000e8 + 100 * uint256(price);
        uint256 held = 100 * uint256(price) * 1e18;
        uint256 wanted = nav * 0.2e18;
        uint256 half = 0.2e18 * uint256(relative) / 10_000;
        if (band != 0 && uint256(band) * 1e14 < half) half = uint256(band) * 1e14;
        // the four others have the same weight
        uint256 other = 200_000e8 * 1e18;
        bool out = (held > wanted ? held - wanted : wanted - held) > nav * half
            || (other > wanted ? other - wanted : wanted - other) > nav * half;
        assertEq(rule.ready(address(vault)), out);
    }

    /// A donation is not the vault's, so it moves nothing; neither does a mint of everything alike.
    function test_neither_gifts_nor_mints_make_it_ready() public {
        _configure(_even(), 1, 0);
        assertFalse(rule.ready(address(vault)));
        tokens[3].mint(address(vault), 1000e18);
        assertFalse(rule.ready(address(vault)));
        vm.prank(alice);
        vault.mint(1e18, _none(), alice);
        assertFalse(rule.ready(address(vault)));
    }

    function test_an_asset_that_is_neither_held_nor_wanted_needs_no_price() public {
        _configure(_five([2500, 2500, 2500, 2500, 0]), 300, 0);
        assertTrue(rule.ready(address(vault)), "a fifth is held of what is not wanted");
        vm.prank(address(settler));
        vault.settle(address(tokens[4]), address(tokens[1]), amounts()[4], 0, stranger, "");
        feeds[4].setAt(1, 1);
        assertFalse(rule.ready(address(vault)));
        rule.targets(address(vault));
    }
}
