// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ITimelock} from "../../src/interfaces/ITimelock.sol";
import {PolicyFixture} from "../fixture/PolicyFixture.sol";

contract PolicySetCapTest is PolicyFixture {
    address internal adapter = makeAddr("adapter");

    function _call(IPolicy.Cap memory cap) internal view returns (bytes memory) {
        return abi.encodeCall(IPolicy.setCap, (address(vault), adapter, cap));
    }

    function _assertCap(IPolicy.Cap memory cap) internal view {
        IPolicy.Cap memory is_ = policy.capOf(address(vault), adapter);
        assertEq(is_.maxBps, cap.maxBps);
        assertEq(is_.coverBps, cap.coverBps);
    }

    function testFuzz_less_at_once_by_any_guardian_more_by_the_curator_in_time(
        IPolicy.Cap memory first,
        IPolicy.Cap memory second,
        uint256 who
    ) public {
        if (first.maxBps != 0 || first.coverBps != 0) _assertWaits(curator, _call(first));
        _assertCap(first);
        if (second.maxBps <= first.maxBps && second.coverBps <= first.coverBps) {
            _do(_guardian(who), _call(second));
        } else {
            _assertNotHis(_guardianOnly(who), _call(second));
            _assertWaits(curator, _call(second));
        }
        _assertCap(second);
    }

    /// @dev More of the one is not bought with less of the other.
    function test_either_part_alone_waits() public {
        _decide(_call(IPolicy.Cap(3000, 5000)));
        _refuse(ITimelock.Timelock__NotReady.selector, curator, _call(IPolicy.Cap(3001, 0)));
        _refuse(ITimelock.Timelock__NotReady.selector, curator, _call(IPolicy.Cap(0, 5001)));
        _do(sentinel, _call(IPolicy.Cap(2999, 5000)));
        _do(sentinel, _call(IPolicy.Cap(2999, 4999)));
        _do(sentinel, _call(IPolicy.Cap(0, 0)));
    }

    function testFuzz_nobody_else_has_a_say(uint256 who, uint16 maxBps, uint16 coverBps) public {
        _decide(_call(IPolicy.Cap(3000, 5000)));
        _assertNotHis(_nobody(who), _call(IPolicy.Cap(maxBps, coverBps)));
    }

    function test_what_is_set_for_one_adapter_is_so_for_no_other() public {
        _decide(_call(IPolicy.Cap(3000, 5000)));
        assertEq(policy.capOf(address(vault), stranger).maxBps, 0);
        assertEq(policy.capOf(stranger, adapter).maxBps, 0);
    }

    function test_more_is_void_after_its_window() public {
        bytes memory call = _call(IPolicy.Cap(3000, 5000));
        _queue(curator, call);
        vm.warp(block.timestamp + 15 days + 1);
        _refuse(ITimelock.Timelock__Expired.selector, curator, call);
    }
}
