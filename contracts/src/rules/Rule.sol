// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Timelock} from "../Timelock.sol";
import {Valuation} from "../Valuation.sol";
import {IBasketVault} from "../interfaces/IBasketVault.sol";
import {IOracleHub} from "../interfaces/IOracleHub.sol";
import {IPolicy} from "../interfaces/IPolicy.sol";
import {IRule} from "../interfaces/IRule.sol";
import {ISettler} from "../interfaces/ISettler.sol";
import {Basket} from "../math/Basket.sol";
import {Schedule} from "../math/Schedule.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Rule: what all rules that compute on chain have in common.
///
/// @notice PURPOSE
/// A rule says when a vault is due and at which weights it should stand, from recorded balances and oracle prices alone. Here
/// the vault is valued, the weights become legs, and settings are admitted; each rule adds only its own arithmetic.
///
/// INVARIANTS
/// - Weights are parts of NAV at the hub's prices. Donations, mints and redemptions move none of them (the vault counts
///   recorded units only).
/// - The legs meet at the target: `sellDownTo = buyUpTo`, so each token is only sold or only bought.
/// - What counts for its exit floor may count for its price again before the intent is over. So no more of it is wanted than is
///   held, and it counts for no more than the hub's last answer: nobody gains by having asked in between.
/// - Only the first settings of a vault are set at once. A change waits for the delay: see Timelock.
///
/// ROLES, by the harm they could do
/// - The policy's curator of a vault: set its rule. Bad settings cost at most what the settler's buckets allow.
///
/// LIVENESS
/// A missing price of an asset held or wanted stops a rule, unless the asset has an exit floor (see Valuation); so do bounds
/// tightened below its terms, and an asset at its exit floor of which more is lacking than the policy's tolerance. Redeeming
/// never asks.
///
/// WARNINGS
/// - Without a price an asset counts for its exit floor, whoever picks the moment: a floor far under the price makes a rule that
///   looks at what a share is worth (CppiRule) sell for as long as a feed is late. Set floors near, or heartbeats wide.
abstract contract Rule is IRule, Timelock {
    /// @dev A vault at the prices of now, in the vault's order of assets.
    /// @param pricesD18 D18{USD/tok}, zero where an asset is neither held nor wanted
    /// @param scales {tokAtom/tok}
    /// @param worthsD18 D18{USD} rounded down
    /// @param floored true if the hub has no usable price, so that it counts for its exit floor
    struct Book {
        uint256 supply;
        address[] tokens;
        uint256[] pricesD18;
        uint256[] scales;
        uint256[] worthsD18;
        bool[] floored;
        uint256 navD18;
    }

    uint256 internal constant BPS = 10_000;
    uint256 internal constant BPS_TO_D18 = 1e14;
    uint256 internal constant ONE_D18 = 1e18;

    IPolicy public immutable policy;
    IOracleHub public immutable hub;

    /// @notice One weight per asset, together 10,000 bps.
    error Rule__BadWeights(uint256 weights, uint256 assets, uint256 sumBps);
    /// @notice The settler would refuse every intent of these terms: they pass the policy's `bounds`, or last no time.
    error Rule__BadTerms(Terms terms, IPolicy.Bounds bounds);
    /// @notice The vault has no settings yet.
    error Rule__NotConfigured(address vault);

    constructor(IPolicy policy_, IOracleHub hub_) Timelock(policy_.delay()) {
        policy = policy_;
        hub = hub_;
    }

    /// @inheritdoc IRule
    function ready(address vault) external view returns (bool) {
        return _isDue(vault, _bookOf(vault));
    }

    /// @inheritdoc IRule
    function targets(address vault) external view returns (ISettler.Leg[] memory legs, Terms memory terms) {
        Book memory book = _bookOf(vault);
        uint256[] memory weightsD18 = _aimD18(vault, book);
        uint256 navPerShareD18 = _navPerShareD18(book);
        legs = new ISettler.Leg[](book.tokens.length);
        for (uint256 i; i < legs.length; ++i) {
            uint112 units = _unitsDown(book, i, navPerShareD18, _cappedD18(book, i, weightsD18[i]));
            legs[i] = ISettler.Leg(book.tokens[i], units, units);
        }
        return (legs, _termsOf(vault, book));
    }

    // --------------------------------------------------------- what a rule adds

    function _isConfigured(address vault) internal view virtual returns (bool);

    /// @dev True if the rule may want some of the asset: then it needs a price even if none is held.
    function _isWanted(address vault, uint256 asset) internal view virtual returns (bool);

    function _isDue(address vault, Book memory book) internal view virtual returns (bool);

    /// @dev D18{1} per asset, together at most 1e18.
    function _aimD18(address vault, Book memory book) internal view virtual returns (uint256[] memory);

    function _termsOf(address vault, Book memory book) internal view virtual returns (Terms memory);

    // ----------------------------------------------------------------- settings

    /// @dev Lets settings in: the first at once, others after they were queued; from its curator.
    function _admit(address vault) internal {
        _requireCurator(vault);
        if (_isConfigured(vault)) _spend(vault);
    }

    function _requireTerms(address vault, Terms calldata terms) internal view {
        IPolicy.Bounds memory bounds = policy.boundsOf(vault);
        if (
            terms.horizon == 0 || terms.horizon > bounds.maxHorizon || terms.startPremBps > bounds.maxStartPremBps
                || terms.floorDiscBps > bounds.maxFloorDiscBps
        ) revert Rule__BadTerms(terms, bounds);
    }

    function _requireWhole(address vault, uint16[] calldata weightsBps) internal view {
        uint256 assets = _countOf(vault);
        uint256 sumBps;
        for (uint256 i; i < weightsBps.length; ++i) {
            sumBps += weightsBps[i];
        }
        if (weightsBps.length != assets || sumBps != BPS) revert Rule__BadWeights(weightsBps.length, assets, sumBps);
    }

    function _rolesOf(address vault) internal view override returns (IPolicy.Roles memory) {
        return policy.rolesOf(vault);
    }

    function _countOf(address vault) internal view returns (uint256) {
        return IBasketVault(vault).assets().length;
    }

    // ---------------------------------------------------------------- measuring

    function _bookOf(address vault) internal view returns (Book memory book) {
        if (!_isConfigured(vault)) revert Rule__NotConfigured(vault);
        uint256[] memory balances;
        (book.supply, book.tokens, balances) = IBasketVault(vault).holdings();
        uint256 count = book.tokens.length;
        (book.pricesD18, book.scales) = (new uint256[](count), new uint256[](count));
        (book.worthsD18, book.floored) = (new uint256[](count), new bool[](count));
        for (uint256 i; i < count; ++i) {
            if (balances[i] == 0 && !_isWanted(vault, i)) continue;
            Valuation.Value memory value = Valuation.look(hub, book.tokens[i], policy.classOf(vault, book.tokens[i]));
            (book.pricesD18[i], book.scales[i]) = (value.priceD18, value.scale);
            if (value.quarantined) (book.pricesD18[i], book.floored[i]) = _floored(book.tokens[i], value.priceD18);
            book.worthsD18[i] = Math.mulDiv(balances[i], book.pricesD18[i], book.scales[i]);
            book.navD18 += book.worthsD18[i];
        }
    }

    /// @dev What a token in quarantine counts for. An exit floor above the hub's last answer is no price that anybody pays.
    function _floored(address token, uint256 priceD18)
        internal
        view
        virtual
        returns (uint256 countedD18, bool floored)
    {
        (uint256 lastD18,, bool ok) = hub.tryPriced(token);
        if (ok || lastD18 == 0) return (priceD18, !ok);
        return (Math.min(lastD18, priceD18), true);
    }

    /// @dev The weight that is wanted, but no more than is held of what counts for its exit floor.
    function _cappedD18(Book memory book, uint256 i, uint256 weightD18) internal pure virtual returns (uint256) {
        if (!book.floored[i]) return weightD18;
        return Math.min(weightD18, Math.mulDiv(book.worthsD18[i], ONE_D18, book.navD18));
    }

    /// @dev D18{USD/share}
    function _navPerShareD18(Book memory book) internal pure returns (uint256) {
        return Math.mulDiv(book.navD18, ONE_D18, book.supply);
    }

    /// @dev True if some weight is further than `halfBps` from its target.
    function _anyOutside(Book memory book, uint256[] memory weightsD18, uint256 halfBps) internal pure returns (bool) {
        for (uint256 i; i < weightsD18.length; ++i) {
            if (Basket.isOutside(book.worthsD18[i], book.navD18, weightsD18[i], halfBps * BPS_TO_D18)) return true;
        }
        return false;
    }

    /// @dev True if a period has begun since the last intent of the vault was proposed, by whomever.
    function _isNewPeriod(address vault, uint256 every, uint256 anchor) internal view returns (bool) {
        return Schedule.begun(block.timestamp, every, anchor) > Schedule.begun(_proposedAt(vault), every, anchor);
    }

    /// @dev {s} when the last intent of the vault was proposed, zero if there was none.
    function _proposedAt(address vault) internal view returns (uint256) {
        return ISettler(IBasketVault(vault).settler()).bucketsOf(vault).proposedAt;
    }

    function _toD18(uint16[] memory weightsBps) internal pure returns (uint256[] memory weightsD18) {
        weightsD18 = new uint256[](weightsBps.length);
        for (uint256 i; i < weightsBps.length; ++i) {
            weightsD18[i] = weightsBps[i] * BPS_TO_D18;
        }
    }

    function _unitsDown(Book memory book, uint256 i, uint256 navPerShareD18, uint256 weightD18)
        private
        pure
        returns (uint112)
    {
        if (weightD18 == 0) return 0;
        uint256 units = Basket.unitsDown(navPerShareD18, weightD18, book.pricesD18[i], book.scales[i]);
        if (units > type(uint112).max) revert ISettler.Settler__TooLarge(units);
        return uint112(units);
    }
}
