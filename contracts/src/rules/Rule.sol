// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Timelock} from "../Timelock.sol";
import {IBasketVault} from "../interfaces/IBasketVault.sol";
import {IOracleHub} from "../interfaces/IOracleHub.sol";
import {IPolicy} from "../interfaces/IPolicy.sol";
import {IRule} from "../interfaces/IRule.sol";
import {ISettler} from "../interfaces/ISettler.sol";
import {Schedule} from "../math/Schedule.sol";
import {Appraisal} from "./Appraisal.sol";

/// @title Rule: what all rules that compute on chain have in common.
///
/// @notice PURPOSE
/// A rule says when a vault is due and at which weights it should stand, from recorded balances and oracle prices alone. Here
/// settings are admitted and weights become legs; each rule adds only its own arithmetic. What a vault is worth: see Appraisal.
///
/// INVARIANTS
/// - Weights are parts of NAV at the hub's prices. Donations, mints and redemptions move none of them (the vault counts
///   recorded units only).
/// - The legs meet at the target: `sellDownTo = buyUpTo`, so each token is only sold or only bought.
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
abstract contract Rule is IRule, Timelock, Appraisal {
    uint256 internal constant BPS = 10_000;

    /// @notice One weight per asset, together 10,000 bps.
    error Rule__BadWeights(uint256 weights, uint256 assets, uint256 sumBps);
    /// @notice The settler would refuse every intent of these terms: they pass the policy's `bounds`, or last no time.
    error Rule__BadTerms(Terms terms, IPolicy.Bounds bounds);
    /// @notice The vault has no settings yet.
    error Rule__NotConfigured(address vault);

    constructor(IPolicy policy_, IOracleHub hub_) Timelock(policy_.delay()) Appraisal(policy_, hub_) {}

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

    function _bookOf(address vault) internal view returns (Book memory) {
        if (!_isConfigured(vault)) revert Rule__NotConfigured(vault);
        return _appraise(vault);
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
}
