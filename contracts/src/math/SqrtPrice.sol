// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title SqrtPrice: what a Uniswap v3 position consists of at a price, to the atom as its pool says.
///
/// @notice With s the square root of the price of token 0 in atoms of token 1, clamped to the position's range [a, b]:
///
///     amount0 = round(round(liquidity * 2^96 * (b - s) / b) / s)
///     amount1 = round(liquidity * (s - a) / 2^96)
///
/// where a pool rounds down what it pays out and up what it takes.
/// Square roots carry 96 fractional bits. Formulas: Adams et al., "Uniswap v3 Core" (2021), sections 6.1 to 6.2.
library SqrtPrice {
    /// @notice Prices end at 2^128 and 2^-128.
    int24 internal constant MAX_TICK = 887_272;
    uint160 internal constant MIN_X96 = 4_295_128_739;
    uint160 internal constant MAX_X96 = 1_461_446_703_485_210_103_287_273_052_203_988_822_378_723_970_342;

    /// @dev 1.0001^(-2^i / 2) for i from 0 to 19, with 128 fractional bits, rounded to nearest, 16 bytes each.
    bytes private constant FACTORS = hex"fffcb933bd6fad37aa2d162d1a594001" hex"fff97272373d413259a46990580e213a"
        hex"fff2e50f5f656932ef12357cf3c7fdcc" hex"ffe5caca7e10e4e61c3624eaa0941cd0"
        hex"ffcb9843d60f6159c9db58835c926644" hex"ff973b41fa98c081472e6896dfb254c0"
        hex"ff2ea16466c96a3843ec78b326b52861" hex"fe5dee046a99a2a811c461f1969c3053"
        hex"fcbe86c7900a88aedcffc83b479aa3a4" hex"f987a7253ac413176f2b074cf7815e54"
        hex"f3392b0822b70005940c7a398e4b70f3" hex"e7159475a2c29b7443b29c7fa6e889d9"
        hex"d097f3bdfd2022b8845ad8f792aa5825" hex"a9f746462d870fdf8a65dc1f90e061e5"
        hex"70d869a156d2a1b890bb3df62baf32f7" hex"31be135f97d08fd981231505542fcfa6"
        hex"09aa508b5b7a84e1c677de54f3e99bc9" hex"005d6af8dedb81196699c329225ee604"
        hex"00002216e584f5fa1ea926041bedfe98" hex"00000000048a170391f7dc42444e8fa2";

    /// @notice No price has this tick.
    error SqrtPrice__TickOutOfRange(int24 tick);

    /// @notice Returns sqrt(1.0001^tick), rounded up as the pool does.
    function atTick(int24 tick) internal pure returns (uint160 sqrtX96) {
        if (tick < -MAX_TICK || tick > MAX_TICK) revert SqrtPrice__TickOutOfRange(tick);
        uint256 digits = uint256(int256(tick < 0 ? -tick : tick));
        bytes memory factors = FACTORS;
        uint256 rootX128 = 1 << 128;
        for (uint256 i; digits >> i != 0; ++i) {
            if ((digits >> i) & 1 == 1) rootX128 = (rootX128 * _factorX128(factors, i)) >> 128;
        }
        if (tick > 0) rootX128 = type(uint256).max / rootX128;
        return uint160(Math.ceilDiv(rootX128, 1 << 32));
    }

    /// @notice Returns the square root of `numerator / denominator`, rounded down and clamped to what a pool can reach.
    function ofRatio(uint256 numerator, uint256 denominator) internal pure returns (uint160 sqrtX96) {
        if (numerator >> 128 >= denominator) return MAX_X96;
        // A ratio of 64 bits or more leaves no room for 192 fractional bits, and needs no more than 128.
        uint256 root = numerator >> 64 < denominator
            ? Math.sqrt(Math.mulDiv(numerator, 1 << 192, denominator))
            : Math.sqrt(Math.mulDiv(numerator, 1 << 128, denominator)) << 32;
        return uint160(Math.min(Math.max(root, MIN_X96), MAX_X96));
    }

    /// @notice Returns what `liquidity` between two square roots consists of at a third one.
    /// @param rounding down for what a pool pays out, up for what it takes
    /// @return amount0 {tok0Atom}
    /// @return amount1 {tok1Atom}
    function amounts(uint160 atX96, uint160 lowerX96, uint160 upperX96, uint128 liquidity, Math.Rounding rounding)
        internal
        pure
        returns (uint256 amount0, uint256 amount1)
    {
        uint256 middleX96 = Math.min(Math.max(atX96, lowerX96), upperX96);
        amount0 = Math.mulDiv(uint256(liquidity) << 96, upperX96 - middleX96, upperX96, rounding);
        amount0 = Math.mulDiv(amount0, 1, middleX96, rounding);
        amount1 = Math.mulDiv(liquidity, middleX96 - lowerX96, 1 << 96, rounding);
    }

    function _factorX128(bytes memory factors, uint256 i) private pure returns (uint256 factorX128) {
        assembly ("memory-safe") {
            factorX128 := shr(128, mload(add(add(factors, 0x20), shl(4, i))))
        }
    }
}
