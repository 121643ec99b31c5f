// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ITimelock} from "../../src/interfaces/ITimelock.sol";
import {PolicyFixture} from "../fixture/PolicyFixture.sol";

contract PolicySetStrategistTest is PolicyFixture {
    function _call(address who) internal view returns (bytes memory) {
        return abi.encodeCall(IPolicy.setStrategist, (address(vault), who));
    }

    function testFuzz_a_strategist_is_named_after_the_delay_and_nothing_else_changes(address who) public {
        _assertWaits(curator, _call(who));
        IPolicy.Roles memory expected = roles();
        expected.strategist = who;
        assertEq(keccak256(abi.encode(policy.rolesOf(address(vault)))), keccak256(abi.encode(expected)));
        assertEq(policy.strategistOf(address(vault)), who);
    }

    function testFuzz_one_announcement_is_good_for_one_call(uint256 time) public {
        _assertWaits(curator, _call(stranger));
        vm.warp(block.timestamp + bound(time, 0, 30 days));
        _refuse(ITimelock.Timelock__NotReady.selector, curator, _call(stranger));
    }

    function testFuzz_nobody_but_the_curator_names_one(uint256 who) public {
        _assertNotHis(_nobody(who), _call(stranger));
        _assertNotHis(_guardianOnly(who), _call(stranger));
    }

    function testFuzz_any_guardian_dismisses_at_once_and_nobody_else(uint256 who) public {
        bytes memory dismissal = abi.encodeCall(IPolicy.dismissStrategist, (address(vault)));
        _refuse(ITimelock.Timelock__NotAllowed.selector, _nobody(who), dismissal);
        _do(_guardian(who), dismissal);
        assertEq(policy.strategistOf(address(vault)), address(0));
    }

    function test_who_was_dismissed_comes_back_only_as_announced() public {
        _do(sentinel, abi.encodeCall(IPolicy.dismissStrategist, (address(vault))));
        _assertWaits(curator, _call(strategist));
        assertEq(policy.strategistOf(address(vault)), strategist);
    }

    function test_an_announcement_is_void_after_its_window_or_when_it_is_withdrawn() public {
        _queue(curator, _call(stranger));
        vm.warp(block.timestamp + 15 days + 1);
        _refuse(ITimelock.Timelock__Expired.selector, curator, _call(stranger));
        _queue(curator, _call(stranger));
        vm.prank(breaker);
        policy.revoke(_call(stranger));
        vm.warp(block.timestamp + 1 days);
        _refuse(ITimelock.Timelock__NotReady.selector, curator, _call(stranger));
    }
}
