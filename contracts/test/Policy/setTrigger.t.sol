// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ITimelock} from "../../src/interfaces/ITimelock.sol";
import {PolicyFixture} from "../fixture/PolicyFixture.sol";

contract PolicySetTriggerTest is PolicyFixture {
    function _call(address trigger) internal view returns (bytes memory) {
        return abi.encodeCall(IPolicy.setTrigger, (address(vault), trigger));
    }

    function test_the_first_is_set_at_once() public {
        assertEq(policy.triggerOf(address(vault)), address(0));
        vm.expectEmit(address(policy));
        emit IPolicy.TriggerSet(address(vault), address(rule));
        _do(curator, _call(address(rule)));
        assertEq(policy.triggerOf(address(vault)), address(rule));
        assertEq(policy.triggerOf(stranger), address(0));
    }

    function testFuzz_another_one_and_none_wait(address other) public {
        _do(curator, _call(address(rule)));
        _assertWaits(curator, _call(other));
        assertEq(policy.triggerOf(address(vault)), other);
    }

    function testFuzz_nobody_but_the_curator_sets_it(uint256 who, bool first) public {
        if (!first) _do(curator, _call(address(rule)));
        _assertNotHis(_nobody(who), _call(stranger));
        _assertNotHis(_guardianOnly(who), _call(stranger));
    }

    function test_a_change_is_void_after_its_window() public {
        _do(curator, _call(address(rule)));
        _queue(curator, _call(address(0)));
        vm.warp(block.timestamp + 15 days + 1);
        _refuse(ITimelock.Timelock__Expired.selector, curator, _call(address(0)));
    }
}
