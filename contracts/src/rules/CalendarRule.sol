// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOracleHub} from "../interfaces/IOracleHub.sol";
import {IPolicy} from "../interfaces/IPolicy.sol";
import {Rule} from "./Rule.sol";

/// @title CalendarRule: back to the target weights once in every period.
///
/// @notice PURPOSE
/// Rebalancing by the clock, computed on chain. What rules have in common (roles, liveness, settings): see Rule.
///
/// INVARIANTS
/// - Ready exactly if a period has begun since the last intent of the vault was proposed, by whomever, and some weight is
///   further than the least drift from its target.
/// - Periods are counted from the anchor, not from the last run: nobody can shift them. However many were missed, it runs once.
///
/// WARNINGS
/// - A period whose drift is too small at its start may still run later in it. Whoever proposes first picks the moment within
///   the period; the targets are fixed and the prices the oracle's, so what that can gain is what the settler's buckets allow.
/// - An intent of the strategist counts as the run of its period.
contract CalendarRule is Rule {
    /// @param weightsBps {bps} of NAV, one per asset in the vault's order, together 10,000
    /// @param every {s} length of a period
    /// @param anchor {s} start of the first period
    /// @param leastBps {bps} of NAV that some weight must be off its target, or nothing is done
    /// @param terms of the intent it proposes
    struct Config {
        uint16[] weightsBps;
        uint32 every;
        uint32 anchor;
        uint16 leastBps;
        Terms terms;
    }

    mapping(address vault => Config) private _configs;

    event Configured(address indexed vault, Config config);

    /// @notice A period lasts at least a second, and the least drift is under 10,000 bps.
    error CalendarRule__BadPeriod(uint32 every, uint16 leastBps);

    constructor(IPolicy policy_, IOracleHub hub_) Rule(policy_, hub_) {}

    /// @notice Sets the calendar of `vault`: the first at once, others after they were queued. Whoever decides for it.
    function configure(address vault, Config calldata config) external {
        _admit(vault);
        _requireWhole(vault, config.weightsBps);
        _requireTerms(vault, config.terms);
        if (config.every == 0 || config.leastBps >= BPS) revert CalendarRule__BadPeriod(config.every, config.leastBps);
        _configs[vault] = config;
        emit Configured(vault, config);
    }

    /// @notice Returns the settings of `vault`; empty if it has none.
    function configOf(address vault) external view returns (Config memory) {
        return _configs[vault];
    }

    function _isConfigured(address vault) internal view override returns (bool) {
        return _configs[vault].every != 0;
    }

    function _isWanted(address vault, uint256 asset) internal view override returns (bool) {
        return _configs[vault].weightsBps[asset] != 0;
    }

    function _isDue(address vault, Book memory book) internal view override returns (bool) {
        Config memory config = _configs[vault];
        return _isNewPeriod(vault, config.every, config.anchor)
            && _anyOutside(book, _toD18(config.weightsBps), config.leastBps);
    }

    function _aimD18(address vault, Book memory) internal view override returns (uint256[] memory) {
        return _toD18(_configs[vault].weightsBps);
    }

    function _termsOf(address vault, Book memory) internal view override returns (Terms memory) {
        return _configs[vault].terms;
    }
}
