// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {SignalFixture} from "../fixture/SignalFixture.sol";

contract SignalOfTest is SignalFixture {
    function test_a_stream_that_does_not_exist_has_no_values() public view {
        (int64[] memory values,) = verifier.signalOf(address(vault), "none");
        assertEq(values.length, 0);
    }

    function test_a_stream_nobody_has_used_is_neutral() public view {
        (int64[] memory values, uint256 age) = verifier.signalOf(address(vault), STREAM);
        assertEq(values.length, 5);
        assertEq(values[3], 0);
        assertEq(age, block.timestamp, "older than anything");
    }

    function testFuzz_a_signal_counts_until_its_end_and_is_neutral_after(uint256 age) public {
        _submit(_signal(), _quorum(_signal()));
        age = bound(age, 0, 2 hours);
        vm.warp(block.timestamp + age);
        (int64[] memory values, uint256 told) = verifier.signalOf(address(vault), STREAM);
        assertEq(told, age);
        assertEq(values.length, 5);
        int64 tiltD18 = age <= 1 hours ? int64(0.5e18) : int64(0);
        assertEq(values[1], -tiltD18);
        assertEq(values[3], tiltD18);
    }
}
