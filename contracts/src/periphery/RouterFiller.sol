// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IFiller} from "../interfaces/IFiller.sol";
import {ISettler} from "../interfaces/ISettler.sol";
import {IUniswapV3Pool} from "../interfaces/IUniswapV3Pool.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title RouterFiller: fills a vault's intent by swapping what it sells on Uniswap v3 pools.
///
/// @notice PURPOSE
/// Anyone may fill a vault without capital: the vault sends the sold token here, the pools turn it into the bought one, and
/// the last pool of every route pays the vault itself. Whatever the pools give beyond the quoted price is the vault's.
///
/// It talks to the pools directly instead of through a router: no allowance is ever given, one transfer less per hop, and
/// the payer is checked by the pool's own address, computed from the factory's.
///
/// INVARIANTS
/// - It holds nothing and has approved nobody between transactions; exactly what the vault sends is swapped.
/// - It pays a pool only inside that pool's own swap, which this contract has started.
/// - A fill that is late, or brings the vault less than `minOut`, reverts as a whole.
///
/// ASSUMPTIONS
/// - Pools come from `factory` and have the code behind `POOL_INIT_CODE_HASH`.
///
/// ROLES
/// None. WARNING: tokens sent here by mistake are lost.
contract RouterFiller is IFiller {
    using SafeERC20 for IERC20;

    /// @param tokenOut what the hop buys
    /// @param fee {1e-6} fee tier of the pool
    struct Hop {
        address tokenOut;
        uint24 fee;
    }

    /// @param amountIn {sellAtom} the part of the sale that goes this way
    /// @param hops from the sold token to the bought one
    struct Route {
        uint256 amountIn;
        Hop[] hops;
    }

    /// @notice Uniswap v3's published hash of its pool's creation code.
    bytes32 public constant POOL_INIT_CODE_HASH = 0xe34f199b19b2b4f47f68442619d555527d244f78a3297ea89325f843f87b8b54;

    uint160 private constant MIN_SQRT_PRICE_X96 = 4_295_128_739;
    uint160 private constant MAX_SQRT_PRICE_X96 = 1_461_446_703_485_210_103_287_273_052_203_988_822_378_723_970_342;

    ISettler public immutable settler;
    address public immutable factory;

    /// @dev Set only while a fill runs: the vault that may call `onFill`, and the pool that may ask to be paid.
    address private transient _vault;
    address private transient _pool;

    /// @notice The fill came too late.
    error RouterFiller__Expired(uint256 deadline, uint256 now_);
    /// @notice `caller` is not the one expected now.
    error RouterFiller__Unexpected(address caller);
    /// @notice The routes must use up exactly what is sold.
    error RouterFiller__AmountsDoNotSum(uint256 sum, uint256 sellAmount);
    /// @notice A route must end in the bought token.
    error RouterFiller__WrongEnd(address end, address buy);
    /// @notice The pool ran out of liquidity: it took only `taken`.
    error RouterFiller__PartialSwap(address pool, uint256 taken, uint256 amountIn);
    /// @notice The pool does not exist.
    error RouterFiller__NoPool(address pool, address tokenIn, address tokenOut, uint24 fee);
    /// @notice The vault received less than the caller wants for it.
    error RouterFiller__TooLittle(uint256 received, uint256 minOut);

    constructor(ISettler settler_, address factory_) {
        settler = settler_;
        factory = factory_;
    }

    /// @notice Sells `sellAmount` of `sell` from `vault` over `routes`; the vault gets everything they bring. Anyone.
    /// @param minOut {buyAtom} least that the vault must receive; the settler's quote is the other, independent floor
    /// @param deadline {s} last second at which this may be mined
    /// @return received {buyAtom} as measured by the vault
    function fill(
        address vault,
        address sell,
        address buy,
        uint256 sellAmount,
        uint256 minOut,
        uint256 deadline,
        Route[] calldata routes
    ) external returns (uint256 received) {
        if (block.timestamp > deadline) {
            revert RouterFiller__Expired(deadline, block.timestamp);
        }
        if (_vault != address(0)) revert RouterFiller__Unexpected(msg.sender);
        _vault = vault;
        received = settler.fill(vault, sell, buy, sellAmount, type(uint256).max, abi.encode(routes));
        _vault = address(0);
        if (received < minOut) revert RouterFiller__TooLittle(received, minOut);
    }

    /// @inheritdoc IFiller
    function onFill(address sell, address buy, uint256 sellAmount, uint256, bytes calldata data) external {
        if (msg.sender != _vault) revert RouterFiller__Unexpected(msg.sender);
        Route[] memory routes = abi.decode(data, (Route[]));
        uint256 sum;
        for (uint256 i; i < routes.length; ++i) {
            sum += routes[i].amountIn;
            _follow(routes[i], sell, buy);
        }
        if (sum != sellAmount) revert RouterFiller__AmountsDoNotSum(sum, sellAmount);
    }

    /// @notice Pays the pool that this contract is swapping with. Only that pool, only then.
    function uniswapV3SwapCallback(int256 amount0Delta, int256 amount1Delta, bytes calldata data) external {
        if (msg.sender != _pool) revert RouterFiller__Unexpected(msg.sender);
        address tokenIn = abi.decode(data, (address));
        uint256 owed = uint256(amount0Delta > 0 ? amount0Delta : amount1Delta);
        IERC20(tokenIn).safeTransfer(msg.sender, owed);
    }

    /// @notice Returns the address of the pool of two tokens, whether or not it exists.
    function poolOf(address tokenA, address tokenB, uint24 fee) public view returns (address) {
        (address token0, address token1) = tokenA < tokenB ? (tokenA, tokenB) : (tokenB, tokenA);
        bytes32 salt = keccak256(abi.encode(token0, token1, fee));
        return address(uint160(uint256(keccak256(abi.encodePacked(hex"ff", factory, salt, POOL_INIT_CODE_HASH)))));
    }

    function _follow(Route memory route, address sell, address buy) private {
        address tokenIn = sell;
        uint256 amount = route.amountIn;
        uint256 hops = route.hops.length;
        for (uint256 i; i < hops; ++i) {
            Hop memory hop = route.hops[i];
            amount = _swap(tokenIn, hop, amount, i + 1 == hops ? _vault : address(this));
            tokenIn = hop.tokenOut;
        }
        if (tokenIn != buy) revert RouterFiller__WrongEnd(tokenIn, buy);
    }

    function _swap(address tokenIn, Hop memory hop, uint256 amountIn, address to) private returns (uint256 out) {
        bool zeroForOne = tokenIn < hop.tokenOut;
        address pool = poolOf(tokenIn, hop.tokenOut, hop.fee);
        if (pool.code.length == 0) revert RouterFiller__NoPool(pool, tokenIn, hop.tokenOut, hop.fee);
        _pool = pool;
        (int256 amount0, int256 amount1) = IUniswapV3Pool(pool)
            .swap(
                to,
                zeroForOne,
                int256(amountIn),
                zeroForOne ? MIN_SQRT_PRICE_X96 + 1 : MAX_SQRT_PRICE_X96 - 1,
                abi.encode(tokenIn)
            );
        _pool = address(0);
        uint256 taken = uint256(zeroForOne ? amount0 : amount1);
        if (taken != amountIn) revert RouterFiller__PartialSwap(pool, taken, amountIn);
        return uint256(-(zeroForOne ? amount1 : amount0));
    }
}
