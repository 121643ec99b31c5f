// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ITimelock} from "../../src/interfaces/ITimelock.sol";
import {PolicyFixture} from "../fixture/PolicyFixture.sol";

contract PolicyAbdicateTest is PolicyFixture {
    /// @dev Every call that waits, and who decides it.
    function _looser(uint256 i) internal view returns (bytes memory call, address by) {
        address v = address(vault);
        by = curator;
        if (i == 0) call = abi.encodeCall(IPolicy.loosen, (v, bounds()));
        if (i == 1) call = abi.encodeCall(IPolicy.setStrategist, (v, stranger));
        if (i == 2) call = abi.encodeCall(IPolicy.allowRule, (v, stranger));
        if (i == 3) call = abi.encodeCall(IPolicy.setTrigger, (v, address(0)));
        if (i == 4) call = abi.encodeCall(IPolicy.setClass, (v, address(tokens[1]), IPolicy.Class(1, 0, 0, false)));
        if (i == 5) call = abi.encodeCall(IPolicy.setCap, (v, stranger, IPolicy.Cap(1, 1)));
        if (i == 6) call = abi.encodeCall(IPolicy.setRiskCap, (v, "risk", 1));
        if (i == 7) (call, by) = (abi.encodeCall(IPolicy.setRoles, (v, roles())), owner);
        if (i == 8) call = _shorter();
    }

    function _shorter() private view returns (bytes memory) {
        return abi.encodeCall(ITimelock.setDelay, (address(vault), IPolicy.allowRule.selector, 1 days));
    }

    function setUp() public override {
        super.setUp();
        _do(curator, abi.encodeCall(IPolicy.setTrigger, (address(vault), address(rule))));
        _do(curator, abi.encodeCall(ITimelock.setDelay, (address(vault), IPolicy.allowRule.selector, 2 days)));
    }

    function _abdication(bytes4 selector) internal view returns (bytes memory) {
        return abi.encodeCall(ITimelock.abdicate, (address(vault), selector));
    }

    function _giveUp(address by, bytes4 selector) internal {
        bytes memory call = _abdication(selector);
        _queue(by, call);
        vm.warp(policy.readyAt(keccak256(call)));
        vm.expectEmit(address(policy));
        emit ITimelock.Abdicated(address(vault), selector);
        _do(by, call);
        assertTrue(policy.isAbdicated(address(vault), selector));
    }

    function testFuzz_what_is_given_up_never_loosens_anything_again(uint256 i, uint256 time) public {
        (bytes memory call, address by) = _looser(bound(i, 0, 8));
        _giveUp(by, bytes4(call));
        _queue(by, call);
        vm.warp(policy.readyAt(keccak256(call)) + bound(time, 0, 14 days));
        _refuse(ITimelock.Timelock__GivenUp.selector, by, call);
    }

    function testFuzz_what_was_ready_when_it_was_given_up_is_void(uint256 i) public {
        (bytes memory call, address by) = _looser(bound(i, 0, 8));
        bytes memory giving = _abdication(bytes4(call));
        _queue(by, call);
        _queue(by, giving);
        vm.warp(block.timestamp + 2 days);
        uint256 snapshot = vm.snapshotState();
        _do(by, call); // it would have worked
        vm.revertToState(snapshot);
        _do(by, giving);
        _refuse(ITimelock.Timelock__GivenUp.selector, by, call);
    }

    function testFuzz_giving_up_waits_for_the_longer_of_both_delays(uint256 own, uint256 ofGiving) public {
        own = bound(own, 1 days, 90 days);
        ofGiving = bound(ofGiving, 1 days, 90 days);
        _do(curator, abi.encodeCall(ITimelock.setDelay, (address(vault), IPolicy.loosen.selector, own)));
        _do(curator, abi.encodeCall(ITimelock.setDelay, (address(vault), ITimelock.abdicate.selector, ofGiving)));
        bytes memory call = _abdication(IPolicy.loosen.selector);
        _refuse(ITimelock.Timelock__NotReady.selector, curator, call);
        _queue(curator, call);
        vm.warp(block.timestamp + (own > ofGiving ? own : ofGiving) - 1);
        _refuse(ITimelock.Timelock__NotReady.selector, curator, call);
        vm.warp(block.timestamp + 1);
        _do(curator, call);
    }

    function test_each_gives_up_what_he_decides() public {
        _assertNotHis(owner, _abdication(IPolicy.loosen.selector));
        _assertNotHis(curator, _abdication(IPolicy.setRoles.selector));
        _giveUp(curator, IPolicy.loosen.selector);
        _giveUp(owner, IPolicy.setRoles.selector);
    }

    function testFuzz_nobody_else_gives_up_anything(uint256 seed, uint256 i) public {
        (bytes memory call,) = _looser(bound(i, 0, 8));
        _assertNotHis(_nobody(seed), _abdication(bytes4(call)));
        _assertNotHis(sentinel, _abdication(bytes4(call)));
        _assertNotHis(breaker, _abdication(bytes4(call)));
    }

    function test_making_safer_needs_nothing_that_could_be_given_up() public {
        _giveUp(curator, IPolicy.setClass.selector);
        _giveUp(curator, IPolicy.setCap.selector);
        _giveUp(curator, ITimelock.setDelay.selector);
        _do(sentinel, abi.encodeCall(IPolicy.quarantine, (address(vault), address(tokens[1]))));
        IPolicy.Class memory class = IPolicy.Class(0, 50, 100, true);
        _do(sentinel, abi.encodeCall(IPolicy.setClass, (address(vault), address(tokens[1]), class)));
        _do(breaker, abi.encodeCall(IPolicy.setCap, (address(vault), stranger, IPolicy.Cap(0, 0))));
        _do(curator, abi.encodeCall(ITimelock.setDelay, (address(vault), IPolicy.loosen.selector, 3 days)));
        assertEq(policy.delayOf(address(vault), IPolicy.loosen.selector), 3 days);
        assertEq(policy.classOf(address(vault), address(tokens[1])).maxFillBps, 100);
    }

    function test_a_delay_that_cannot_be_shortened_any_more_can_grow() public {
        _giveUp(curator, ITimelock.setDelay.selector);
        _queue(curator, _shorter());
        vm.warp(block.timestamp + 2 days);
        _refuse(ITimelock.Timelock__GivenUp.selector, curator, _shorter());
        _do(curator, abi.encodeCall(ITimelock.setDelay, (address(vault), IPolicy.allowRule.selector, 3 days)));
    }

    function test_what_is_given_up_for_one_vault_is_not_for_another() public {
        _giveUp(curator, IPolicy.loosen.selector);
        assertFalse(policy.isAbdicated(stranger, IPolicy.loosen.selector));
    }

    function test_even_giving_up_can_be_given_up() public {
        _giveUp(curator, ITimelock.abdicate.selector);
        bytes memory call = _abdication(IPolicy.loosen.selector);
        _queue(curator, call);
        vm.warp(block.timestamp + 1 days);
        _refuse(ITimelock.Timelock__GivenUp.selector, curator, call);
    }
}
