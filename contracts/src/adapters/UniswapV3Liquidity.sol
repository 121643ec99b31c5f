// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IUniswapV3Pool} from "../interfaces/IUniswapV3Pool.sol";
import {IUniswapV3Position} from "../interfaces/IUniswapV3Position.sol";
import {SqrtPrice} from "../math/SqrtPrice.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title UniswapV3Liquidity: the hands that add, remove and collect one position at a Uniswap v3 pool.
///
/// @notice The position belongs to this contract at the pool itself: no NFT, no periphery, no allowance. The pool is paid only
/// inside its own mint, which this contract has started. What comes out of the pool comes here first.
abstract contract UniswapV3Liquidity is IUniswapV3Position {
    using SafeERC20 for IERC20;

    IUniswapV3Pool public immutable pool;
    address public immutable token0;
    address public immutable token1;
    int24 public immutable tickLower;
    int24 public immutable tickUpper;
    uint160 private immutable _lowerX96;
    uint160 private immutable _upperX96;

    /// @dev Set only while the pool mints for this contract: the one that may ask to be paid.
    address private transient _payee;

    constructor(IUniswapV3Pool pool_, int24 lower, int24 upper) {
        if (lower >= upper) revert UniswapV3Position__EmptyRange(lower, upper);
        (pool, tickLower, tickUpper) = (pool_, lower, upper);
        (token0, token1) = (pool_.token0(), pool_.token1());
        (_lowerX96, _upperX96) = (SqrtPrice.atTick(lower), SqrtPrice.atTick(upper));
    }

    /// @notice Pays the pool for the liquidity that this contract is adding. Only that pool, only then.
    function uniswapV3MintCallback(uint256 owed0, uint256 owed1, bytes calldata) external {
        _requirePayee();
        _pay(msg.sender, owed0, owed1);
    }

    function _requirePayee() internal view virtual {
        if (msg.sender != _payee) revert UniswapV3Position__Unexpected(msg.sender);
    }

    /// @dev What the caller says it has sent is here, beside what belongs to the shares.
    function _requireSent(address token, uint256 kept, uint256 amount) internal view virtual {
        uint256 here = IERC20(token).balanceOf(address(this));
        if (here < kept + amount) revert UniswapV3Position__NotSent(token, kept + amount, here);
    }

    function _requireAtLeast(address token, uint256 amount, uint256 least) internal pure {
        if (amount < least) revert UniswapV3Position__TooLittle(token, amount, least);
    }

    /// @dev What the pool takes for `liquidity`, rounded up by it.
    function _add(uint128 liquidity) internal returns (uint256 amount0, uint256 amount1) {
        _payee = address(pool);
        (amount0, amount1) = pool.mint(address(this), tickLower, tickUpper, liquidity, "");
        _payee = address(0);
    }

    /// @dev What the pool gives for `liquidity`, rounded down by it. Fees must have been fetched before.
    function _remove(uint128 liquidity) internal returns (uint256 amount0, uint256 amount1) {
        (amount0, amount1) = pool.burn(tickLower, tickUpper, liquidity);
        pool.collect(address(this), tickLower, tickUpper, uint128(amount0), uint128(amount1));
    }

    /// @dev The fees earned so far. A pool refuses to reckon for a position without liquidity.
    function _fetch() internal returns (uint128 amount0, uint128 amount1) {
        pool.burn(tickLower, tickUpper, 0);
        return pool.collect(address(this), tickLower, tickUpper, type(uint128).max, type(uint128).max);
    }

    function _pay(address to, uint256 amount0, uint256 amount1) internal {
        if (amount0 != 0) IERC20(token0).safeTransfer(to, amount0);
        if (amount1 != 0) IERC20(token1).safeTransfer(to, amount1);
    }

    /// @dev What `liquidity` consists of while the pool's square root of the price is this one.
    function _amountsAt(uint160 atX96, uint128 liquidity, Math.Rounding rounding)
        internal
        view
        returns (uint256 amount0, uint256 amount1)
    {
        return SqrtPrice.amounts(atX96, _lowerX96, _upperX96, liquidity, rounding);
    }

    /// @dev The pool's own price of this moment, which anybody may have set a moment ago.
    function _spotX96() internal view returns (uint160 spotX96) {
        (spotX96,,,,,,) = pool.slot0();
    }
}
