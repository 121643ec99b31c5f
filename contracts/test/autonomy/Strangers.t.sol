// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {CalendarRule} from "../../src/rules/CalendarRule.sol";
import {CppiRule} from "../../src/rules/CppiRule.sol";
import {Rule} from "../../src/rules/Rule.sol";
import {ThresholdRule} from "../../src/rules/ThresholdRule.sol";
import {VolatilityBandRule} from "../../src/rules/VolatilityBandRule.sol";
import {CppiFixture} from "../fixture/CppiFixture.sol";

/// @title Once a rule is set, nobody with a role ever acts again: strangers propose, strangers fill, through 200 price moves.
contract StrangersTest is CppiFixture {
    uint256 private constant MOVES = 200;
    uint256 private constant STEP = 6 hours;

    /// @dev D18{1} sum of all losses against the oracle, each as a part of NAV at the time.
    uint256 private _lostD18;
    uint256 private _startedAt;
    uint256 private _served;

    function _next(uint256 step) private {
        if (step == 0) {
            vm.pauseGasMetering();
            _startedAt = block.timestamp;
        }
        _wait(STEP);
        for (uint256 i; i < 5; ++i) {
            (, int256 answer,,,) = feeds[i].latestRoundData();
            feeds[i].set(uint128(uint256(answer) * _factor(step, i) / 10_000));
        }
    }

    /// @dev A walk of up to seven per cent a step either way; the dollar stands still, and a crash takes six steps.
    function _factor(uint256 step, uint256 i) private pure returns (uint256) {
        if (i == 1) return 10_000;
        if (step >= 100 && step < 106) return i == 0 ? 9800 : 9450;
        return 9300 + uint256(keccak256(abi.encode("walk", step, i))) % 1401;
    }

    function _serveAndMeasure(Rule asked) private {
        uint256 before = _navD18();
        _serve(asked);
        if (_navD18() < before) _lostD18 += (before - _navD18()) * ONE / before;
        ++_served;
        uint256 cap = uint256(bounds().lossCapBpsPerDay) * 1e14;
        assertLe(_lostD18, cap + cap * (block.timestamp - _startedAt) / 1 days, "losses stay in their bucket");
        assertLe(settler.bucketsOf(address(vault)).lossD18, cap);
    }

    function test_a_threshold_is_kept() public {
        vm.prank(_decider());
        rule.configure(address(vault), ThresholdRule.Config(_even(), 200, 0, 0, _terms()));
        for (uint256 step; step < MOVES; ++step) {
            _next(step);
            if (rule.ready(address(vault))) _serveAndMeasure(rule);
            assertFalse(rule.ready(address(vault)));
            for (uint256 i; i < 5; ++i) {
                assertApproxEqAbs(_heldD18(i), 0.2e18, 0.02e18 + 1, "every weight is in its band");
            }
        }
        assertGt(_served, 20);
    }

    function test_a_calendar_is_kept() public {
        CalendarRule calendar = new CalendarRule(policy, hub);
        _allowRule(calendar);
        vm.prank(_decider());
        calendar.configure(address(vault), CalendarRule.Config(_even(), 1 days, uint32(block.timestamp), 100, _terms()));
        for (uint256 step; step < MOVES; ++step) {
            _next(step);
            if (!calendar.ready(address(vault))) continue;
            _serveAndMeasure(calendar);
            assertFalse(calendar.ready(address(vault)));
            for (uint256 i; i < 5; ++i) {
                assertApproxEqAbs(_heldD18(i), 0.2e18, 0.01e18, "on target once a day");
            }
        }
        assertGe(_served, 40);
        assertLe(_served, 51);
    }

    function test_a_band_that_follows_volatility_is_kept() public {
        VolatilityBandRule wide = new VolatilityBandRule(policy, hub);
        _allowRule(wide);
        vm.prank(_decider());
        wide.configure(
            address(vault), VolatilityBandRule.Config(_even(), 1 hours, 5 days, 2000, 500, 2000, 100, 400, _terms())
        );
        for (uint256 step; step < MOVES; ++step) {
            _next(step);
            vm.prank(stranger);
            wide.observe(address(vault));
            if (wide.ready(address(vault))) _serveAndMeasure(wide);
            assertFalse(wide.ready(address(vault)));
            for (uint256 i; i < 5; ++i) {
                assertApproxEqAbs(_heldD18(i), 0.2e18, wide.bandD18Of(address(vault), address(tokens[i])) + 1);
            }
        }
        assertGt(_served, 20);
    }

    /// No step takes more than seven per cent of what is at risk, and the cushion is about a third of that: it is never used up.
    function test_a_floor_is_kept_through_a_crash_without_gaps() public {
        CppiRule.Config memory config = _config();
        (config.keepBps, config.riseBpsPerDay) = (8000, 10_000);
        _configure(config);
        uint256 floorBefore;
        for (uint256 step; step < MOVES; ++step) {
            _next(step);
            vm.prank(stranger);
            cppi.ratchet(address(vault));
            (uint256 floor,,) = cppi.standingOf(address(vault));
            assertGe(floor, floorBefore, "the floor never comes down");
            assertGt(_shareD18(), floor, "a share is worth more than its floor");
            if (cppi.ready(address(vault))) _serveAndMeasure(cppi);
            (, uint256 exposure, uint256 held) = cppi.standingOf(address(vault));
            assertLe(held, exposure + 0.01e18 + DUST, "no more is at risk than the cushion carries");
            floorBefore = floor;
        }
        assertGt(_served, 20);
    }
}
