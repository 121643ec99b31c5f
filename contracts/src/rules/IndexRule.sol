// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOracleHub} from "../interfaces/IOracleHub.sol";
import {IPolicy} from "../interfaces/IPolicy.sol";
import {ISupplySource} from "../interfaces/ISupplySource.sol";
import {IndexWeights} from "../math/IndexWeights.sol";
import {Rule} from "./Rule.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title IndexRule: an index's weights, by capitalisation or fixed, with no member above a cap.
///
/// @notice PURPOSE
/// A capitalisation index moves with prices by itself and needs trades only where a cap or a supply says so; this rule computes
/// its weights on chain from supplies and oracle prices. What rules have in common (roles, liveness, settings): see Rule. The
/// arithmetic of the cap: see IndexWeights.
///
/// INVARIANTS
/// - Sizes are `parts`, times prices if by capitalisation. Weights are in proportion to sizes, and none is above the cap.
/// - Ready exactly if a period has begun since the last intent, by whomever, and some weight is further than `leastBps` off; or
///   if some weight is further than `driftBps` off, whenever that is.
/// - A supply source moves a part by at most `clampBps` from what was admitted, whatever it answers.
///
/// LIVENESS
/// A source that reverts stops the rule. Without one, nothing but the hub is asked.
contract IndexRule is Rule {
    /// @param parts by capitalisation: {tokAtom} that circulate, in the vault's order; else in any one unit; 0: no member
    /// @param byCapitalisation true: parts count times their prices
    /// @param source says what circulates now; zero: `parts` does
    /// @param clampBps {bps} of its part by which the source may differ from it
    /// @param capBps {bps} of NAV, largest weight
    /// @param every {s} length of a period; 0: none
    /// @param anchor {s} start of the first period
    /// @param leastBps {bps} of NAV that some weight must be off, or a new period does nothing
    /// @param driftBps {bps} of NAV; 0: only periods count
    /// @param terms of the intent it proposes
    struct Config {
        uint128[] parts;
        bool byCapitalisation;
        address source;
        uint16 clampBps;
        uint16 capBps;
        uint32 every;
        uint32 anchor;
        uint16 leastBps;
        uint16 driftBps;
        Terms terms;
    }

    mapping(address vault => Config) private _configs;

    event Configured(address indexed vault, Config config);

    /// @notice One part per asset; members * cap >= 10,000 bps; cap <= 10,000; clamp, least and drift < 10,000; a period or a
    /// drift; a source only by capitalisation.
    error IndexRule__BadConfig(Config config, uint256 assets, uint256 members);

    constructor(IPolicy policy_, IOracleHub hub_) Rule(policy_, hub_) {}

    /// @notice Sets the index of `vault`: the first at once, others after they were queued. Whoever decides for it.
    function configure(address vault, Config calldata config) external {
        _admit(vault);
        _requireTerms(vault, config.terms);
        uint256 members;
        for (uint256 i; i < config.parts.length; ++i) {
            if (config.parts[i] != 0) ++members;
        }
        uint256 assets = _countOf(vault);
        if (
            config.parts.length != assets || members * config.capBps < BPS || config.capBps > BPS
                || config.clampBps >= BPS || config.leastBps >= BPS || config.driftBps >= BPS
                || (config.every == 0 && config.driftBps == 0)
                || (config.source != address(0) && !config.byCapitalisation)
        ) revert IndexRule__BadConfig(config, assets, members);
        _configs[vault] = config;
        emit Configured(vault, config);
    }

    /// @notice Returns the settings of `vault`; empty if it has none.
    function configOf(address vault) external view returns (Config memory) {
        return _configs[vault];
    }

    function _isConfigured(address vault) internal view override returns (bool) {
        return _configs[vault].capBps != 0;
    }

    function _isWanted(address vault, uint256 asset) internal view override returns (bool) {
        return _configs[vault].parts[asset] != 0;
    }

    function _isDue(address vault, Book memory book) internal view override returns (bool) {
        Config storage config = _configs[vault];
        uint256[] memory weightsD18 = _aimD18(vault, book);
        if (config.driftBps != 0 && _anyOutside(book, weightsD18, config.driftBps)) return true;
        return config.every != 0 && _isNewPeriod(vault, config.every, config.anchor)
            && _anyOutside(book, weightsD18, config.leastBps);
    }

    function _aimD18(address vault, Book memory book) internal view override returns (uint256[] memory) {
        Config memory config = _configs[vault];
        uint256[] memory sizes = new uint256[](config.parts.length);
        for (uint256 i; i < sizes.length; ++i) {
            if (config.parts[i] == 0) continue;
            sizes[i] = _partOf(config, i, book.tokens[i]);
            if (config.byCapitalisation) sizes[i] = Math.mulDiv(sizes[i], book.pricesD18[i], book.scales[i]);
        }
        return IndexWeights.cappedD18Down(sizes, config.capBps * BPS_TO_D18);
    }

    function _termsOf(address vault, Book memory) internal view override returns (Terms memory) {
        return _configs[vault].terms;
    }

    function _partOf(Config memory config, uint256 i, address token) private view returns (uint256) {
        if (config.source == address(0)) return config.parts[i];
        return _clamp(ISupplySource(config.source).supplyOf(token), config.parts[i], config.clampBps);
    }

    /// @dev Between part * (1 - clamp) and part * (1 + clamp), both rounded towards the part.
    function _clamp(uint256 supply, uint256 part, uint256 clampBps) internal pure virtual returns (uint256) {
        uint256 slack = part * clampBps / BPS;
        return Math.min(part + slack, Math.max(part - slack, supply));
    }
}
