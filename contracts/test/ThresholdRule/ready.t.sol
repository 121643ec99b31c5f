// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IRule} from "../../src/interfaces/IRule.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {ThresholdRule} from "../../src/rules/ThresholdRule.sol";
import {Fixture} from "../fixture/Fixture.sol";

contract ThresholdRuleTest is Fixture {
    function _config(uint16[5] memory weights, uint16 band) internal pure returns (ThresholdRule.Config memory) {
        uint16[] memory list = new uint16[](5);
        for (uint256 i; i < 5; ++i) {
            list[i] = weights[i];
        }
        return ThresholdRule.Config(list, band, IRule.Terms(50, 100, 10 minutes, 1 hours));
    }

    function _configure(uint16[5] memory weights, uint16 band) internal {
        vm.prank(owner);
        rule.configure(address(vault), _config(weights, band));
    }

    function test_a_vault_without_targets_is_not_asked_for() public {
        _expect(ThresholdRule.ThresholdRule__NotConfigured.selector);
        rule.ready(address(vault));
        _expect(ThresholdRule.ThresholdRule__NotConfigured.selector);
        rule.targets(address(vault));
    }

    function testFuzz_ready_exactly_when_a_weight_leaves_its_band(uint128 price) public {
        _configure([2000, 2000, 2000, 2000, 2000], 300);
        price = uint128(bound(price, 500e8, 8000e8));
        feeds[3].set(price);
        // 4 * 200,000 + 100 * price; the weight of asset 3 in bps, times NAV
        uint256 nav = 800_000e8 + 100 * uint256(price);
        uint256 held = 100 * uint256(price) * 10_000;
        uint256 gap = held > nav * 2000 ? held - nav * 2000 : nav * 2000 - held;
        assertEq(rule.ready(address(vault)), gap > nav * 300);
    }

    function testFuzz_targets_are_worth_the_nav_in_the_wanted_parts(uint16 a, uint16 b, uint128 price) public {
        a = uint16(bound(a, 0, 5000));
        b = uint16(bound(b, 0, 5000));
        _configure([a, b, 2500, 2500, 5000 - a > b ? 5000 - a - b : 0], 300, a, b);
        feeds[3].set(uint128(bound(price, 200e8, 20_000e8)));
        (ISettler.Leg[] memory legs, IRule.Terms memory terms) = rule.targets(address(vault));
        ThresholdRule.Config memory config = rule.configOf(address(vault));
        uint256 navPerShare = _navD18() / 1000;
        for (uint256 i; i < 5; ++i) {
            assertEq(legs[i].token, address(tokens[i]));
            assertEq(legs[i].sellDownTo, legs[i].buyUpTo);
            uint256 wanted = navPerShare * config.weightsBps[i] / 10_000;
            // an atom per share is worth at most a cent (the token without decimals)
            assertApproxEqAbs(_worthD18(i, legs[i].sellDownTo), wanted, 0.01e18 + 1000);
        }
        assertEq(terms.decay, 10 minutes);
    }

    function _configure(uint16[5] memory weights, uint16 band, uint16 a, uint16 b) internal {
        if (a + b > 5000) (weights[0], weights[1], weights[4]) = (a, 5000 - a, 0);
        _configure(weights, band);
    }

    function test_an_asset_that_is_neither_held_nor_wanted_needs_no_price() public {
        _configure([2500, 2500, 2500, 2500, 0], 300);
        assertTrue(rule.ready(address(vault)), "a fifth is held of what is not wanted");
        vm.prank(address(settler));
        vault.settle(address(tokens[4]), address(tokens[1]), amounts()[4], 0, stranger, "");
        feeds[4].setAt(1, 1);
        assertFalse(rule.ready(address(vault)));
        rule.targets(address(vault));
    }
}
