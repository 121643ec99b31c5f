// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {Rule} from "../../src/rules/Rule.sol";
import {VolatilityBandRule} from "../../src/rules/VolatilityBandRule.sol";
import {RuleFixture} from "../fixture/RuleFixture.sol";

/// @dev A rule that lets anybody observe as often as they like.
contract WeakVolatilityBandRule is VolatilityBandRule {
    constructor(IPolicy policy_, IOracleHub hub_) VolatilityBandRule(policy_, hub_) {}

    function _isOver(uint256, uint256) internal pure override returns (bool) {
        return true;
    }
}

contract ObserveTest is RuleFixture {
    VolatilityBandRule private _rule;

    function setUp() public override {
        super.setUp();
        _rule = new VolatilityBandRule(policy, hub);
        _configure();
    }

    function _configure() private {
        vm.prank(_decider());
        _rule.configure(address(vault), _config());
    }

    function _config() private pure returns (VolatilityBandRule.Config memory) {
        return VolatilityBandRule.Config({
            weightsBps: _even(),
            interval: 1 hours,
            memory_: 10 days,
            maxReturnBps: 2000,
            startBps: 400,
            multiplierBps: 10_000,
            minBandBps: 100,
            maxBandBps: 1500,
            terms: _terms()
        });
    }

    function _observe() private {
        vm.prank(stranger);
        _rule.observe(address(vault));
    }

    function _sample(uint256 i) private view returns (uint256 price, uint256 variance, uint256 seenAt) {
        return _rule.sampleOf(address(vault), address(tokens[i]));
    }

    function test_a_vault_without_bands_is_not_observed() public {
        VolatilityBandRule fresh = new VolatilityBandRule(policy, hub);
        _expect(Rule.Rule__NotConfigured.selector);
        fresh.observe(address(vault));
    }

    function test_the_first_observation_notes_the_price_and_believes_the_start() public {
        assertApproxEqAbs(_rule.bandD18Of(address(vault), address(tokens[3])), 0.04e18, 1e9);
        _observe();
        (uint256 price, uint256 variance, uint256 seenAt) = _sample(3);
        assertEq(price, 2000e18);
        assertEq(variance, uint256(0.04e18) ** 2 / 1 days);
        assertEq(seenAt, block.timestamp);
        assertApproxEqAbs(_rule.bandD18Of(address(vault), address(tokens[3])), 0.04e18, 1e9);
    }

    /// v' = (memory * v + r^2) / (memory + elapsed), the return bounded; in between nothing moves, whoever calls.
    function testFuzz_an_observation_follows_the_recursion_once_an_interval(uint32 elapsed, uint16 moved) public {
        elapsed = uint32(bound(elapsed, 0, 30 days));
        moved = uint16(bound(moved, 5000, 20_000));
        _observe();
        (uint256 price, uint256 before, uint256 seenAt) = _sample(3);
        _wait(elapsed);
        _move(3, moved);
        _observe();
        (uint256 priceNow, uint256 variance, uint256 seenNow) = _sample(3);
        if (elapsed < 1 hours) {
            assertEq(abi.encode(priceNow, variance, seenNow), abi.encode(price, before, seenAt));
            return;
        }
        uint256 size = 1e14 * uint256(moved > 10_000 ? moved - 10_000 : 10_000 - moved);
        if (size > 0.2e18) size = 0.2e18;
        assertEq(variance, (10 days * before + size * size) / (10 days + uint256(elapsed)));
        assertEq(seenNow, block.timestamp);
        assertEq(priceNow, 2000e18 * uint256(moved) / 10_000);
    }

    function test_an_asset_without_a_usable_price_is_passed_over() public {
        _observe();
        vm.warp(block.timestamp + 2 hours);
        for (uint256 i; i < 4; ++i) {
            _move(i, 10_000);
        }
        _observe();
        (,, uint256 seen) = _sample(3);
        (,, uint256 unseen) = _sample(4);
        assertEq(seen, block.timestamp);
        assertEq(unseen, block.timestamp - 2 hours);
    }

    /// Somebody wants the widest band, and calls at every wiggle of a price that goes nowhere.
    function _wiggle() private returns (uint256) {
        for (uint256 i; i < 60; ++i) {
            _move(3, i % 2 == 0 ? 10_200 : 10_000);
            _observe();
            _wait(1 minutes);
        }
        return _rule.bandD18Of(address(vault), address(tokens[3]));
    }

    function test_calling_often_gains_no_more_than_calling_in_time() public {
        assertLt(_wiggle(), 0.041e18, "one return counted, of two per cent");
    }

    function test_control_without_an_interval_the_caller_chooses_the_band() public {
        _rule = new WeakVolatilityBandRule(policy, hub);
        _configure();
        assertGt(_wiggle(), 0.05e18, "sixty returns counted in an hour");
    }

    function testFuzz_the_band_never_leaves_its_bounds(uint16[8] memory moves) public {
        for (uint256 i; i < 8; ++i) {
            _move(3, bound(moves[i], 100, 60_000));
            _observe();
            _wait(1 days);
            uint256 band = _rule.bandD18Of(address(vault), address(tokens[3]));
            assertGe(band, 0.01e18);
            assertLe(band, 0.15e18);
        }
    }
}
