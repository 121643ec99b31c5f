// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ITimelock} from "../../src/interfaces/ITimelock.sol";
import {PolicyFixture} from "../fixture/PolicyFixture.sol";

contract PolicySetRiskCapTest is PolicyFixture {
    function _call(bytes32 risk, uint16 maxBps) internal view returns (bytes memory) {
        return abi.encodeCall(IPolicy.setRiskCap, (address(vault), risk, maxBps));
    }

    function testFuzz_less_at_once_by_any_guardian_more_by_the_curator_in_time(
        bytes32 risk,
        uint16 first,
        uint16 second,
        uint256 who
    ) public {
        if (first != 0) _assertWaits(curator, _call(risk, first));
        if (second <= first) {
            _do(_guardian(who), _call(risk, second));
        } else {
            _assertNotHis(_guardianOnly(who), _call(risk, second));
            _assertWaits(curator, _call(risk, second));
        }
        assertEq(policy.riskCapOf(address(vault), risk), second);
    }

    function testFuzz_nobody_else_has_a_say(uint256 who, uint16 maxBps) public {
        _decide(_call("pool", 3000));
        _assertNotHis(_nobody(who), _call("pool", maxBps));
    }

    function testFuzz_what_is_set_for_one_risk_is_so_for_no_other(bytes32 risk) public {
        vm.assume(risk != "pool");
        _decide(_call("pool", 3000));
        assertEq(policy.riskCapOf(address(vault), "pool"), 3000);
        assertEq(policy.riskCapOf(address(vault), risk), 0);
        assertEq(policy.riskCapOf(stranger, "pool"), 0);
    }

    function test_more_is_void_after_its_window() public {
        _queue(curator, _call("pool", 3000));
        vm.warp(block.timestamp + 15 days + 1);
        _refuse(ITimelock.Timelock__Expired.selector, curator, _call("pool", 3000));
    }
}
