// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAdapter} from "../interfaces/IAdapter.sol";
import {IOracleHub} from "../interfaces/IOracleHub.sol";
import {IUniswapV3Pool} from "../interfaces/IUniswapV3Pool.sol";
import {IUniswapV3Position} from "../interfaces/IUniswapV3Position.sol";
import {SqrtPrice} from "../math/SqrtPrice.sol";
import {UniswapV3Liquidity} from "./UniswapV3Liquidity.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title UniswapV3Position: shares of one position in one Uniswap v3 pool, made and taken apart in kind.
///
/// @notice PURPOSE
/// A vault may hold liquidity as an asset like any other. A share atom is one unit of liquidity between two fixed ticks and
/// its part of the fees collected so far. How the pool is handled is UniswapV3Liquidity's.
///
/// INVARIANTS
/// - The position's liquidity >= the supply, and the balances >= the fees recorded. Gifts of any kind count for nothing.
/// - Nobody dilutes: fees are collected before every mint and burn, and who mints pays his part of them too. What a share
///   consists of never falls on a mint or burn: minting rounds up, burning rounds down.
/// - No price decides how many shares anybody gets. Minting is refused while the pool's price is further from the oracle's
///   than `maxGapBps`: nobody is made to add liquidity at a price that an attacker has set for the moment.
/// - `rateD18s` never looks at the pool's price: it says what the liquidity consists of where the pool agrees with the oracle.
///   That is the least it can be worth at the oracle's prices, wherever the pool's price is.
///
/// ASSUMPTIONS
/// - `pool` is one of the deployed Uniswap v3's: whoever lists the share has checked that. Both tokens are standard ones,
///   which the hub lists. A token that charges on transfer cannot be minted with.
///
/// LIVENESS
/// Burning needs the pool and its tokens, and no oracle, role or caller in particular. If one of the tokens cannot be
/// transferred, neither is paid out until it can; shares still go from hand to hand, so a vault's redeem is not held back.
///
/// ROLES
/// None. Everything is fixed at deployment.
///
/// WARNINGS
/// - A position loses against holding when prices part (impermanent loss), and out of its range it is one token only.
/// - Collected fees earn nothing here until their shares are burnt; fees not collected yet are not in the rates.
/// - What is sent beyond the cost of the shares becomes fees of all shares: a vault's conversion takes exactly what it says.
///   Ask `costOf`, and leave a margin for what the pool may move until then, no larger.
/// - Whoever holds the only few shares can give them so much that new ones are mostly idle tokens: keep a holding that stays.
/// - Tokens or shares sent here without a conversion in the same transaction are anybody's.
contract UniswapV3Position is UniswapV3Liquidity, ERC20, ReentrancyGuardTransient {
    /// @param amount0 {tok0Atom} fees that are here and belong to all shares alike
    /// @param amount1 {tok1Atom}
    struct Fees {
        uint128 amount0;
        uint128 amount1;
    }

    /// @notice {bps} No position may be minted further from the oracle than this.
    uint256 public constant MAX_GAP_BPS = 300;
    uint256 private constant BPS = 10_000;
    uint128 private constant ONE_D18 = 1e18;

    IOracleHub public immutable hub;
    /// @notice {bps} largest gap between the pool's price and the oracle's at which shares are minted.
    uint256 public immutable maxGapBps;
    uint8 private immutable _decimals;

    /// @inheritdoc IUniswapV3Position
    Fees public fees;

    /// @param gapBps see `maxGapBps`
    constructor(
        IUniswapV3Pool pool_,
        int24 lower,
        int24 upper,
        IOracleHub hub_,
        uint256 gapBps,
        string memory name_,
        string memory symbol_
    ) ERC20(name_, symbol_) UniswapV3Liquidity(pool_, lower, upper) {
        if (gapBps > MAX_GAP_BPS) revert UniswapV3Position__GapTooWide(gapBps, MAX_GAP_BPS);
        (hub, maxGapBps) = (hub_, gapBps);
        // Liquidity is the geometric mean of the two amounts, and so are its decimals.
        _decimals = (hub_.decimals(token0) + hub_.decimals(token1)) / 2;
    }

    // -------------------------------------------------------------- conversion

    /// @inheritdoc IAdapter
    function onConvert(address[] calldata tokens, int256[] calldata deltas, bytes calldata) external nonReentrant {
        int256 shares;
        int256[2] memory amounts;
        for (uint256 i; i < tokens.length; ++i) {
            if (tokens[i] == address(this)) shares += deltas[i];
            else if (tokens[i] == token0) amounts[0] += deltas[i];
            else if (tokens[i] == token1) amounts[1] += deltas[i];
            else revert Adapter__BadConversion(tokens, deltas);
        }
        if (shares > 0 && amounts[0] <= 0 && amounts[1] <= 0) {
            _enter(uint256(shares), uint256(-amounts[0]), uint256(-amounts[1]));
        } else {
            if (shares > 0 || amounts[0] < 0 || amounts[1] < 0) revert Adapter__BadConversion(tokens, deltas);
            _exit(address(this), uint256(-shares), uint256(amounts[0]), uint256(amounts[1]), msg.sender);
        }
    }

    /// @inheritdoc IUniswapV3Position
    function redeem(uint256 shares, uint256 min0, uint256 min1, address to)
        external
        nonReentrant
        returns (uint256 amount0, uint256 amount1)
    {
        return _exit(msg.sender, shares, min0, min1, to);
    }

    /// @inheritdoc IUniswapV3Position
    function collect() external nonReentrant {
        _collect();
    }

    // ------------------------------------------------------------------- views

    /// @inheritdoc IAdapter
    function share() external view returns (address) {
        return address(this);
    }

    /// @inheritdoc IAdapter
    function assets() external view returns (address[] memory list) {
        list = new address[](2);
        (list[0], list[1]) = (token0, token1);
    }

    /// @inheritdoc IAdapter
    function riskIds() external view returns (bytes32[] memory ids) {
        ids = new bytes32[](4);
        address[4] memory parties = [token0, token1, pool.factory(), address(pool)];
        for (uint256 i; i < 4; ++i) {
            ids[i] = bytes32(uint256(uint160(parties[i])));
        }
    }

    /// @inheritdoc IAdapter
    function rateD18s() external view nonReentrantView returns (uint256[] memory ratesD18) {
        ratesD18 = new uint256[](2);
        (ratesD18[0], ratesD18[1]) = _consistsOf(ONE_D18, _oracleX96(), Math.Rounding.Floor);
    }

    /// @inheritdoc IAdapter
    function withdrawable(uint256 shares) external view nonReentrantView returns (uint256[] memory amounts) {
        amounts = new uint256[](2);
        uint128 liquidity = SafeCast.toUint128(shares);
        (uint256 fair0, uint256 fair1) = _consistsOf(liquidity, _oracleX96(), Math.Rounding.Floor);
        (uint256 spot0, uint256 spot1) = _consistsOf(liquidity, _spotX96(), Math.Rounding.Floor);
        (amounts[0], amounts[1]) = (Math.min(fair0, spot0), Math.min(fair1, spot1));
    }

    /// @inheritdoc IUniswapV3Position
    function costOf(uint256 shares) external view nonReentrantView returns (uint256 cost0, uint256 cost1) {
        return _consistsOf(SafeCast.toUint128(shares), _spotX96(), Math.Rounding.Ceil);
    }

    /// @inheritdoc ERC20
    function decimals() public view override returns (uint8) {
        return _decimals;
    }

    // ------------------------------------------------------------------ guards

    /// @dev Refuses to add liquidity where the pool's price and the oracle's part: a price gap is that of the squares.
    function _requireNear() internal view virtual {
        (uint256 spotX96, uint256 oracleX96) = (_spotX96(), _oracleX96());
        uint256 squaredX96 = Math.mulDiv(spotX96, spotX96, oracleX96);
        uint256 gapX96 = squaredX96 > oracleX96 ? squaredX96 - oracleX96 : oracleX96 - squaredX96;
        if (gapX96 * BPS > oracleX96 * maxGapBps) revert UniswapV3Position__OffOracle(spotX96, oracleX96, maxGapBps);
    }

    /// @dev The part of the fees that comes with so many shares, nothing with the first ones.
    function _feePart(uint256 fee, uint256 part, uint256 all, Math.Rounding way)
        internal
        view
        virtual
        returns (uint256)
    {
        return all == 0 ? 0 : Math.mulDiv(fee, part, all, way);
    }

    /// @dev The square root of what an atom of token 0 is worth in atoms of token 1, by the oracle.
    function _oracleX96() internal view virtual returns (uint160) {
        (uint256 price0D18, uint256 scale0) = hub.priced(token0);
        (uint256 price1D18, uint256 scale1) = hub.priced(token1);
        return SqrtPrice.ofRatio(price0D18 * scale1, price1D18 * scale0);
    }

    // ----------------------------------------------------------------- private

    function _enter(uint256 shares, uint256 sent0, uint256 sent1) private {
        Fees memory held = _collect();
        _requireSent(token0, held.amount0, sent0);
        _requireSent(token1, held.amount1, sent1);
        _requireNear();
        uint256 supply = totalSupply();
        _mint(msg.sender, shares);
        (uint256 taken0, uint256 taken1) = _add(SafeCast.toUint128(shares));
        _requireAtLeast(token0, sent0, taken0 + _feePart(held.amount0, shares, supply, Math.Rounding.Ceil));
        _requireAtLeast(token1, sent1, taken1 + _feePart(held.amount1, shares, supply, Math.Rounding.Ceil));
        fees =
            Fees(SafeCast.toUint128(held.amount0 + sent0 - taken0), SafeCast.toUint128(held.amount1 + sent1 - taken1));
        emit Minted(msg.sender, shares, sent0, sent1);
    }

    function _exit(address from, uint256 shares, uint256 min0, uint256 min1, address to)
        private
        returns (uint256 amount0, uint256 amount1)
    {
        if (shares == 0) revert UniswapV3Position__ZeroShares();
        Fees memory held = _collect();
        uint256 supply = totalSupply();
        _burn(from, shares);
        uint256 fee0 = held.amount0 * shares / supply;
        uint256 fee1 = held.amount1 * shares / supply;
        fees = Fees(uint128(held.amount0 - fee0), uint128(held.amount1 - fee1));
        (amount0, amount1) = _remove(uint128(shares));
        (amount0, amount1) = (amount0 + fee0, amount1 + fee1);
        _requireAtLeast(token0, amount0, min0);
        _requireAtLeast(token1, amount1, min1);
        emit Burnt(from, to, shares, amount0, amount1);
        _pay(to, amount0, amount1);
    }

    /// @dev Brings the fees earned so far here, for all who hold shares now.
    function _collect() private returns (Fees memory held) {
        held = fees;
        if (totalSupply() == 0) return held;
        (uint128 amount0, uint128 amount1) = _fetch();
        if (amount0 == 0 && amount1 == 0) return held;
        fees = held = Fees(held.amount0 + amount0, held.amount1 + amount1);
        emit FeesCollected(amount0, amount1);
    }

    /// @dev What `liquidity` shares consist of with the pool at this price, their part of the collected fees included.
    function _consistsOf(uint128 liquidity, uint160 atX96, Math.Rounding rounding)
        private
        view
        returns (uint256 amount0, uint256 amount1)
    {
        (amount0, amount1) = _amountsAt(atX96, liquidity, rounding);
        uint256 supply = totalSupply();
        amount0 += _feePart(fees.amount0, liquidity, supply, rounding);
        amount1 += _feePart(fees.amount1, liquidity, supply, rounding);
    }
}
