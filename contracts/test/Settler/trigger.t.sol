// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {IRule} from "../../src/interfaces/IRule.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {ThresholdRule} from "../../src/rules/ThresholdRule.sol";
import {RuleFixture} from "../fixture/RuleFixture.sol";

/// The strategist proposes only while a rule is ready, and nobody more often than the cooldown lets them.
contract TriggerTest is RuleFixture {
    function setUp() public override {
        super.setUp();
        vm.prank(curator);
        rule.configure(address(vault), ThresholdRule.Config(_even(), 300, 0, 0, _terms()));
    }

    function _setTrigger(address trigger) internal {
        vm.prank(curator);
        policy.setTrigger(address(vault), trigger);
    }

    function _mockTrigger(bool ready) internal returns (address trigger) {
        trigger = makeAddr("trigger");
        vm.mockCall(trigger, abi.encodeCall(IRule.ready, (address(vault))), abi.encode(ready));
    }

    function propose(ISettler.Intent calldata intent) external {
        _propose(intent);
    }

    function _refused(bytes memory reason) internal {
        ISettler.Intent memory intent = _intent(1, 3, 1000);
        vm.expectRevert(reason);
        this.propose(intent);
    }

    function _notReady(address trigger) internal view returns (bytes memory) {
        return abi.encodeWithSelector(ISettler.Settler__RuleNotReady.selector, address(vault), trigger);
    }

    function test_without_a_trigger_the_strategist_proposes_when_he_likes() public {
        _propose(_intent(1, 3, 1000));
    }

    function testFuzz_with_a_trigger_only_while_it_is_ready(uint256 priceBps) public {
        _setTrigger(address(rule));
        priceBps = bound(priceBps, 2000, 50_000);
        _move(3, priceBps);
        if (!rule.ready(address(vault))) {
            _refused(_notReady(address(rule)));
            assertEq(settler.headerOf(address(vault)).nonce, 0);
        } else {
            _propose(_intent(1, 3, 1000));
            assertEq(settler.headerOf(address(vault)).nonce, 1);
        }
    }

    function test_what_was_ready_once_is_asked_again() public {
        _setTrigger(address(rule));
        _move(3, 15_000);
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        _move(3, 10_000);
        _refused(_notReady(address(rule)));
    }

    function test_the_trigger_is_not_another_rules_business() public {
        _setTrigger(_mockTrigger(false));
        _refused(_notReady(makeAddr("trigger")));
        _move(3, 15_000);
        vm.prank(stranger);
        settler.proposeByRule(address(vault), address(rule));
        assertEq(settler.headerOf(address(vault)).nonce, 1);
    }

    function test_a_trigger_is_not_a_rule_that_may_propose() public {
        address trigger = _mockTrigger(true);
        _setTrigger(trigger);
        vm.expectRevert(abi.encodeWithSelector(ISettler.Settler__RuleNotAllowed.selector, address(vault), trigger));
        settler.proposeByRule(address(vault), trigger);
    }

    function test_a_trigger_that_fails_stops_proposals_and_nothing_else() public {
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        address trigger = makeAddr("trigger");
        vm.mockCallRevert(trigger, abi.encodeCall(IRule.ready, (address(vault))), "broken");
        _setTrigger(trigger);
        _refused("broken");
        _fill(stranger, 1, 3, 1000e6);
        vm.prank(strategist);
        settler.cancel(address(vault));
    }

    // ---------------------------------------------------------------- cooldown

    function testFuzz_between_two_intents_lies_the_cooldown(uint32 cooldown, uint256 time, bool byRule) public {
        cooldown = uint32(bound(cooldown, 10 minutes, 7 days));
        IPolicy.Bounds memory slower = bounds();
        slower.cooldown = cooldown;
        vm.prank(sentinel);
        policy.tighten(address(vault), slower);
        _propose(_intent(1, 3, 1000));
        uint256 readyAt = block.timestamp + cooldown;
        vm.prank(sentinel);
        settler.cancel(address(vault)); // which does not shorten it
        _wait(bound(time, 0, 2 * uint256(cooldown)));
        _move(3, 15_000);
        if (block.timestamp < readyAt) {
            vm.expectRevert(abi.encodeWithSelector(ISettler.Settler__CoolingDown.selector, readyAt));
        }
        this.proposeEither(byRule);
    }

    function proposeEither(bool byRule) external {
        if (byRule) settler.proposeByRule(address(vault), address(rule));
        else _propose(_intent(1, 3, 1000));
    }
}
