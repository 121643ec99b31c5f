// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Timelock} from "../Timelock.sol";
import {IBasketVault} from "../interfaces/IBasketVault.sol";
import {IOracleHub} from "../interfaces/IOracleHub.sol";
import {IPolicy} from "../interfaces/IPolicy.sol";
import {IRule} from "../interfaces/IRule.sol";
import {ISettler} from "../interfaces/ISettler.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title ThresholdRule: back to the target weights as soon as one weight leaves its band.
///
/// @notice PURPOSE
/// The oldest rebalancing rule, computed on chain from recorded balances and oracle prices: anyone may propose its result,
/// so a vault stays on course even if nobody runs an engine.
///
/// INVARIANTS
/// - Ready exactly if some |weight - target| > band, weights being parts of NAV at the hub's prices. Donations, mints and
///   redemptions do not move weights (the vault counts recorded balances only).
/// - The legs meet at the target: `sellDownTo = buyUpTo`, so each token is only sold or only bought.
/// - Only the first targets of a vault are set at once. A change waits for the policy's delay: see Timelock.
///
/// ROLES, by the harm they could do
/// - The policy's owner of a vault: set its targets. Bad targets cost at most what the settler's buckets allow.
///
/// LIVENESS
/// A missing price of an asset held or wanted stops the rule; so do bounds tightened below its terms. Redeeming never asks.
contract ThresholdRule is IRule, Timelock {
    /// @param weightsBps {bps} of NAV, one per asset in the vault's order, together 10,000
    /// @param bandBps {bps} of NAV, absolute: a target of 3,000 with a band of 500 holds between 2,500 and 3,500
    /// @param terms of the intent it proposes
    struct Config {
        uint16[] weightsBps;
        uint16 bandBps;
        Terms terms;
    }

    uint256 private constant BPS = 10_000;

    IPolicy public immutable policy;
    IOracleHub public immutable hub;

    mapping(address vault => Config) private _configs;

    event Configured(address indexed vault, Config config);

    /// @notice One weight per asset, together 10,000 bps, and a band above 0 and under 10,000 bps.
    error ThresholdRule__BadConfig(uint256 weights, uint256 assets, uint256 sumBps, uint16 bandBps);
    /// @notice The settler would refuse every intent of these terms: they pass the policy's `bounds`, or last no time.
    error ThresholdRule__BadTerms(Terms terms, IPolicy.Bounds bounds);
    /// @notice The vault has no targets yet.
    error ThresholdRule__NotConfigured(address vault);

    constructor(IPolicy policy_, IOracleHub hub_) Timelock(policy_.delay()) {
        policy = policy_;
        hub = hub_;
    }

    /// @notice Sets the targets of `vault`: the first at once, others after they were queued. The policy's owner of it.
    function configure(address vault, Config calldata config) external {
        _requireOwner(vault);
        if (_configs[vault].weightsBps.length != 0) _spend();
        _requireSound(vault, config);
        _configs[vault] = config;
        emit Configured(vault, config);
    }

    /// @inheritdoc IRule
    function ready(address vault) external view returns (bool) {
        Config memory config = _configOf(vault);
        (,, uint256[] memory worthsD18, uint256 navD18) = _value(vault, config);
        for (uint256 i; i < worthsD18.length; ++i) {
            uint256 heldD18 = worthsD18[i] * BPS;
            uint256 wantedD18 = navD18 * config.weightsBps[i];
            uint256 gapD18 = heldD18 > wantedD18 ? heldD18 - wantedD18 : wantedD18 - heldD18;
            if (gapD18 > navD18 * config.bandBps) return true;
        }
        return false;
    }

    /// @inheritdoc IRule
    function targets(address vault) external view returns (ISettler.Leg[] memory legs, Terms memory terms) {
        Config memory config = _configOf(vault);
        (uint256 supply, address[] memory tokens,, uint256 navD18) = _value(vault, config);
        uint256 navPerShareD18 = Math.mulDiv(navD18, 1e18, supply);
        legs = new ISettler.Leg[](tokens.length);
        for (uint256 i; i < tokens.length; ++i) {
            uint112 units = _unitsDown(tokens[i], navPerShareD18 * config.weightsBps[i]);
            legs[i] = ISettler.Leg(tokens[i], units, units);
        }
        return (legs, config.terms);
    }

    /// @notice Returns the targets of `vault`; empty if it has none.
    function configOf(address vault) external view returns (Config memory) {
        return _configs[vault];
    }

    /// @dev Atoms per 1e18 shares that are worth `worthD18 / BPS`; rounded down, the rest stays where it is.
    function _unitsDown(address token, uint256 worthTimesBpsD18) private view returns (uint112) {
        if (worthTimesBpsD18 == 0) return 0;
        (uint256 priceD18, uint256 scale) = hub.priced(token);
        uint256 units = Math.mulDiv(worthTimesBpsD18, scale, priceD18 * BPS);
        if (units > type(uint112).max) revert ISettler.Settler__TooLarge(units);
        return uint112(units);
    }

    function _value(address vault, Config memory config)
        private
        view
        returns (uint256 supply, address[] memory tokens, uint256[] memory worthsD18, uint256 navD18)
    {
        uint256[] memory balances;
        (supply, tokens, balances) = IBasketVault(vault).holdings();
        worthsD18 = new uint256[](tokens.length);
        for (uint256 i; i < tokens.length; ++i) {
            if (balances[i] == 0 && config.weightsBps[i] == 0) continue;
            (uint256 priceD18, uint256 scale) = hub.priced(tokens[i]);
            worthsD18[i] = Math.mulDiv(balances[i], priceD18, scale);
            navD18 += worthsD18[i];
        }
    }

    function _requireSound(address vault, Config calldata config) private view {
        uint256 assets = IBasketVault(vault).assets().length;
        uint256 sumBps;
        for (uint256 i; i < config.weightsBps.length; ++i) {
            sumBps += config.weightsBps[i];
        }
        if (config.weightsBps.length != assets || sumBps != BPS || config.bandBps == 0 || config.bandBps >= BPS) {
            revert ThresholdRule__BadConfig(config.weightsBps.length, assets, sumBps, config.bandBps);
        }
        IPolicy.Bounds memory bounds = policy.boundsOf(vault);
        Terms calldata terms = config.terms;
        if (
            terms.horizon == 0 || terms.horizon > bounds.maxHorizon || terms.startPremBps > bounds.maxStartPremBps
                || terms.floorDiscBps > bounds.maxFloorDiscBps
        ) revert ThresholdRule__BadTerms(terms, bounds);
    }

    function _rolesOf(address vault) internal view override returns (IPolicy.Roles memory) {
        return policy.rolesOf(vault);
    }

    function _configOf(address vault) private view returns (Config memory config) {
        config = _configs[vault];
        if (config.weightsBps.length == 0) revert ThresholdRule__NotConfigured(vault);
    }
}
