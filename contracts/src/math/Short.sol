// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title Short: a number of up to 96 bits in 24, sixteen of them significant.
/// @notice value = mantissa * 2 ** exponent, mantissa in the upper 16 bits and exponent in the lower 8. What does not fit is
/// rounded by less than 1 part in 32,768, in the direction that the caller names.
library Short {
    /// @notice Returns the largest short number that is not above `value`.
    function packDown(uint96 value) internal pure returns (uint24) {
        (uint256 mantissa, uint256 exponent) = _split(value);
        return uint24(mantissa << 8 | exponent);
    }

    /// @notice Returns the smallest short number that is not below `value`.
    function packUp(uint96 value) internal pure returns (uint24) {
        (uint256 mantissa, uint256 exponent) = _split(value);
        if (mantissa << exponent != value) ++mantissa;
        if (mantissa > type(uint16).max) (mantissa, exponent) = (mantissa >> 1, exponent + 1);
        return uint24(mantissa << 8 | exponent);
    }

    /// @notice Returns the number.
    function unpack(uint24 short) internal pure returns (uint256) {
        return uint256(short >> 8) << (short & 0xff);
    }

    function _split(uint256 value) private pure returns (uint256 mantissa, uint256 exponent) {
        mantissa = value;
        while (mantissa > type(uint16).max) {
            mantissa >>= 1;
            ++exponent;
        }
    }
}
