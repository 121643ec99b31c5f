// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Short} from "../../src/math/Short.sol";
import {Test} from "forge-std/Test.sol";

contract ShortTest is Test {
    function testFuzz_it_rounds_where_it_says_and_hardly(uint96 value) public pure {
        uint256 down = Short.unpack(Short.packDown(value));
        uint256 up = Short.unpack(Short.packUp(value));
        assertLe(down, value);
        assertGe(up, value);
        assertLe((up - down) * 32_768, value, "within one part in 32,768");
    }

    function testFuzz_what_has_sixteen_bits_is_exact(uint16 mantissa, uint8 exponent) public pure {
        uint96 value = uint96(uint256(mantissa) << (exponent % 81));
        assertEq(Short.unpack(Short.packDown(value)), value);
        assertEq(Short.unpack(Short.packUp(value)), value);
    }
}
