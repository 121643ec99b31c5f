// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ITimelock} from "../../src/interfaces/ITimelock.sol";
import {CalendarRule} from "../../src/rules/CalendarRule.sol";
import {Rule} from "../../src/rules/Rule.sol";
import {RuleFixture} from "../fixture/RuleFixture.sol";

contract ConfigureTest is RuleFixture {
    CalendarRule private _calendar;

    function setUp() public override {
        super.setUp();
        _calendar = new CalendarRule(policy, hub);
    }

    function _config() private pure returns (CalendarRule.Config memory) {
        return CalendarRule.Config(_even(), 1 days, uint32(START), 100, _terms());
    }

    function _configure(address who, CalendarRule.Config memory config) private {
        vm.prank(who);
        _calendar.configure(address(vault), config);
    }

    function test_a_period_lasts_and_the_least_drift_is_a_part() public {
        CalendarRule.Config memory config = _config();
        config.every = 0;
        _expect(CalendarRule.CalendarRule__BadPeriod.selector);
        _configure(_decider(), config);
        (config.every, config.leastBps) = (1, 10_000);
        _expect(CalendarRule.CalendarRule__BadPeriod.selector);
        _configure(_decider(), config);
        config.leastBps = 9999;
        _configure(_decider(), config);
    }

    function test_weights_make_a_whole_and_terms_fit_the_policy() public {
        CalendarRule.Config memory config = _config();
        config.weightsBps[0] = 2001;
        _expect(Rule.Rule__BadWeights.selector);
        _configure(_decider(), config);
        config = _config();
        config.terms.horizon = 2 days;
        _expect(Rule.Rule__BadTerms.selector);
        _configure(_decider(), config);
    }

    function test_a_stranger_sets_nothing_and_a_change_waits() public {
        _expect(ITimelock.Timelock__NotAllowed.selector);
        _configure(stranger, _config());
        _configure(_decider(), _config());
        assertEq(keccak256(abi.encode(_calendar.configOf(address(vault)))), keccak256(abi.encode(_config())));
        _expect(ITimelock.Timelock__NotReady.selector);
        _configure(_decider(), _config());
    }
}
