// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IRule} from "../../src/interfaces/IRule.sol";
import {Rule} from "../../src/rules/Rule.sol";
import {ThresholdRule} from "../../src/rules/ThresholdRule.sol";
import {RuleFixture} from "../fixture/RuleFixture.sol";

contract TargetsTest is RuleFixture {
    function _configure(uint16[] memory weights, uint16 land) internal {
        vm.prank(_decider());
        rule.configure(address(vault), ThresholdRule.Config(weights, 300, 0, land, _terms()));
    }

    function test_a_vault_without_targets_is_not_asked_for() public {
        _expect(Rule.Rule__NotConfigured.selector);
        rule.targets(address(vault));
    }

    function testFuzz_targets_are_worth_the_nav_in_the_wanted_parts(uint16 a, uint16 b, uint128 price) public {
        a = uint16(bound(a, 0, 5000));
        b = uint16(bound(b, 0, 5000 - a));
        uint16[] memory weights = _five([a, b, 2500, 2500, 5000 - a - b]);
        _configure(weights, 0);
        feeds[3].set(uint128(bound(price, 200e8, 20_000e8)));
        (uint256[] memory wanted, uint256 sum) = _wantedD18(rule);
        for (uint256 i; i < 5; ++i) {
            assertApproxEqAbs(wanted[i], uint256(weights[i]) * 1e14, DUST);
        }
        assertApproxEqAbs(sum, ONE, DUST);
        (, IRule.Terms memory terms) = rule.targets(address(vault));
        assertEq(keccak256(abi.encode(terms)), keccak256(abi.encode(_terms())));
    }

    /// Every deviation shrinks alike: none changes its side, none grows, the largest ends where it should, and the sum holds.
    function testFuzz_it_lands_inside_of_the_band_and_no_further_than_it_must(uint16 land, uint128 a, uint128 b)
        public
    {
        land = uint16(bound(land, 1, 10_000));
        _configure(_even(), land);
        feeds[3].set(uint128(bound(a, 500e8, 8000e8)));
        feeds[2].set(uint128(bound(b, 10_000e8, 200_000e8)));
        (uint256[] memory wanted, uint256 sum) = _wantedD18(rule);
        assertApproxEqAbs(sum, ONE, DUST, "the weights make a whole");
        uint256 edge = 0.03e18 * uint256(land) / 10_000;
        (uint256 worstHeld, uint256 worstWanted) = (0, 0);
        for (uint256 i; i < 5; ++i) {
            (uint256 held, bool over) = (_heldD18(i), _heldD18(i) > 0.2e18);
            uint256 before = over ? held - 0.2e18 : 0.2e18 - held;
            assertLe(wanted[i], (over ? held : 0.2e18) + DUST);
            assertGe(wanted[i] + DUST, over ? 0.2e18 : held);
            uint256 left = wanted[i] > 0.2e18 ? wanted[i] - 0.2e18 : 0.2e18 - wanted[i];
            assertLe(left, edge + DUST);
            if (before > worstHeld) (worstHeld, worstWanted) = (before, left);
        }
        uint256 expected = worstHeld < edge ? worstHeld : edge;
        assertApproxEqAbs(worstWanted, expected, DUST, "the worst lands at the edge");
    }

    /// One rises by what another falls: the three others are where they should be, to the atom.
    function test_what_is_on_target_stays_and_stops_nothing() public {
        _configure(_even(), 5000);
        _move(1, 12_000);
        _move(3, 8000);
        (uint256[] memory wanted, uint256 sum) = _wantedD18(rule);
        uint256[5] memory landed = [uint256(0.2e18), 0.215e18, 0.2e18, 0.185e18, 0.2e18];
        for (uint256 i; i < 5; ++i) {
            assertApproxEqAbs(wanted[i], landed[i], DUST);
        }
        assertApproxEqAbs(sum, ONE, DUST, "the weights make a whole");
    }

    function test_what_lands_at_the_edge_is_ready_no_more() public {
        _configure(_even(), 9000);
        _move(3, 18_000);
        assertTrue(rule.ready(address(vault)));
        _serve(rule);
        assertFalse(rule.ready(address(vault)));
        assertApproxEqAbs(_heldD18(3), 0.2e18 + 0.027e18, 3 * DUST);
    }
}
