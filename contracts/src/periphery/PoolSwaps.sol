// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IUniswapV2Pair} from "../interfaces/IUniswapV2Pair.sol";
import {IUniswapV3Pool} from "../interfaces/IUniswapV3Pool.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title PoolSwaps: exact-input swaps over Uniswap v2 pairs and v3 pools, one after another.
///
/// @notice PURPOSE
/// It talks to the pools directly instead of through a router: no allowance is ever given, one transfer less per hop, and
/// a pool is known by its address, computed from its factory's. Nobody can name another contract to be called or paid.
///
/// INVARIANTS
/// - A v3 pool is paid only inside its own swap, which this contract has started; what it asks for comes from the swap.
/// - Every hop takes exactly what it is given: nothing is left between two hops.
///
/// ASSUMPTIONS
/// - Pools come from the two factories and have the code behind the two hashes. A factory of zero is none.
/// - Swapped tokens charge no fee on transfer: a v2 pair then refuses the swap, a v3 pool the payment.
abstract contract PoolSwaps {
    using SafeERC20 for IERC20;
    using SafeCast for uint256;

    /// @param tokenOut what the hop buys
    /// @param fee {1e-6} fee tier of the v3 pool; `V2` for the v2 pair
    struct Hop {
        address tokenOut;
        uint24 fee;
    }

    /// @param amountIn {tokAtom} of the first token, the part that goes this way
    /// @param hops from the first token to the last
    struct Route {
        uint256 amountIn;
        Hop[] hops;
    }

    /// @notice Instead of a fee tier: the v2 pair. No v3 pool can have a fee above 1e6.
    uint24 public constant V2 = type(uint24).max;
    /// @notice Uniswap v3's published hash of its pool's creation code.
    bytes32 public constant POOL_INIT_CODE_HASH = 0xe34f199b19b2b4f47f68442619d555527d244f78a3297ea89325f843f87b8b54;
    /// @notice Uniswap v2's published hash of its pair's creation code.
    bytes32 public constant PAIR_INIT_CODE_HASH = 0x96e8ac4277198ff8b6f785478aa9a39f403cb768dd02cbee326c3e7da348845f;

    uint160 private constant MIN_SQRT_PRICE_X96 = 4_295_128_739;
    uint160 private constant MAX_SQRT_PRICE_X96 = 1_461_446_703_485_210_103_287_273_052_203_988_822_378_723_970_342;

    address public immutable factory;
    address public immutable pairFactory;

    /// @dev Set only while a v3 pool swaps: the pool that may ask to be paid.
    address private transient _pool;

    /// @notice `caller` is not the pool in use.
    error PoolSwaps__Unexpected(address caller);
    /// @notice The pool ran out of liquidity: it took only `taken`.
    error PoolSwaps__PartialSwap(address pool, uint256 taken, uint256 amountIn);
    /// @notice The pool does not exist.
    error PoolSwaps__NoPool(address pool, address tokenIn, address tokenOut, uint24 fee);

    /// @param factory_ of Uniswap v3
    /// @param pairFactory_ of Uniswap v2
    constructor(address factory_, address pairFactory_) {
        (factory, pairFactory) = (factory_, pairFactory_);
    }

    /// @notice Pays the pool that this contract is swapping with. Only that pool, only then.
    function uniswapV3SwapCallback(int256 amount0Delta, int256 amount1Delta, bytes calldata data) external {
        _requirePool(_pool);
        address tokenIn = abi.decode(data, (address));
        uint256 owed = uint256(amount0Delta > 0 ? amount0Delta : amount1Delta);
        IERC20(tokenIn).safeTransfer(msg.sender, owed);
    }

    /// @notice Returns the address of the v3 pool of two tokens, or of their v2 pair, whether or not it exists.
    function poolOf(address tokenA, address tokenB, uint24 fee) public view returns (address) {
        (address token0, address token1) = tokenA < tokenB ? (tokenA, tokenB) : (tokenB, tokenA);
        if (fee == V2) return _create2(pairFactory, keccak256(abi.encodePacked(token0, token1)), PAIR_INIT_CODE_HASH);
        return _create2(factory, keccak256(abi.encode(token0, token1, fee)), POOL_INIT_CODE_HASH);
    }

    /// @dev Swaps `amount` of `tokenIn`, which is here, along `hops`; the last pool pays `to`.
    /// @return tokenOut what the last hop bought, `tokenIn` if there is none
    function _follow(Hop[] memory hops, address tokenIn, uint256 amount, address to)
        internal
        returns (address tokenOut)
    {
        tokenOut = tokenIn;
        for (uint256 i; i < hops.length; ++i) {
            address next = i + 1 == hops.length ? to : address(this);
            amount = _swap(tokenOut, hops[i], amount, next);
            tokenOut = hops[i].tokenOut;
        }
    }

    /// @dev The caller of the callback must be the pool in use.
    function _requirePool(address pool) internal view virtual {
        if (msg.sender != pool) revert PoolSwaps__Unexpected(msg.sender);
    }

    function _swap(address tokenIn, Hop memory hop, uint256 amountIn, address to) private returns (uint256) {
        address pool = poolOf(tokenIn, hop.tokenOut, hop.fee);
        if (pool.code.length == 0) revert PoolSwaps__NoPool(pool, tokenIn, hop.tokenOut, hop.fee);
        bool zeroForOne = tokenIn < hop.tokenOut;
        return hop.fee == V2
            ? _swapV2(IUniswapV2Pair(pool), tokenIn, zeroForOne, amountIn, to)
            : _swapV3(IUniswapV3Pool(pool), tokenIn, zeroForOne, amountIn, to);
    }

    /// @dev The pair keeps 0.3 % and is paid first. The amount is rounded down: an atom more and it refuses.
    function _swapV2(IUniswapV2Pair pair, address tokenIn, bool zeroForOne, uint256 amountIn, address to)
        private
        returns (uint256 out)
    {
        (uint256 reserveIn, uint256 reserveOut,) = pair.getReserves();
        if (!zeroForOne) (reserveIn, reserveOut) = (reserveOut, reserveIn);
        uint256 net = amountIn * 997;
        out = net * reserveOut / (reserveIn * 1000 + net);
        IERC20(tokenIn).safeTransfer(address(pair), amountIn);
        pair.swap(zeroForOne ? 0 : out, zeroForOne ? out : 0, to, "");
    }

    function _swapV3(IUniswapV3Pool pool, address tokenIn, bool zeroForOne, uint256 amountIn, address to)
        private
        returns (uint256)
    {
        uint160 limit = zeroForOne ? MIN_SQRT_PRICE_X96 + 1 : MAX_SQRT_PRICE_X96 - 1;
        _pool = address(pool);
        (int256 amount0, int256 amount1) = pool.swap(to, zeroForOne, amountIn.toInt256(), limit, abi.encode(tokenIn));
        _pool = address(0);
        uint256 taken = uint256(zeroForOne ? amount0 : amount1);
        if (taken != amountIn) revert PoolSwaps__PartialSwap(address(pool), taken, amountIn);
        return uint256(-(zeroForOne ? amount1 : amount0));
    }

    function _create2(address deployer, bytes32 salt, bytes32 initCodeHash) private pure returns (address) {
        return address(uint160(uint256(keccak256(abi.encodePacked(hex"ff", deployer, salt, initCodeHash)))));
    }
}
