// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ITimelock} from "../../src/interfaces/ITimelock.sol";
import {PolicyFixture} from "../fixture/PolicyFixture.sol";

contract PolicySetDelayTest is PolicyFixture {
    function _call(bytes4 selector, uint256 delay) internal view returns (bytes memory) {
        return abi.encodeCall(ITimelock.setDelay, (address(vault), selector, delay));
    }

    function _allow() internal view returns (bytes memory) {
        return abi.encodeCall(IPolicy.allowRule, (address(vault), stranger));
    }

    function _readyIn(bytes memory call) internal view returns (uint256) {
        return policy.readyAt(keccak256(call)) - block.timestamp;
    }

    function testFuzz_a_longer_delay_holds_at_once(uint256 delay) public {
        delay = bound(delay, 1 days, 90 days);
        _do(curator, _call(IPolicy.allowRule.selector, delay));
        assertEq(policy.delayOf(address(vault), IPolicy.allowRule.selector), delay);
        assertEq(policy.delayOf(address(vault), IPolicy.loosen.selector), 1 days, "of this selector alone");
        assertEq(policy.delayOf(stranger, IPolicy.allowRule.selector), 1 days, "of this vault alone");
        _assertWaits(curator, _allow());
        assertTrue(policy.isRule(address(vault), stranger));
    }

    function testFuzz_a_shorter_delay_waits_for_the_longer_of_both(uint256 own, uint256 ofSetting, uint256 shorter)
        public
    {
        own = bound(own, 1 days + 1, 90 days);
        ofSetting = bound(ofSetting, 1 days, 90 days);
        shorter = bound(shorter, 1 days, own - 1);
        _do(curator, _call(IPolicy.allowRule.selector, own));
        _do(curator, _call(ITimelock.setDelay.selector, ofSetting));
        bytes memory call = _call(IPolicy.allowRule.selector, shorter);
        _refuse(ITimelock.Timelock__NotReady.selector, curator, call);
        _queue(curator, call);
        assertEq(_readyIn(call), own > ofSetting ? own : ofSetting);
        vm.warp(block.timestamp + _readyIn(call) - 1);
        _refuse(ITimelock.Timelock__NotReady.selector, curator, call);
        vm.warp(block.timestamp + 1);
        _do(curator, call);
        assertEq(policy.delayOf(address(vault), IPolicy.allowRule.selector), shorter);
    }

    /// @dev Else a long delay would be shortened by what was announced while it was short.
    function test_what_was_announced_before_the_delay_grew_is_as_it_was_announced() public {
        _queue(curator, _allow());
        _do(curator, _call(IPolicy.allowRule.selector, 30 days));
        vm.warp(block.timestamp + 1 days);
        _do(curator, _allow());
        _queue(curator, _allow());
        assertEq(_readyIn(_allow()), 30 days, "and what is announced after it waits the new one");
    }

    function testFuzz_no_delay_is_under_the_floor_or_over_the_most(uint256 delay) public {
        vm.assume(delay < 1 days || delay > 90 days);
        bytes memory call = _call(IPolicy.allowRule.selector, delay);
        vm.expectRevert(abi.encodeWithSelector(ITimelock.Timelock__BadDelay.selector, delay, 1 days, 90 days));
        _do(curator, call);
        _queue(curator, call);
        vm.warp(block.timestamp + 1 days);
        vm.expectRevert(abi.encodeWithSelector(ITimelock.Timelock__BadDelay.selector, delay, 1 days, 90 days));
        _do(curator, call);
    }

    function test_whoever_decides_a_call_slows_it_down() public {
        _assertNotHis(owner, _call(IPolicy.loosen.selector, 2 days));
        _assertNotHis(curator, _call(IPolicy.setRoles.selector, 2 days));
        _do(curator, _call(IPolicy.loosen.selector, 2 days));
        _do(owner, _call(IPolicy.setRoles.selector, 2 days));
        assertEq(policy.delayOf(address(vault), IPolicy.loosen.selector), 2 days);
        assertEq(policy.delayOf(address(vault), IPolicy.setRoles.selector), 2 days);
    }

    function testFuzz_nobody_else_does(uint256 seed, bool roles_) public {
        bytes4 selector = roles_ ? IPolicy.setRoles.selector : IPolicy.loosen.selector;
        _assertNotHis(_nobody(seed), _call(selector, 2 days));
        _assertNotHis(sentinel, _call(selector, 2 days));
        _assertNotHis(breaker, _call(selector, 2 days));
    }

    function test_what_was_queued_is_void_after_its_window_however_long_it_waited() public {
        _do(curator, _call(IPolicy.allowRule.selector, 60 days));
        _queue(curator, _allow());
        uint256 last = block.timestamp + 60 days + 14 days;
        vm.warp(last + 1);
        vm.expectRevert(abi.encodeWithSelector(ITimelock.Timelock__Expired.selector, last, last + 1));
        _do(curator, _allow());
        vm.warp(last);
        _do(curator, _allow());
    }

    function test_a_guardian_withdraws_a_shortening() public {
        _do(curator, _call(IPolicy.allowRule.selector, 30 days));
        bytes memory call = _call(IPolicy.allowRule.selector, 1 days);
        _queue(curator, call);
        vm.prank(sentinel);
        policy.revoke(call);
        vm.warp(block.timestamp + 30 days);
        _refuse(ITimelock.Timelock__NotReady.selector, curator, call);
    }
}
