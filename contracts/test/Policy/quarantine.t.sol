// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ITimelock} from "../../src/interfaces/ITimelock.sol";
import {PolicyFixture} from "../fixture/PolicyFixture.sol";

contract PolicyQuarantineTest is PolicyFixture {
    function _call() internal view returns (bytes memory) {
        return abi.encodeCall(IPolicy.quarantine, (address(vault), address(tokens[3])));
    }

    function _set(IPolicy.Class memory class) internal view returns (bytes memory) {
        return abi.encodeCall(IPolicy.setClass, (address(vault), address(tokens[3]), class));
    }

    function testFuzz_any_guardian_does_it_at_once(uint256 who) public {
        vm.expectEmit(address(policy));
        emit IPolicy.ClassSet(address(vault), address(tokens[3]), IPolicy.Class(0, 0, 0, true));
        _do(_guardian(who), _call());
        assertTrue(policy.classOf(address(vault), address(tokens[3])).quarantined);
        assertFalse(policy.classOf(address(vault), address(tokens[1])).quarantined);
        _do(_guardian(who), _call()); // twice is once
        assertTrue(policy.classOf(address(vault), address(tokens[3])).quarantined);
    }

    function testFuzz_nobody_else_does(uint256 who) public {
        _refuse(ITimelock.Timelock__NotAllowed.selector, _nobody(who), _call());
    }

    function testFuzz_the_rest_of_the_class_stays(uint128 exitFloorD18, uint16 discBps, uint16 fillBps) public {
        IPolicy.Class memory class = IPolicy.Class(exitFloorD18, discBps, fillBps, false);
        _decide(_set(class));
        _do(sentinel, _call());
        class.quarantined = true;
        IPolicy.Class memory is_ = policy.classOf(address(vault), address(tokens[3]));
        assertEq(keccak256(abi.encode(is_)), keccak256(abi.encode(class)));
    }

    function test_lifting_it_is_the_curators_and_waits() public {
        _do(sentinel, _call());
        IPolicy.Class memory free;
        _assertNotHis(sentinel, _set(free));
        _assertNotHis(owner, _set(free));
        _assertNotHis(breaker, _set(free));
        _assertWaits(curator, _set(free));
        assertFalse(policy.classOf(address(vault), address(tokens[3])).quarantined);
    }

    function test_a_guardian_of_one_vault_has_no_say_over_another() public {
        _refuse(
            ITimelock.Timelock__NotAllowed.selector,
            sentinel,
            abi.encodeCall(IPolicy.quarantine, (stranger, address(tokens[3])))
        );
    }
}
