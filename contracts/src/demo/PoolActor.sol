// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IUniswapV3Pool} from "../interfaces/IUniswapV3Pool.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title PoolActor: the hands of a simulated market on Uniswap v3 pools.
/// @notice Trades a pool to a given price, or lends it liquidity, in one transaction each, paid from its own balance.
/// WARNING: for local chains only; it trusts the pools its owner names.
contract PoolActor is Ownable {
    using SafeERC20 for IERC20;

    address private transient _pool;

    /// @notice Only the pool in use may ask to be paid.
    error PoolActor__Unexpected(address caller);

    constructor(address owner_) Ownable(owner_) {}

    /// @notice Trades `pool` to `sqrtPriceX96`, paying whatever that takes. Owner.
    /// @return amount0 {tok0Atom} paid if positive, received if negative
    /// @return amount1 {tok1Atom} paid if positive, received if negative
    function moveTo(IUniswapV3Pool pool, uint160 sqrtPriceX96)
        external
        onlyOwner
        returns (int256 amount0, int256 amount1)
    {
        (uint160 current,,,,,,) = pool.slot0();
        if (current == sqrtPriceX96) return (0, 0);
        _pool = address(pool);
        (amount0, amount1) = pool.swap(address(this), sqrtPriceX96 < current, type(int256).max, sqrtPriceX96, "");
        _pool = address(0);
    }

    /// @notice Adds `liquidity` between two ticks; the position is this contract's. Owner.
    function add(IUniswapV3Pool pool, int24 tickLower, int24 tickUpper, uint128 liquidity)
        external
        onlyOwner
        returns (uint256 amount0, uint256 amount1)
    {
        _pool = address(pool);
        (amount0, amount1) = pool.mint(address(this), tickLower, tickUpper, liquidity, "");
        _pool = address(0);
    }

    /// @notice Removes `liquidity` between two ticks and collects it with all fees. Owner.
    function remove(IUniswapV3Pool pool, int24 tickLower, int24 tickUpper, uint128 liquidity)
        external
        onlyOwner
        returns (uint256 amount0, uint256 amount1)
    {
        pool.burn(tickLower, tickUpper, liquidity);
        return pool.collect(address(this), tickLower, tickUpper, type(uint128).max, type(uint128).max);
    }

    /// @notice Sends `amount` of `token` to `to`. Owner.
    function send(IERC20 token, address to, uint256 amount) external onlyOwner {
        token.safeTransfer(to, amount);
    }

    function uniswapV3SwapCallback(int256 amount0Delta, int256 amount1Delta, bytes calldata) external {
        _pay(amount0Delta > 0 ? uint256(amount0Delta) : 0, amount1Delta > 0 ? uint256(amount1Delta) : 0);
    }

    function uniswapV3MintCallback(uint256 amount0Owed, uint256 amount1Owed, bytes calldata) external {
        _pay(amount0Owed, amount1Owed);
    }

    function _pay(uint256 amount0, uint256 amount1) private {
        if (msg.sender != _pool) revert PoolActor__Unexpected(msg.sender);
        IUniswapV3Pool pool = IUniswapV3Pool(msg.sender);
        if (amount0 != 0) IERC20(pool.token0()).safeTransfer(msg.sender, amount0);
        if (amount1 != 0) IERC20(pool.token1()).safeTransfer(msg.sender, amount1);
    }
}
