// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {OperationLock} from "../custody/OperationLock.sol";
import {IFiller} from "../interfaces/IFiller.sol";
import {ILeverage} from "../interfaces/ILeverage.sol";
import {AaveCredit} from "./AaveCredit.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title AaveLeverage: a leveraged position that the settler levers and delevers like a basket of two assets.
///
/// @notice PURPOSE
/// Collateral supplied to an Aave v3 pool, debt borrowed from it, shares of both. Every share carries a fixed credit line of
/// the debt asset, and the holding of the debt asset is the unused part of it: line - debt. So everything is an asset: to
/// sell collateral for the debt asset is to delever (the proceeds repay), to sell the debt asset for collateral is to lever
/// (what is sold is borrowed, what is bought is supplied), at the settler's price, bands and budgets, filled by anyone.
///
/// INVARIANTS
/// - After every settlement the health factor is at least `minHealthD18` and not worse than before if it was below
///   `targetHealthD18`; or it is better than before. Otherwise nothing of it has happened.
/// - The debt taken by selling never exceeds the line. Interest may carry it beyond; the holding is zero then.
/// - Minting and redeeming change neither what a share has nor what it owes: rounding is against whoever comes or goes, by
///   one atom more than arithmetic asks, since the pool rounds to the nearest.
/// - Minting, redeeming and settling never mix in one transaction. How the pool is handled is AaveCredit's.
///
/// ASSUMPTIONS
/// - The pool is what it says. Its oracle decides when others may liquidate, so health is measured with that one.
///
/// LIVENESS
/// - Redeeming needs the debt asset, and a pool that is not paused. While the collateral is lent out, redeem for aTokens. With
///   a health factor under 1 nothing is let out: settling comes first, by a filler that pays first, or a liquidation.
/// - Minting borrows, which the pool allows below its loan-to-value only: a position near its end takes no more shares.
/// - A filler that is called back is handed its tokens before it pays, so it can take no more at once than leaves the health
///   factor at 1. One that is pulled from (empty data) pays first: there is no such limit, even below 1.
///
/// ROLES: settler (fixed): `settle`; everybody: `mint`, `redeem`.
///
/// WARNINGS
/// - NAV as the settler sees it is equity + line, and its caps are parts of that. To bound what the equity loses or turns
///   over, set them to (wanted cap) * equity / (equity + line): half, if the line is as large as the equity.
/// - What others repay or supply for this position belongs to its shares at once.
/// - LeverageFactory creates, registers and mints in one transaction. Of any other, look who registered it before minting.
contract AaveLeverage is AaveCredit, ERC20, OperationLock, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @notice {share} D18 of the first mint, locked for ever.
    uint256 public constant MIN_SHARES = 1e6;

    uint256 private constant ONE_D18 = 1e18;

    /// @inheritdoc ILeverage
    address public immutable settler;
    uint256 public immutable line;
    uint256 public immutable genesis;
    uint256 public immutable minHealthD18;
    /// @inheritdoc ILeverage
    uint256 public immutable targetHealthD18;

    constructor(string memory name_, string memory symbol_, Setup memory setup)
        ERC20(name_, symbol_)
        AaveCredit(setup.pool, setup.collateral, setup.debtAsset)
    {
        if (
            address(aToken) == address(0) || address(debtToken) == address(0) || setup.collateral == setup.debtAsset
                || setup.minHealthD18 <= ONE_D18 || setup.targetHealthD18 < setup.minHealthD18 || setup.genesis == 0
        ) revert AaveLeverage__BadSetup(setup);
        (settler, line, genesis) = (setup.settler, setup.line, setup.genesis);
        (minHealthD18, targetHealthD18) = (setup.minHealthD18, setup.targetHealthD18);
    }

    // ------------------------------------------------------------------ shares

    /// @inheritdoc ILeverage
    function mint(uint256 shares, uint256 maxCollateralIn, uint256 minDebtOut, address to)
        external
        nonReentrant
        only(Operation.Mint)
        returns (uint256 collateralIn, uint256 debtOut)
    {
        uint256 supply = totalSupply();
        if (shares <= (supply == 0 ? MIN_SHARES : 0)) revert AaveLeverage__TooFewShares(shares);
        if (supply == 0) {
            collateralIn = Math.mulDiv(shares, genesis, ONE_D18, Math.Rounding.Ceil);
            _mint(address(this), MIN_SHARES);
            _mint(to, shares - MIN_SHARES);
        } else {
            collateralIn = Math.mulDiv(_supplied(), shares, supply, Math.Rounding.Ceil) + 1;
            debtOut = Math.saturatingSub(Math.mulDiv(_debt(), shares, supply), 1);
            _mint(to, shares);
        }
        if (collateralIn > maxCollateralIn) revert AaveLeverage__OffLimit(collateral, collateralIn, maxCollateralIn);
        if (debtOut < minDebtOut) revert AaveLeverage__OffLimit(debtAsset, debtOut, minDebtOut);
        IERC20(collateral).safeTransferFrom(msg.sender, address(this), collateralIn);
        _absorb(collateral, collateralIn);
        _release(debtAsset, debtOut, msg.sender);
        emit Minted(msg.sender, to, shares, collateralIn, debtOut);
    }

    /// @inheritdoc ILeverage
    function redeem(uint256 shares, uint256 maxDebtIn, uint256 minCollateralOut, address to, bool inKind)
        external
        nonReentrant
        only(Operation.Redeem)
        returns (uint256 debtIn, uint256 collateralOut)
    {
        if (shares == 0) revert AaveLeverage__TooFewShares(shares);
        (uint256 supply, uint256 debt) = (totalSupply(), _debt());
        _burn(msg.sender, shares);
        if (debt != 0) debtIn = Math.min(debt, Math.mulDiv(debt, shares, supply, Math.Rounding.Ceil) + 1);
        collateralOut = Math.saturatingSub(Math.mulDiv(_supplied(), shares, supply), 1);
        if (debtIn > maxDebtIn) revert AaveLeverage__OffLimit(debtAsset, debtIn, maxDebtIn);
        if (collateralOut < minCollateralOut) {
            revert AaveLeverage__OffLimit(collateral, collateralOut, minCollateralOut);
        }
        IERC20(debtAsset).safeTransferFrom(msg.sender, address(this), debtIn);
        _absorb(debtAsset, debtIn);
        if (inKind) aToken.safeTransfer(to, collateralOut);
        else _release(collateral, collateralOut, to);
        emit Redeemed(msg.sender, to, shares, debtIn, collateralOut);
    }

    // -------------------------------------------------------------- settlement

    /// @inheritdoc ILeverage
    function settle(address sell, address buy, uint256 sellAmount, uint256 minBuy, address filler, bytes calldata data)
        external
        nonReentrant
        only(Operation.Fill)
        returns (uint256 received)
    {
        if (msg.sender != settler) revert AaveLeverage__NotSettler(msg.sender);
        if (sell == buy) revert AaveLeverage__NotAPair(sell, buy);
        uint256 owned = _holding(sell);
        if (sellAmount > owned) revert AaveLeverage__Oversold(sell, sellAmount, owned);
        uint256 healthBeforeD18 = healthD18();
        if (data.length == 0) {
            received = minBuy;
            IERC20(buy).safeTransferFrom(filler, address(this), minBuy);
            _absorb(buy, minBuy);
            _release(sell, sellAmount, filler);
        } else {
            _release(sell, sellAmount, filler);
            received = _collect(sell, buy, sellAmount, minBuy, filler, data);
        }
        _requireHealthy(healthBeforeD18, healthD18());
        emit Settled(sell, buy, filler, sellAmount, received);
    }

    // ------------------------------------------------------------------- views

    /// @inheritdoc ILeverage
    function assets() public view returns (address[] memory tokens) {
        tokens = new address[](2);
        (tokens[0], tokens[1]) = (collateral, debtAsset);
    }

    /// @inheritdoc ILeverage
    function holdings()
        external
        view
        nonReentrantView
        returns (uint256 supply, address[] memory tokens, uint256[] memory balances)
    {
        (supply, tokens, balances) = (totalSupply(), assets(), new uint256[](2));
        (balances[0], balances[1]) = (_holding(collateral), _holding(debtAsset));
    }

    /// @inheritdoc ILeverage
    function position(address sell, address buy)
        external
        view
        nonReentrantView
        returns (uint256 supply, uint256 sellBalance, uint256 buyBalance)
    {
        return (totalSupply(), _holding(sell), _holding(buy));
    }

    // ------------------------------------------------------------------- guards

    function _requirePaid(address token, uint256 required, uint256 received) internal view virtual {
        if (received < required) revert AaveLeverage__Underpaid(token, required, received);
    }

    function _requireHealthy(uint256 beforeD18, uint256 afterD18) internal view virtual {
        if (afterD18 > beforeD18) return;
        if (afterD18 < minHealthD18 || beforeD18 < targetHealthD18) {
            revert AaveLeverage__Unhealthy(beforeD18, afterD18, minHealthD18, targetHealthD18);
        }
    }

    // ------------------------------------------------------------------ private

    function _holding(address token) private view returns (uint256) {
        if (token == collateral) return _supplied();
        if (token != debtAsset) revert AaveLeverage__NotAPair(token, debtAsset);
        return Math.saturatingSub(Math.mulDiv(line, totalSupply(), ONE_D18), _debt());
    }

    /// @dev Calls the filler, which has its tokens, and measures what it paid.
    function _collect(address sell, address buy, uint256 sold, uint256 minBuy, address filler, bytes calldata data)
        private
        returns (uint256 received)
    {
        uint256 before = IERC20(buy).balanceOf(address(this));
        IFiller(filler).onFill(sell, buy, sold, minBuy, data);
        received = Math.saturatingSub(IERC20(buy).balanceOf(address(this)), before);
        _requirePaid(buy, minBuy, received);
        _absorb(buy, received);
    }
}
