// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IUniswapV3Pool} from "../../src/interfaces/IUniswapV3Pool.sol";
import {SqrtPrice} from "../../src/math/SqrtPrice.sol";
import {LiquidityFixture} from "../fixture/LiquidityFixture.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// Against pools of the deployed Uniswap v3: equal to the atom.
contract SqrtPriceTest is LiquidityFixture {
    uint160 private _pools;

    /// @dev The tick that a real pool finds for a price.
    function _tickOf(uint160 sqrtX96) internal returns (int24 tick) {
        _pools += 2;
        pool = IUniswapV3Pool(uniswap.createPool(address(_pools), address(_pools + 1), 500));
        pool.initialize(sqrtX96);
        (, tick,,,,,) = pool.slot0();
    }

    function testFuzz_a_tick_begins_where_the_pool_says(int24 tick) public {
        tick = int24(bound(tick, 1 - SqrtPrice.MAX_TICK, SqrtPrice.MAX_TICK - 1));
        assertEq(_tickOf(SqrtPrice.atTick(tick)), tick);
        assertEq(_tickOf(SqrtPrice.atTick(tick) - 1), tick - 1);
    }

    function test_every_digit_of_a_tick_counts_as_the_pool_says() public {
        for (uint256 i; i < 20; ++i) {
            testFuzz_a_tick_begins_where_the_pool_says(int24(int256(1 << i)));
            testFuzz_a_tick_begins_where_the_pool_says(-int24(int256(1 << i)));
        }
    }

    function test_prices_end_where_the_pools_do() public {
        assertEq(SqrtPrice.atTick(-SqrtPrice.MAX_TICK), SqrtPrice.MIN_X96);
        assertEq(SqrtPrice.atTick(SqrtPrice.MAX_TICK), SqrtPrice.MAX_X96);
        assertEq(SqrtPrice.atTick(0), 1 << 96);
        int24[2] memory beyond = [SqrtPrice.MAX_TICK + 1, -SqrtPrice.MAX_TICK - 1];
        for (uint256 i; i < 2; ++i) {
            vm.expectRevert(abi.encodeWithSelector(SqrtPrice.SqrtPrice__TickOutOfRange.selector, beyond[i]));
            this.atTick(beyond[i]);
        }
    }

    function testFuzz_a_position_consists_of_what_the_pool_takes_and_pays_for_it(
        uint256 seed,
        uint128 liquidity,
        int24 low,
        int24 high,
        uint256 moved
    ) public {
        _openAny(seed);
        (, int24 middle,,,,,) = pool.slot0();
        low = int24(middle + bound(low, -20_000, 20_000)) / 200 * 200;
        high = low + int24(bound(high, 1, 100)) * 200;
        liquidity = uint128(bound(liquidity, 1, Math.sqrt(_atoms(zero, DEPTH) * _atoms(one, DEPTH))));
        _moveTo(bound(moved, 5000, 20_000));
        (uint160 spotX96,,,,,,) = pool.slot0();
        tokens[zero].mint(address(actor), 1e40);
        tokens[one].mint(address(actor), 1e40);
        (uint256 added0, uint256 added1) = actor.add(pool, low, high, liquidity);
        (uint256 paid0, uint256 paid1) = actor.remove(pool, low, high, liquidity);
        _assertAmounts([low, high], spotX96, liquidity, Math.Rounding.Ceil, [added0, added1]);
        _assertAmounts([low, high], spotX96, liquidity, Math.Rounding.Floor, [paid0, paid1]);
    }

    function _assertAmounts(
        int24[2] memory range,
        uint160 spotX96,
        uint128 liquidity,
        Math.Rounding rounding,
        uint256[2] memory real
    ) private pure {
        (uint160 lowerX96, uint160 upperX96) = (SqrtPrice.atTick(range[0]), SqrtPrice.atTick(range[1]));
        (uint256 amount0, uint256 amount1) = SqrtPrice.amounts(spotX96, lowerX96, upperX96, liquidity, rounding);
        assertEq(amount0, real[0]);
        assertEq(amount1, real[1]);
    }

    function testFuzz_a_ratio_has_the_root_that_squares_to_it(uint256 numerator, uint256 denominator) public pure {
        numerator = bound(numerator, 1, 1 << 200);
        denominator = bound(denominator, 1, 1 << 200);
        uint160 rootX96 = SqrtPrice.ofRatio(numerator, denominator);
        if (rootX96 == SqrtPrice.MIN_X96 || rootX96 == SqrtPrice.MAX_X96) return;
        // root^2 <= ratio < (root + one unit of its precision)^2, all with 64 fractional bits
        uint256 unit = numerator >> 64 < denominator ? 1 : 1 << 32;
        assertLe(_squareX64(rootX96, Math.Rounding.Floor), _ratioX64(numerator, denominator, Math.Rounding.Ceil));
        assertGe(_squareX64(rootX96 + unit, Math.Rounding.Ceil), _ratioX64(numerator, denominator, Math.Rounding.Floor));
    }

    function test_ratios_out_of_reach_are_clamped() public pure {
        assertEq(SqrtPrice.ofRatio(1, type(uint256).max), SqrtPrice.MIN_X96);
        assertEq(SqrtPrice.ofRatio(0, 1), SqrtPrice.MIN_X96);
        assertEq(SqrtPrice.ofRatio(type(uint256).max, 1), SqrtPrice.MAX_X96);
        assertEq(SqrtPrice.ofRatio(1 << 128, 1), SqrtPrice.MAX_X96);
        assertEq(SqrtPrice.ofRatio(4, 1), 2 << 96);
        assertEq(SqrtPrice.ofRatio(1 << 100, 1), 1 << 146);
    }

    function _squareX64(uint256 rootX96, Math.Rounding rounding) private pure returns (uint256) {
        return Math.mulDiv(rootX96, rootX96, 1 << 128, rounding);
    }

    function _ratioX64(uint256 numerator, uint256 denominator, Math.Rounding rounding) private pure returns (uint256) {
        return Math.mulDiv(numerator, 1 << 64, denominator, rounding);
    }

    function atTick(int24 tick) external pure returns (uint160) {
        return SqrtPrice.atTick(tick);
    }
}
