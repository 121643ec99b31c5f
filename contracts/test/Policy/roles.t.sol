// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Policy} from "../../src/Policy.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ITimelock} from "../../src/interfaces/ITimelock.sol";
import {Fixture} from "../fixture/Fixture.sol";

contract PolicyRolesTest is Fixture {
    function test_a_vault_is_registered_once_and_when_it_exists() public {
        _expect(IPolicy.Policy__CannotRegister.selector);
        policy.register(address(vault), roles(), bounds(), new address[](0));
        _expect(IPolicy.Policy__CannotRegister.selector);
        policy.register(makeAddr("no code"), roles(), bounds(), new address[](0));
    }

    function test_a_vault_that_is_not_registered_has_nothing() public {
        IPolicy.Bounds memory none;
        assertEq(keccak256(abi.encode(policy.boundsOf(alice))), keccak256(abi.encode(none)));
        assertFalse(policy.isRule(alice, address(rule)));
        _expect(ITimelock.Timelock__NotAllowed.selector);
        policy.tighten(alice, none);
    }

    function test_naming_roles_waits() public {
        IPolicy.Roles memory other = IPolicy.Roles(alice, curator, strategist, stranger, breaker);
        bytes memory call = abi.encodeCall(IPolicy.setRoles, (address(vault), other));
        vm.startPrank(owner);
        _expect(ITimelock.Timelock__NotReady.selector);
        policy.setRoles(address(vault), other);
        policy.queue(call);
        vm.warp(block.timestamp + 1 days);
        policy.setRoles(address(vault), other);
        assertEq(policy.rolesOf(address(vault)).owner, alice);
        assertEq(policy.rolesOf(address(vault)).sentinel, stranger);
    }

    function test_there_is_always_an_owner() public {
        IPolicy.Roles memory nobody;
        nobody.strategist = strategist;
        vm.startPrank(owner);
        policy.queue(abi.encodeCall(IPolicy.setRoles, (address(vault), nobody)));
        vm.warp(block.timestamp + 1 days);
        _expect(IPolicy.Policy__NoOwner.selector);
        policy.setRoles(address(vault), nobody);
    }

    function test_the_owner_does_not_name_the_strategist() public {
        IPolicy.Roles memory other = IPolicy.Roles(owner, curator, stranger, sentinel, breaker);
        vm.startPrank(owner);
        policy.queue(abi.encodeCall(IPolicy.setRoles, (address(vault), other)));
        vm.warp(block.timestamp + 1 days);
        _expect(IPolicy.Policy__NotOwnersToName.selector);
        policy.setRoles(address(vault), other);
    }

    function test_the_curator_names_the_strategist_after_the_delay() public {
        vm.startPrank(curator);
        policy.queue(abi.encodeCall(IPolicy.setStrategist, (address(vault), stranger)));
        _expect(ITimelock.Timelock__NotReady.selector);
        policy.setStrategist(address(vault), stranger);
        vm.warp(block.timestamp + 1 days);
        policy.setStrategist(address(vault), stranger);
        assertEq(policy.strategistOf(address(vault)), stranger);
    }

    function test_what_a_curator_queued_ends_with_the_curator() public {
        IPolicy.Roles memory other = IPolicy.Roles(owner, alice, strategist, sentinel, breaker);
        bytes memory later = abi.encodeCall(IPolicy.allowRule, (address(vault), stranger));
        vm.prank(owner);
        policy.queue(abi.encodeCall(IPolicy.setRoles, (address(vault), other)));
        vm.prank(curator);
        policy.queue(later);
        vm.warp(block.timestamp + 1 days);
        vm.prank(owner);
        policy.setRoles(address(vault), other);
        _expect(ITimelock.Timelock__NotAllowed.selector);
        vm.prank(curator);
        policy.allowRule(address(vault), stranger);
    }

    function test_allowing_a_rule_waits_and_forbidding_it_does_not() public {
        vm.prank(sentinel);
        policy.forbidRule(address(vault), address(rule));
        assertFalse(policy.isRule(address(vault), address(rule)));
        vm.startPrank(curator);
        policy.queue(abi.encodeCall(IPolicy.allowRule, (address(vault), address(rule))));
        _expect(ITimelock.Timelock__NotReady.selector);
        policy.allowRule(address(vault), address(rule));
        vm.warp(block.timestamp + 1 days);
        policy.allowRule(address(vault), address(rule));
        assertTrue(policy.isRule(address(vault), address(rule)));
    }

    function test_a_deployment_cannot_choose_a_short_delay() public {
        _expect(IPolicy.Policy__DelayTooShort.selector);
        new Policy(1 days - 1);
    }
}
