// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../interfaces/IBasketVault.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Ledger: what every share of a basket consists of, held against what the tokens say.
///
/// @notice PURPOSE
/// Units per share count, balances do not. What is beyond them is nobody's until it is synced: losses at once, gains in
/// drops of at most `MAX_DRIP_BPS` of the holding a day, so that nobody can move the bundle by giving. Who mints while a gain
/// waits makes it drop first, so that nobody comes in for the gain of others.
///
/// INVARIANTS
/// - Every movement is measured on the token itself, both ways.
/// - Units rise only by a settlement, a move into a position, an armed order's proceeds, or a drop of a gain.
/// - Claims are never part of what the shares own.
///
/// WARNINGS
/// - A gain of less than a basis point of the holding waits until there is more of it.
/// - A gain of a token of which the shares own nothing is never counted: there is nothing to measure a drop by.
/// - If a token takes away more than the shares own of it, its open claims share the rest first come, first served.
abstract contract Ledger is IBasketVault, ERC20 {
    using SafeERC20 for IERC20;

    /// @param unitsD36 D36{tokAtom/shareAtom} in every share
    /// @param syncedAt {s} when a gain was last counted
    /// @param listed true for the assets of this vault
    /// @param claimed true once anybody has ever kept a claim on it
    /// @param armed true while the armed order sells or buys it
    struct Holding {
        uint200 unitsD36;
        uint32 syncedAt;
        bool listed;
        bool claimed;
        bool armed;
    }

    /// @dev What a redemption pays of one asset, and what was here before it.
    struct Part {
        uint256 due;
        uint256 here;
    }

    /// @notice {bps} of a holding by which a gain may raise it in a day.
    uint256 public constant MAX_DRIP_BPS = 100;
    /// @notice Longest basket: a redeem of this many tokens still fits easily into a block.
    uint256 public constant MAX_ASSETS = 32;

    /// @dev {gas} for a question to a token, or a wish, that must not be able to stop anything. Whoever gives a call so little that
    /// this cannot be had has too little left to end it.
    uint256 internal constant MODERATE_GAS = 200_000;
    /// @dev {tokAtom} counted of what an order brings: far above what there is of any token, far below what overflows.
    uint256 private constant MOST_ATOMS = 1e38;
    uint256 private constant ONE_D36 = 1e36;
    uint256 private constant BPS = 10_000;

    mapping(address token => Holding) private _holdings;
    mapping(address account => mapping(address token => uint256)) private _claims;
    mapping(address token => uint256) private _claimedOf;

    /// @inheritdoc IBasketVault
    function assets() public view returns (address[] memory tokens) {
        return abi.decode(Clones.fetchCloneArgs(address(this)), (address[]));
    }

    /// @inheritdoc IBasketVault
    function claimOf(address account, address token) external view returns (uint256) {
        return _claims[account][token];
    }

    // ---------------------------------------------------------------- counting

    function _unitsOf(address token) internal view returns (uint256) {
        return _holdings[token].unitsD36;
    }

    function _isArmed(address token) internal view returns (bool) {
        return _holdings[token].armed;
    }

    function _setArmed(address token, bool armed_) internal {
        _holdings[token].armed = armed_;
    }

    /// @dev Counts what the armed order has done, before the first of its tokens moves. See ArmedOrder.
    function _catchUpOnce(uint256 supply, bool entering) internal virtual;

    /// @dev What leaves with every share that is redeemed now; asks the token for nothing that it could refuse.
    function _unitsDue(address token, uint256) internal view virtual returns (uint256) {
        return _unitsOf(token);
    }

    /// @dev What the shares own of an asset, rounded down.
    function _owned(address token, uint256 supply) internal view returns (uint256 owned) {
        (owned,) = _ownedOf(token, supply);
    }

    /// @return owned {tokAtom} rounded down
    /// @return busy true while the armed order sells or buys it
    function _ownedOf(address token, uint256 supply) internal view returns (uint256 owned, bool busy) {
        Holding memory holding = _holdings[token];
        if (!holding.listed) revert BasketVault__NotAnAsset(token);
        return (_atomsDown(holding.unitsD36, supply), holding.armed);
    }

    /// @dev Rounded down: units never promise more than is here.
    function _record(address token, uint256 balance, uint256 supply) internal {
        uint256 unitsD36 = _unitsDown(balance, supply);
        if (unitsD36 > type(uint200).max) revert BasketVault__TooManyUnits(token, unitsD36);
        _holdings[token].unitsD36 = uint200(unitsD36);
    }

    /// @dev Units now that `here` {tokAtom} is here: if the shares own more than that, they own less from now on.
    /// @return unitsD36 D36{tokAtom/shareAtom}
    function _look(address token, uint256 supply, uint256 here, bool entering) internal returns (uint256 unitsD36) {
        Holding memory holding = _holdings[token];
        if (holding.armed) {
            _catchUpOnce(supply, entering);
            return _unitsDue(token, supply);
        }
        uint256 owned = _atomsDown(holding.unitsD36, supply);
        uint256 free = _free(token, here, holding.claimed);
        bool same = _isSettled(owned, free, entering);
        return same ? holding.unitsD36 : _count(token, holding, owned, free, supply);
    }

    /// @dev Counts a loss at once and a gain in drops. What does not change is not written: writing rounds.
    /// @return unitsD36 D36{tokAtom/shareAtom}
    function _count(address token, Holding memory holding, uint256 owned, uint256 free, uint256 supply)
        internal
        returns (uint256 unitsD36)
    {
        uint256 counted = free;
        if (free > owned) {
            uint256 gain = free - owned;
            // Less than a basis point is dust: noticing it would cost more than it brings.
            if (gain * BPS < owned) return holding.unitsD36;
            counted = owned + Math.min(gain, _dropDown(owned, block.timestamp - holding.syncedAt));
        }
        if (counted == owned) return holding.unitsD36;
        _holdings[token].syncedAt = uint32(block.timestamp);
        _record(token, counted, supply);
        emit Synced(token, owned, counted);
        return _holdings[token].unitsD36;
    }

    function _sync(address token, uint256 supply) internal {
        Holding memory holding = _holdings[token];
        uint256 free = _free(token, IERC20(token).balanceOf(address(this)), holding.claimed);
        _count(token, holding, _owned(token, supply), free, supply);
    }

    /// @dev The most by which a gain may raise `owned` after `elapsed` {s}; what waited longer than a day waits on.
    function _dropDown(uint256 owned, uint256 elapsed) internal pure virtual returns (uint256) {
        return owned * MAX_DRIP_BPS * Math.min(elapsed, 1 days) / (BPS * 1 days);
    }

    /// @dev What is here beyond the claims.
    function _free(address token, uint256 here, bool claimed) private view returns (uint256) {
        return claimed ? Math.saturatingSub(here, _claimedOf[token]) : here;
    }

    /// @dev What is here beyond claims and what the shares own: dust, gains that wait, gifts.
    function _excess(address token, uint256 supply) internal view returns (uint256) {
        uint256 here = IERC20(token).balanceOf(address(this));
        return Math.saturatingSub(_free(token, here, true), _owned(token, supply));
    }

    /// @dev What of the shares' own has left and not come back, or come in, since `excess` was all there was beyond it.
    /// @return ok false if the token does not say
    function _moved(address token, uint256 supply, uint256 excess)
        internal
        view
        returns (bool ok, uint256 out, uint256 in_)
    {
        (bool told, uint256 here) = _ask(token);
        if (!told) return (false, 0, 0);
        uint256 due = Math.saturatingAdd(Math.saturatingAdd(_owned(token, supply), excess), _claimedOf[token]);
        return (true, Math.saturatingSub(due, here), Math.saturatingSub(here, due));
    }

    /// @dev As much of a balance as can be counted: a token that tells more than there could be holds nobody else's back.
    function _mostOf(uint256 balance, uint256 supply) internal pure virtual returns (uint256) {
        return Math.min(balance, Math.min(MOST_ATOMS, type(uint200).max / ONE_D36 * supply));
    }

    /// @dev The balance of this contract, if the token says so at a moderate price.
    function _ask(address token) internal view virtual returns (bool ok, uint256 here) {
        bytes memory data;
        (ok, data) = token.staticcall{gas: MODERATE_GAS}(abi.encodeCall(IERC20.balanceOf, (address(this))));
        if (!ok || data.length < 32) return (false, 0);
        here = abi.decode(data, (uint256));
    }

    /// @dev Lists the assets and records what must already be here of them.
    function _list(uint256[] calldata amounts, uint256 supply) internal {
        address[] memory tokens = assets();
        uint256 count = tokens.length;
        if (count == 0 || count > MAX_ASSETS) revert BasketVault__BadAssetCount(count, MAX_ASSETS);
        if (amounts.length != count) revert BasketVault__BadLength(amounts.length, count);
        bool empty = true;
        for (uint256 i; i < count; ++i) {
            (address token, uint256 amount) = (tokens[i], amounts[i]);
            if (_holdings[token].listed || token == address(this)) revert BasketVault__SameToken(token);
            _holdings[token] = Holding(0, uint32(block.timestamp), true, false, false);
            _record(token, amount, supply);
            uint256 here = IERC20(token).balanceOf(address(this));
            if (here < amount) revert BasketVault__BalanceMismatch(token, amount, here);
            if (amount != 0) empty = false;
        }
        if (empty) revert BasketVault__Empty();
    }

    // ------------------------------------------------------------------- claims

    function _keep(address account, address token, uint256 amount) internal {
        _claims[account][token] += amount;
        _claimedOf[token] += amount;
        _holdings[token].claimed = true;
        emit ClaimKept(account, token, amount);
    }

    function _payClaim(address account, address token, address to) internal returns (uint256 amount) {
        amount = _claims[account][token];
        if (amount == 0) revert BasketVault__NoClaim(account, token);
        delete _claims[account][token];
        _claimedOf[token] -= amount;
        _push(token, to, amount, IERC20(token).balanceOf(address(this)));
        emit ClaimPaid(account, token, to, amount);
    }

    // ------------------------------------------------------------------- paying

    function _payIn(address token, uint256 shares, uint256 supply, uint256 most) internal returns (uint256 amount) {
        uint256 here = IERC20(token).balanceOf(address(this));
        amount = _atomsUp(_look(token, supply, here, true), shares);
        if (amount > most) revert BasketVault__TooMuchIn(token, amount, most);
        if (amount != 0) _pull(token, msg.sender, amount, here);
    }

    /// @param part what is due and the balance before
    /// @return paid {tokAtom} nothing if the token is skipped
    function _payOut(address token, Part memory part, uint256 least, address to, bool skipped)
        internal
        returns (uint256 paid)
    {
        if (part.due < least) revert BasketVault__TooLittleOut(token, part.due, least);
        if (part.due == 0) return 0;
        if (!skipped) {
            _push(token, to, part.due, part.here);
            return part.due;
        }
        _keep(msg.sender, token, part.due);
    }

    /// @dev A token that is skipped is asked for its balance as well, so that nobody keeps a claim on what is lost; but it need
    /// not answer.
    function _partOf(address token, uint256 shares, uint256 supply, bool skipped) internal returns (Part memory part) {
        bool told = true;
        if (skipped) (told, part.here) = _ask(token);
        else part.here = IERC20(token).balanceOf(address(this));
        uint256 unitsD36 = told ? _look(token, supply, part.here, false) : _unitsDue(token, supply);
        part.due = _atomsDown(unitsD36, shares);
    }

    function _pull(address token, address from, uint256 amount, uint256 before) private {
        IERC20(token).safeTransferFrom(from, address(this), amount);
        _requireArrived(token, before, amount);
    }

    function _push(address token, address to, uint256 amount, uint256 before) private {
        IERC20(token).safeTransfer(to, amount);
        _requireLeft(token, before, amount);
    }

    // ------------------------------------------------------------------- guards

    /// @dev Atoms in `shares`; the one who pays them in loses the atom.
    function _atomsUp(uint256 unitsD36, uint256 shares) internal pure virtual returns (uint256) {
        return Math.ceilDiv(unitsD36 * shares, ONE_D36);
    }

    /// @dev Atoms in `shares`; the one who takes them out loses the atom.
    function _atomsDown(uint256 unitsD36, uint256 shares) internal pure virtual returns (uint256) {
        return unitsD36 * shares / ONE_D36;
    }

    function _unitsDown(uint256 balance, uint256 supply) internal pure returns (uint256) {
        return balance * ONE_D36 / supply;
    }

    /// @dev Who enters pays for the gain that those before him have waited for; who leaves only shares a loss.
    function _isSettled(uint256 owned, uint256 free, bool entering) internal pure virtual returns (bool) {
        return entering ? free == owned : free >= owned;
    }

    /// @dev What is held for claims is not the shares' to give, also where a token has taken some away unseen.
    function _requireFree(address token, uint256 here, uint256 amount) internal view virtual {
        uint256 free = _free(token, here, _holdings[token].claimed);
        if (amount > free) revert BasketVault__Oversold(token, amount, free);
    }

    /// @dev Exactly `amount` must have left.
    function _requireLeft(address token, uint256 before, uint256 amount) internal view virtual {
        uint256 here = IERC20(token).balanceOf(address(this));
        if (here + amount != before) revert BasketVault__BalanceMismatch(token, before - amount, here);
    }

    /// @dev Exactly `amount` must have arrived.
    function _requireArrived(address token, uint256 before, uint256 amount) internal view virtual {
        uint256 here = IERC20(token).balanceOf(address(this));
        if (here != before + amount) revert BasketVault__BalanceMismatch(token, before + amount, here);
    }
}
