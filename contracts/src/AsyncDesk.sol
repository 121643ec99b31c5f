// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {AsyncRequests} from "./AsyncRequests.sol";
import {IAsyncDesk} from "./interfaces/IAsyncDesk.sol";
import {IBasketVault} from "./interfaces/IBasketVault.sol";
import {IERC7540Deposit, IERC7540Operator, IERC7540Redeem, IERC7575} from "./interfaces/IERC7540.sol";
import {IFiller} from "./interfaces/IFiller.sol";
import {IOracleHub} from "./interfaces/IOracleHub.sol";
import {ISettler} from "./interfaces/ISettler.sol";
import {DutchPrice} from "./math/DutchPrice.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title AsyncDesk: into and out of a basket with one asset, at prices that were really paid (ERC-7540).
///
/// @notice PURPOSE
/// Requests of an epoch are locked together. Later, those who enter and those who leave are crossed at the oracle's prices,
/// and what is over is sold to anyone at a Dutch price near the oracle's: the asset for shares, or shares for the asset. A
/// filler who has no shares mints them in kind in its callback, one who wants none redeems them. So an epoch gets what a
/// market really gave, pro rata; entering and leaving cost those who do it, and neither the vault nor its holders notice.
/// Netting with the vault's live intent is a filler's work, too: with the asset it is sent it buys what the vault sells.
///
/// INVARIANTS
/// - No price counts that was known when the requests were locked: `gap` passes first, and every feed must have spoken since.
/// - A fill pays at least the oracle's worth less the floor discount; the whole payment belongs to the epoch.
/// - Crossing gives both sides the oracle's price; rounding moves less than one atom, and nothing is given for nothing.
/// - The desk holds at least what is requested, claimable and reclaimable; donations count for nothing.
///
/// ASSUMPTIONS
/// - The hub's prices are right within the floor discount, as for the settler: an epoch may be filled or crossed whenever
///   the caller likes after the gap, so whoever sees the next tick of a feed first gains by as much as the feed was behind.
///   Only the requesters of that epoch bear it, and whoever did not wait bears none.
/// - The asset is a standard ERC-20 that the hub lists. A fee on transfer reverts.
///
/// LIVENESS
/// An epoch that cannot be filled (no price, a broken token in the basket, no filler) ends by `finish` after `patience`,
/// without any price: assets and shares go back, and shares redeem in kind. So a request ends at the latest after one
/// period and twice gap and patience, if somebody calls `lock` and `finish`. An epoch of dust holds the next one up until
/// anyone fills it: after the gap that costs gas and an atom. A patience shorter than the longest heartbeat of the basket's
/// feeds may be over before every feed has spoken.
///
/// ROLES
/// None. Everybody: request, lock, cross, fill, finish.
///
/// WARNINGS
/// - `totalAssets` and the conversions are for display: last known prices, good or not. Previews revert, as ERC-7540 asks.
/// - Rounding leaves single atoms in the desk for ever.
contract AsyncDesk is AsyncRequests, IERC165 {
    using SafeERC20 for IERC20;

    /// @notice {bps} No floor may be further below the oracle; as the settler's.
    uint16 public constant MAX_FLOOR_DISC_BPS = 500;
    uint256 private constant ONE_D18 = 1e18;

    ISettler public immutable settler;
    IOracleHub public immutable hub;

    Terms private _terms;
    /// @notice {s} when the open epoch began to take requests.
    uint256 public openedAt;
    /// @notice {s} when the epoch before the open one was locked.
    uint256 public lockedAt;

    constructor(IBasketVault vault, address asset_, IOracleHub hub_, Terms memory terms_)
        AsyncRequests(asset_, address(vault))
    {
        if (asset_ == address(vault) || terms_.decay == 0 || terms_.patience <= terms_.decay) {
            revert AsyncDesk__BadTerms(terms_);
        }
        if (terms_.gap == 0 || terms_.floorDiscBps > MAX_FLOOR_DISC_BPS) revert AsyncDesk__BadTerms(terms_);
        (settler, hub) = (ISettler(vault.settler()), hub_);
        (_terms, openedAt) = (terms_, block.timestamp);
        hub_.priced(asset_);
    }

    // ------------------------------------------------------------------ epochs

    /// @inheritdoc IAsyncDesk
    function lock() external nonReentrant {
        uint256 open = epoch;
        (uint256 assets, uint256 shares) = (_pots[open][true].total, _pots[open][false].total);
        bool possible = finished + 1 == open && assets + shares != 0;
        uint256 readyAt = possible ? openedAt + _terms.period : type(uint256).max;
        if (block.timestamp < readyAt) revert AsyncDesk__NotReady(readyAt);
        (epoch, openedAt, lockedAt) = (open + 1, block.timestamp, block.timestamp);
        emit Locked(open, assets, shares, _notBefore());
    }

    /// @inheritdoc IAsyncDesk
    function cross() external nonReentrant returns (uint256 assets, uint256 shares) {
        return _cross(_current());
    }

    /// @inheritdoc IAsyncDesk
    function fill(bool entering, uint256 amount, uint256 maxPay, bytes calldata data)
        external
        nonReentrant
        returns (uint256 received)
    {
        if (amount == 0) revert AsyncDesk__Zero();
        uint256 current = _current();
        _cross(current);
        Pot storage pot = _pots[current][entering];
        if (amount > pot.left) revert AsyncDesk__TooMuch(amount, pot.left);
        uint256 required = _requiredUp(entering, amount);
        if (required > maxPay) revert AsyncDesk__PriceAboveLimit(required, maxPay);
        received = _trade(_tokenIn(entering), _tokenIn(!entering), amount, required, data);
        pot.left -= amount;
        pot.got += received;
        emit Filled(current, msg.sender, entering, amount, required, received);
    }

    /// @inheritdoc IAsyncDesk
    function finish() external nonReentrant {
        uint256 current = finished + 1;
        (uint256 assets, uint256 shares) = (_pots[current][true].left, _pots[current][false].left);
        bool sold = current < epoch && assets + shares == 0;
        uint256 readyAt = current < epoch ? _notBefore() + _terms.patience : type(uint256).max;
        if (!sold && block.timestamp < readyAt) revert AsyncDesk__NotReady(readyAt);
        finished = current;
        emit Finished(current, assets, shares);
    }

    // ------------------------------------------------------------------- views

    /// @inheritdoc IAsyncDesk
    function quote(bool entering, uint256 amount) external view returns (uint256 required) {
        _current();
        return _requiredUp(entering, amount);
    }

    /// @inheritdoc IAsyncDesk
    function terms() external view returns (Terms memory) {
        return _terms;
    }

    /// @inheritdoc IERC7575
    function totalAssets() external view returns (uint256) {
        return convertToAssets(IERC20(share).totalSupply());
    }

    /// @inheritdoc IERC7575
    function convertToAssets(uint256 shares) public view returns (uint256) {
        (uint256 priceD18, uint256 scale) = _priced(asset, false);
        if (priceD18 == 0) return 0;
        return Math.mulDiv(Math.mulDiv(shares, _shareD18(Math.Rounding.Floor, false), ONE_D18), scale, priceD18);
    }

    /// @inheritdoc IERC7575
    function convertToShares(uint256 assets) external view returns (uint256) {
        (uint256 priceD18, uint256 scale) = _priced(asset, false);
        uint256 shareD18 = _shareD18(Math.Rounding.Ceil, false);
        if (shareD18 == 0 || priceD18 == 0) return 0;
        return Math.mulDiv(Math.mulDiv(assets, priceD18, scale), ONE_D18, shareD18);
    }

    /// @inheritdoc IERC7575
    function previewDeposit(uint256) external pure returns (uint256) {
        revert AsyncDesk__NoPreview();
    }

    /// @inheritdoc IERC7575
    function previewMint(uint256) external pure returns (uint256) {
        revert AsyncDesk__NoPreview();
    }

    /// @inheritdoc IERC7575
    function previewWithdraw(uint256) external pure returns (uint256) {
        revert AsyncDesk__NoPreview();
    }

    /// @inheritdoc IERC7575
    function previewRedeem(uint256) external pure returns (uint256) {
        revert AsyncDesk__NoPreview();
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 id) external pure returns (bool) {
        return id == type(IERC165).interfaceId || id == type(IERC7575).interfaceId
            || id == type(IERC7540Operator).interfaceId || id == type(IERC7540Deposit).interfaceId
            || id == type(IERC7540Redeem).interfaceId;
    }

    // ----------------------------------------------------------------- pricing

    /// @dev The epoch that may be priced now.
    function _current() private view returns (uint256 current) {
        current = finished + 1;
        uint256 readyAt = current < epoch ? _notBefore() : type(uint256).max;
        if (block.timestamp < readyAt) revert AsyncDesk__NotReady(readyAt);
    }

    /// @dev {s} first moment at which the locked epoch may be priced, and the start of its Dutch price.
    function _notBefore() internal view virtual returns (uint256) {
        return lockedAt + _terms.gap;
    }

    /// @dev No price that could be known at the lock may be used.
    function _requireUsable(address token, IOracleHub.Status status, uint256 updatedAt) internal view virtual {
        if (status != IOracleHub.Status.Ok || updatedAt <= lockedAt) {
            revert AsyncDesk__NoPrice(token, status, updatedAt, lockedAt);
        }
    }

    /// @dev The smaller side gives everything. Not while an intent is live: then the units of a share are on the move.
    function _cross(uint256 current) private returns (uint256 assets, uint256 shares) {
        (Pot storage entry, Pot storage exit) = (_pots[current][true], _pots[current][false]);
        if (entry.left == 0 || exit.left == 0 || _intentLive()) return (0, 0);
        (uint256 priceD18, uint256 scale) = _priced(asset, true);
        uint256 shareD18 = _shareD18(Math.Rounding.Floor, true);
        assets = Math.mulDiv(Math.mulDiv(exit.left, shareD18, ONE_D18), scale, priceD18);
        if (assets <= entry.left) {
            shares = exit.left;
        } else {
            assets = entry.left;
            shares = Math.min(exit.left, Math.mulDiv(Math.mulDiv(assets, priceD18, scale), ONE_D18, shareD18));
        }
        if (assets == 0 || shares == 0) return (0, 0);
        (entry.left, entry.got) = (entry.left - assets, entry.got + shares);
        (exit.left, exit.got) = (exit.left - shares, exit.got + assets);
        emit Crossed(current, assets, shares);
    }

    function _intentLive() private view returns (bool) {
        ISettler.Header memory header = settler.headerOf(share);
        return block.timestamp >= header.notBefore && block.timestamp <= header.deadline;
    }

    /// @dev The Dutch price, rounded against the filler.
    function _requiredUp(bool entering, uint256 amount) internal view virtual returns (uint256) {
        Terms memory t = _terms;
        uint256 factorD18 =
            DutchPrice.factorD18Up(block.timestamp - _notBefore(), t.decay, t.startPremBps, t.floorDiscBps);
        (uint256 priceD18, uint256 scale) = _priced(asset, true);
        if (entering) {
            uint256 worthD18 = DutchPrice.worthD18Up(amount, priceD18, scale);
            return DutchPrice.requiredUp(worthD18, factorD18, _shareD18(Math.Rounding.Floor, true), ONE_D18);
        }
        uint256 sharesD18 = DutchPrice.worthD18Up(amount, _shareD18(Math.Rounding.Ceil, true), ONE_D18);
        return DutchPrice.requiredUp(sharesD18, factorD18, priceD18, scale);
    }

    /// @return worthD18 D18{USD/share}
    function _shareD18(Math.Rounding rounding, bool strict) private view returns (uint256 worthD18) {
        (uint256 supply, address[] memory tokens, uint256[] memory balances) = IBasketVault(share).holdings();
        for (uint256 i; i < tokens.length; ++i) {
            if (balances[i] == 0) continue;
            (uint256 priceD18, uint256 scale) = _priced(tokens[i], strict);
            worthD18 += Math.mulDiv(balances[i], priceD18, scale, rounding);
        }
        return Math.mulDiv(worthD18, ONE_D18, supply, rounding);
    }

    /// @param strict false: any last known price, or zero, for display
    function _priced(address token, bool strict) private view returns (uint256 priceD18, uint256 scale) {
        uint256 updatedAt;
        IOracleHub.Status status;
        (priceD18, updatedAt, status) = hub.peek(token);
        if (strict) _requireUsable(token, status, updatedAt);
        scale = priceD18 == 0 ? 1 : 10 ** hub.decimals(token);
    }

    /// @dev Sells and measures both balances, as the vault does.
    function _trade(address sell, address buy, uint256 amount, uint256 required, bytes calldata data)
        private
        returns (uint256 received)
    {
        uint256 sellBefore = IERC20(sell).balanceOf(address(this));
        uint256 buyBefore = IERC20(buy).balanceOf(address(this));
        IERC20(sell).safeTransfer(msg.sender, amount);
        if (data.length == 0) {
            IERC20(buy).safeTransferFrom(msg.sender, address(this), required);
        } else {
            IFiller(msg.sender).onFill(sell, buy, amount, required, data);
        }
        _requireArrived(sell, sellBefore - amount, 0);
        received = Math.saturatingSub(IERC20(buy).balanceOf(address(this)), buyBefore);
        if (received < required) revert AsyncDesk__Underpaid(buy, required, received);
    }
}
