// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ITimelock} from "../../src/interfaces/ITimelock.sol";
import {PolicyFixture} from "../fixture/PolicyFixture.sol";

contract PolicySetClassTest is PolicyFixture {
    function _call(IPolicy.Class memory class) internal view returns (bytes memory) {
        return abi.encodeCall(IPolicy.setClass, (address(vault), address(tokens[3]), class));
    }

    function _assertClass(IPolicy.Class memory class) internal view {
        IPolicy.Class memory is_ = policy.classOf(address(vault), address(tokens[3]));
        assertEq(keccak256(abi.encode(is_)), keccak256(abi.encode(class)));
    }

    /// @dev Few enough values that equal, zero, more and less all happen.
    function _any(uint256 seed) internal pure returns (IPolicy.Class memory) {
        return IPolicy.Class({
            exitFloorD18: uint128(seed % 4) * 1000e18,
            maxFloorDiscBps: uint16((seed >> 8) % 4) * 50,
            maxFillBps: uint16((seed >> 16) % 4) * 500,
            quarantined: (seed >> 24) % 2 == 1
        });
    }

    /// @dev No exit at all is the strictest, every other floor than the present one a decision; a limit of zero is none.
    function _isLooser(IPolicy.Class memory wanted, IPolicy.Class memory is_) internal pure returns (bool) {
        if (wanted.exitFloorD18 > 0 && wanted.exitFloorD18 != is_.exitFloorD18) return true;
        if (is_.maxFloorDiscBps > 0 && wanted.maxFloorDiscBps == 0) return true;
        if (is_.maxFloorDiscBps > 0 && wanted.maxFloorDiscBps > is_.maxFloorDiscBps) return true;
        if (is_.maxFillBps > 0 && wanted.maxFillBps == 0) return true;
        if (is_.maxFillBps > 0 && wanted.maxFillBps > is_.maxFillBps) return true;
        return is_.quarantined && !wanted.quarantined;
    }

    /// @dev Whatever the class is, the curator can have it in time.
    function _begin(IPolicy.Class memory class) internal {
        _queue(curator, _call(class));
        _wait(1 days);
        _do(curator, _call(class));
        _assertClass(class);
    }

    function testFuzz_stricter_at_once_by_any_guardian_looser_by_the_curator_in_time(
        uint256 first,
        uint256 second,
        uint256 who
    ) public {
        IPolicy.Class memory wanted = _any(second);
        _begin(_any(first));
        if (!_isLooser(wanted, _any(first))) {
            _do(_guardian(who), _call(wanted));
        } else {
            _assertNotHis(_guardianOnly(who), _call(wanted));
            _assertWaits(curator, _call(wanted));
        }
        _assertClass(wanted);
    }

    function test_each_field_alone_waits_when_it_loosens() public {
        IPolicy.Class memory strict = IPolicy.Class(1500e18, 50, 500, true);
        IPolicy.Class memory free;
        _begin(strict);
        for (uint256 field; field < 8; ++field) {
            IPolicy.Class memory wanted = IPolicy.Class(1500e18, 50, 500, true);
            if (field == 0) wanted.exitFloorD18 -= 1;
            if (field == 1) wanted.maxFloorDiscBps += 1;
            if (field == 2) wanted.maxFloorDiscBps = free.maxFloorDiscBps;
            if (field == 3) wanted.maxFillBps += 1;
            if (field == 4) wanted.maxFillBps = free.maxFillBps;
            if (field == 5) wanted.quarantined = false;
            if (field == 6) wanted = free;
            if (field == 7) wanted.exitFloorD18 += 1; // the vault would count for more, and its budgets with it
            _refuse(ITimelock.Timelock__NotReady.selector, curator, _call(wanted));
            _refuse(ITimelock.Timelock__NotAllowed.selector, sentinel, _call(wanted));
        }
        _assertClass(strict);
    }

    function test_no_exit_at_all_is_stricter_than_any() public {
        _begin(IPolicy.Class(1500e18, 0, 0, false));
        _do(breaker, _call(IPolicy.Class(0, 0, 0, false)));
        _refuse(ITimelock.Timelock__NotReady.selector, curator, _call(IPolicy.Class(type(uint128).max, 0, 0, false)));
    }

    function testFuzz_nobody_else_has_a_say(uint256 who, uint256 first, uint256 second) public {
        _begin(_any(first));
        _assertNotHis(_nobody(who), _call(_any(second)));
    }

    function test_what_is_set_for_one_token_and_vault_is_so_for_no_other() public {
        _begin(IPolicy.Class(1500e18, 50, 500, true));
        IPolicy.Class memory none;
        IPolicy.Class memory other = policy.classOf(address(vault), address(tokens[1]));
        assertEq(keccak256(abi.encode(other)), keccak256(abi.encode(none)));
        other = policy.classOf(stranger, address(tokens[3]));
        assertEq(keccak256(abi.encode(other)), keccak256(abi.encode(none)));
    }

    function test_a_looser_class_is_void_after_its_window() public {
        bytes memory call = _call(IPolicy.Class(1500e18, 0, 0, false));
        _queue(curator, call);
        vm.warp(block.timestamp + 15 days + 1);
        _refuse(ITimelock.Timelock__Expired.selector, curator, call);
    }

    /// @dev What was announced when it was no loosening, or a small one, is done as announced or not at all.
    function test_what_was_announced_ends_a_quarantine_that_came_later() public {
        IPolicy.Class memory wanted = IPolicy.Class(1500e18, 0, 0, false);
        _queue(curator, _call(wanted));
        _do(sentinel, abi.encodeCall(IPolicy.quarantine, (address(vault), address(tokens[3]))));
        vm.warp(block.timestamp + 1 days);
        uint256 snapshot = vm.snapshotState();
        _do(curator, _call(wanted));
        _assertClass(wanted);
        vm.revertToState(snapshot);
        vm.prank(sentinel);
        policy.revoke(_call(wanted)); // whoever quarantines withdraws what would end it
        _refuse(ITimelock.Timelock__NotReady.selector, curator, _call(wanted));
    }
}
