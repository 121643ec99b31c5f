// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAdapter} from "./IAdapter.sol";

/// @title Shares of one position in one Uniswap v3 pool, made and taken apart in kind.
/// @notice An adapter whose share it is itself. To mint: exactly the shares asked for, for all that is sent, which must be their
/// cost or more. To burn: exactly the shares sent, for at least the amounts asked for.
interface IUniswapV3Position is IAdapter {
    event Minted(address indexed account, uint256 shares, uint256 amount0, uint256 amount1);
    event Burnt(address indexed account, address indexed to, uint256 shares, uint256 amount0, uint256 amount1);
    event FeesCollected(uint256 amount0, uint256 amount1);

    /// @notice A range has its lower tick first.
    error UniswapV3Position__EmptyRange(int24 tickLower, int24 tickUpper);
    /// @notice The gap between the pool's price and the oracle's may not be wider than `max` {bps}.
    error UniswapV3Position__GapTooWide(uint256 maxGapBps, uint256 max);
    /// @notice `caller` is not the one expected now.
    error UniswapV3Position__Unexpected(address caller);
    /// @notice Nothing was asked for.
    error UniswapV3Position__ZeroShares();
    /// @notice The pool's price is too far from the oracle's. Both are square roots with 96 fractional bits.
    error UniswapV3Position__OffOracle(uint256 poolX96, uint256 oracleX96, uint256 maxGapBps);
    /// @notice So much of `token` should be here before a conversion, what belongs to the shares included: only `here` is.
    error UniswapV3Position__NotSent(address token, uint256 needed, uint256 here);
    /// @notice Less of `token` was sent than the shares cost, or they bring less than the caller wants.
    error UniswapV3Position__TooLittle(address token, uint256 amount, uint256 least);

    /// @notice Burns the caller's `shares` for both tokens and their part of the fees. Anyone; needs no oracle.
    /// @param min0 {tok0Atom} least to be paid
    /// @param min1 {tok1Atom} least to be paid
    function redeem(uint256 shares, uint256 min0, uint256 min1, address to)
        external
        returns (uint256 amount0, uint256 amount1);

    /// @notice Fetches the fees earned so far, so that rates count them. Anyone.
    function collect() external;

    /// @notice Returns what `shares` cost now, rounded up; after `collect` in the same transaction, to the atom.
    /// @return cost0 {tok0Atom}
    /// @return cost1 {tok1Atom}
    function costOf(uint256 shares) external view returns (uint256 cost0, uint256 cost1);

    /// @notice Returns the fees that were collected and belong to all shares alike, {tok0Atom} and {tok1Atom}.
    function fees() external view returns (uint128 amount0, uint128 amount1);
}
