// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAggregatorV3} from "../interfaces/IOracleHub.sol";
import {IUniswapV3Pool} from "../interfaces/IUniswapV3Pool.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title TwapSource: the time-weighted price of a Uniswap v3 pool, as a second opinion.
///
/// @notice PURPOSE
/// For use as a *secondary* of the oracle hub only. There it can say that the primary is wrong, which stops trading; it can
/// never name the price of a trade. So whoever bends it can stop a vault for a while, at the cost below, and take nothing.
///
/// INVARIANTS
/// - The answer is the pool's geometric mean price over `window`; the price of the moment is never read, so nothing that
///   happens within one block moves the answer.
/// - There is no answer while the pool keeps fewer than `minCardinality` observations, cannot look back over the window, or
///   had a (harmonic) mean liquidity in range below `minLiquidity` over it.
/// - Exact to 1e-12 for pools within 600,000 ticks of 1; none beyond.
///
/// ASSUMPTIONS
/// - The pool's other token is worth one US dollar. If it is not, the two sources part and trading stops, as it should.
///
/// LIVENESS
/// A pool nobody trades in still answers: its price of long ago is one at which anybody could trade now.
///
/// WARNINGS
/// - Cost of an attack: to move the mean by d (in logarithm) while holding the pool off its price for s of `window` seconds,
///   the price must be moved by d * window / s, against arbitrage that takes the attacker's loss in every block of it.
///   With blocks of 12 s and a window of 30 min, five blocks must move the price by 35 % for 1 % of the mean.
/// - Whoever produces several blocks in a row needs no luck with arbitrage. Give the window many times their likely number.
contract TwapSource is IAggregatorV3 {
    /// @notice {s} no window is shorter.
    uint32 public constant MIN_WINDOW = 10 minutes;
    uint24 public constant MAX_TICK = 600_000;
    uint8 public constant decimals = 18;
    uint256 private constant ONE_Q128 = 1 << 128;
    /// @dev Q128 of 1 / 1.0001: the price falls by this with every tick.
    uint256 private constant TICK_Q128 = ONE_Q128 * 10_000 / 10_001;

    IUniswapV3Pool public immutable pool;
    /// @notice True if the token is the pool's token0.
    bool public immutable isToken0;
    /// @notice {s}
    uint32 public immutable window;
    uint16 public immutable minCardinality;
    uint128 public immutable minLiquidity;
    string public description;

    /// @dev {tokAtom/tok} times 1e18, and {quoteAtom/quote}
    uint256 private immutable _scaleD18;
    uint256 private immutable _quoteScale;

    /// @notice The pool trades `token`, the window is at least 10 minutes, at least 2 observations, liquidity above zero.
    error TwapSource__BadSettings(address token, uint32 window, uint16 minCardinality, uint128 minLiquidity);
    /// @notice The pool keeps too few observations; anyone may raise that in the pool.
    error TwapSource__TooFewObservations(uint16 cardinality, uint16 min);
    /// @notice The pool was too thin over the window.
    error TwapSource__TooThin(uint256 liquidity, uint128 min);
    /// @notice The price lies beyond what can be told exactly.
    error TwapSource__TooFar(int24 tick);

    constructor(
        IUniswapV3Pool pool_,
        address token,
        uint32 window_,
        uint16 minCardinality_,
        uint128 minLiquidity_,
        string memory description_
    ) {
        (address token0, address token1) = (pool_.token0(), pool_.token1());
        bool sound = token == token0 || token == token1;
        if (!sound || window_ < MIN_WINDOW || minCardinality_ < 2 || minLiquidity_ == 0) {
            revert TwapSource__BadSettings(token, window_, minCardinality_, minLiquidity_);
        }
        (pool, isToken0, window, description) = (pool_, token == token0, window_, description_);
        (minCardinality, minLiquidity) = (minCardinality_, minLiquidity_);
        _scaleD18 = 10 ** (18 + uint256(IERC20Metadata(token).decimals()));
        _quoteScale = 10 ** uint256(IERC20Metadata(token == token0 ? token1 : token0).decimals());
    }

    /// @inheritdoc IAggregatorV3
    /// @dev Dated now: the mean over the window that ends now.
    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        int24 tick = _meanTick();
        uint80 id = uint80(block.timestamp);
        return (id, int256(_priceD18(isToken0 ? tick : -tick)), block.timestamp, block.timestamp, id);
    }

    /// @dev D18{quote/tok} at 1.0001 ** tick {quoteAtom/tokAtom}, rounded down.
    function _priceD18(int24 tick) private view returns (uint256) {
        uint24 distance = uint24(tick < 0 ? -tick : tick);
        if (distance > MAX_TICK) revert TwapSource__TooFar(tick);
        uint256 inverseQ128 = _powerQ128(distance);
        (uint256 up, uint256 down) = tick < 0 ? (inverseQ128, ONE_Q128) : (ONE_Q128, inverseQ128);
        return Math.mulDiv(_scaleD18, up, down) / _quoteScale;
    }

    /// @dev Q128 of 1.0001 ** -exponent, by squaring; every product is under 2 ** 256.
    function _powerQ128(uint256 exponent) private pure returns (uint256 powerQ128) {
        powerQ128 = ONE_Q128;
        for (uint256 baseQ128 = TICK_Q128; exponent != 0; exponent >>= 1) {
            if (exponent & 1 == 1) powerQ128 = (powerQ128 * baseQ128) >> 128;
            baseQ128 = (baseQ128 * baseQ128) >> 128;
        }
    }

    // ------------------------------------------------------------------ guards

    /// @dev The mean over the window, rounded down; reverts with the pool's reason if it cannot look back that far.
    function _meanTick() internal view virtual returns (int24) {
        (,,, uint16 cardinality,,,) = pool.slot0();
        _requireObservations(cardinality);
        uint32[] memory ago = new uint32[](2);
        ago[0] = window;
        (int56[] memory ticks, uint160[] memory spls) = pool.observe(ago);
        int56 length = int56(uint56(window));
        unchecked {
            // The pool's sums are made to wrap around.
            _requireLiquidity(uint256(spls[1] - spls[0]));
            int56 sum = ticks[1] - ticks[0];
            int56 mean = sum / length;
            return int24(sum < 0 && sum % length != 0 ? mean - 1 : mean);
        }
    }

    function _requireObservations(uint16 cardinality) internal view virtual {
        if (cardinality < minCardinality) revert TwapSource__TooFewObservations(cardinality, minCardinality);
    }

    /// @param secondsPerLiquidityQ128 over the window; zero if the liquidity was beyond counting
    function _requireLiquidity(uint256 secondsPerLiquidityQ128) internal view virtual {
        if (secondsPerLiquidityQ128 == 0) return;
        uint256 liquidity = (uint256(window) << 128) / secondsPerLiquidityQ128;
        if (liquidity < minLiquidity) revert TwapSource__TooThin(liquidity, minLiquidity);
    }
}
