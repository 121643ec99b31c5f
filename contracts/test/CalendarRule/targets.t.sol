// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {CalendarRule} from "../../src/rules/CalendarRule.sol";
import {RuleFixture} from "../fixture/RuleFixture.sol";

contract TargetsTest is RuleFixture {
    CalendarRule private _calendar;

    function setUp() public override {
        super.setUp();
        _calendar = new CalendarRule(policy, hub);
        _allowRule(_calendar);
    }

    function testFuzz_targets_are_the_weights(uint16 a, uint128 price) public {
        a = uint16(bound(a, 0, 8000));
        vm.prank(_decider());
        uint16[] memory weights = _five([a, 8000 - a, 1000, 0, 1000]);
        _calendar.configure(address(vault), CalendarRule.Config(weights, 1 days, 0, 0, _terms()));
        feeds[3].set(uint128(bound(price, 500e8, 8000e8)));
        (uint256[] memory wanted,) = _wantedD18(_calendar);
        for (uint256 i; i < 5; ++i) {
            assertApproxEqAbs(wanted[i], uint256(weights[i]) * 1e14, DUST);
        }
    }
}
