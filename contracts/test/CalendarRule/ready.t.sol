// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {CalendarRule} from "../../src/rules/CalendarRule.sol";
import {Rule} from "../../src/rules/Rule.sol";
import {RuleFixture} from "../fixture/RuleFixture.sol";

contract ReadyTest is RuleFixture {
    CalendarRule private _calendar;

    function setUp() public override {
        super.setUp();
        _calendar = new CalendarRule(policy, hub);
        _allowRule(_calendar);
    }

    function _configure(uint32 every, uint32 anchor, uint16 least) private {
        vm.prank(_decider());
        _calendar.configure(address(vault), CalendarRule.Config(_even(), every, anchor, least, _terms()));
    }

    function test_a_vault_without_a_calendar_is_not_asked_for() public {
        _expect(Rule.Rule__NotConfigured.selector);
        _calendar.ready(address(vault));
    }

    /// However long nobody came: one run, and the next one when the next period begins, counted from the anchor.
    function testFuzz_a_missed_period_runs_once_and_no_run_shifts_the_next(uint32 late, uint32 every) public {
        every = uint32(bound(every, 2 hours, 30 days));
        late = uint32(bound(late, 0, 300 days));
        uint32 anchor = uint32(block.timestamp + 1 hours);
        _configure(every, anchor, 100);
        _move(3, 13_000);
        assertFalse(_calendar.ready(address(vault)), "no period has begun");
        _wait(1 hours + late);
        assertTrue(_calendar.ready(address(vault)));
        _serve(_calendar);
        _move(3, 8000);
        uint256 next = anchor + ((block.timestamp - anchor) / every + 1) * every;
        bool begunMeanwhile = (block.timestamp - anchor) / every > late / every;
        assertEq(_calendar.ready(address(vault)), begunMeanwhile);
        vm.warp(next - 1);
        _wait(0);
        assertEq(_calendar.ready(address(vault)), begunMeanwhile);
        _wait(1);
        assertTrue(_calendar.ready(address(vault)));
    }

    function testFuzz_a_drift_below_the_least_is_left_alone(uint128 price, uint16 least) public {
        least = uint16(bound(least, 0, 3000));
        _configure(1 days, uint32(START), least);
        price = uint128(bound(price, 500e8, 8000e8));
        feeds[3].set(price);
        uint256 nav = 800_000e8 + 100 * uint256(price);
        uint256 held = 100 * uint256(price) * 10_000;
        uint256 gap = held > nav * 2000 ? held - nav * 2000 : nav * 2000 - held;
        uint256 other = 200_000e8 * 10_000;
        uint256 rest = other > nav * 2000 ? other - nav * 2000 : nav * 2000 - other;
        assertEq(_calendar.ready(address(vault)), gap > nav * least || rest > nav * least);
    }

    function test_what_the_strategist_did_counts_as_the_run_of_its_period() public {
        _configure(1 days, uint32(START), 0);
        _move(3, 13_000);
        assertTrue(_calendar.ready(address(vault)));
        _propose(_intent(3, 1, 100));
        assertFalse(_calendar.ready(address(vault)));
        _wait(1 days);
        assertTrue(_calendar.ready(address(vault)));
    }

    function test_what_is_neither_held_nor_wanted_needs_no_price() public {
        uint16[] memory weights = _five([2500, 2500, 2500, 2500, 0]);
        vm.prank(_decider());
        _calendar.configure(address(vault), CalendarRule.Config(weights, 1 days, 0, 0, _terms()));
        _assertPriceNeeded(_calendar, false);
    }

    function test_what_is_wanted_needs_a_price_before_it_is_held() public {
        _configure(1 days, 0, 0);
        _assertPriceNeeded(_calendar, true);
    }
}
