// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOracleHub} from "../interfaces/IOracleHub.sol";
import {IPolicy} from "../interfaces/IPolicy.sol";
import {Basket} from "../math/Basket.sol";
import {Rule} from "./Rule.sol";

/// @title ThresholdRule: back towards the target weights as soon as one weight leaves its band.
///
/// @notice PURPOSE
/// The oldest rebalancing rule, computed on chain: anyone may propose its result, so a vault stays on course even if nobody
/// runs an engine. What rules have in common (roles, liveness, settings): see Rule. The arithmetic: see Basket.
///
/// INVARIANTS
/// - Ready exactly if some |weight - target| is more than its band: the narrower of the absolute and the relative one.
/// - It lands with every deviation shrunk alike, until the last asset stands at `landBps` of its band from its target: at
///   0 that is the target itself, at 10,000 the band's inner edge, which trades least.
contract ThresholdRule is Rule {
    /// @param weightsBps {bps} of NAV, one per asset in the vault's order, together 10,000
    /// @param bandBps {bps} of NAV, absolute: a target of 3,000 with a band of 500 holds between 2,500 and 3,500; 0: none
    /// @param relativeBps {bps} of the target: a target of 3,000 with a band of 1,000 holds between 2,700 and 3,300; 0: none
    /// @param landBps {bps} of the band, where the last asset lands
    /// @param terms of the intent it proposes
    struct Config {
        uint16[] weightsBps;
        uint16 bandBps;
        uint16 relativeBps;
        uint16 landBps;
        Terms terms;
    }

    mapping(address vault => Config) private _configs;

    event Configured(address indexed vault, Config config);

    /// @notice At least one band, under 10,000 bps if absolute and at most that if relative; and a landing inside of it.
    error ThresholdRule__BadBand(uint16 bandBps, uint16 relativeBps, uint16 landBps);

    constructor(IPolicy policy_, IOracleHub hub_) Rule(policy_, hub_) {}

    /// @notice Sets the targets of `vault`: the first at once, others after they were queued. Whoever decides for it.
    function configure(address vault, Config calldata config) external {
        _admit(vault);
        _requireWhole(vault, config.weightsBps);
        _requireTerms(vault, config.terms);
        if (
            (config.bandBps == 0 && config.relativeBps == 0) || config.bandBps >= BPS || config.relativeBps > BPS
                || config.landBps > BPS
        ) revert ThresholdRule__BadBand(config.bandBps, config.relativeBps, config.landBps);
        _configs[vault] = config;
        emit Configured(vault, config);
    }

    /// @notice Returns the settings of `vault`; empty if it has none.
    function configOf(address vault) external view returns (Config memory) {
        return _configs[vault];
    }

    function _isConfigured(address vault) internal view override returns (bool) {
        return _configs[vault].weightsBps.length != 0;
    }

    function _isWanted(address vault, uint256 asset) internal view override returns (bool) {
        return _configs[vault].weightsBps[asset] != 0;
    }

    function _isDue(address vault, Book memory book) internal view override returns (bool) {
        (uint256[] memory weightsD18, uint256[] memory halvesD18,) = _bandsOf(vault);
        for (uint256 i; i < weightsD18.length; ++i) {
            if (Basket.isOutside(book.worthsD18[i], book.navD18, weightsD18[i], halvesD18[i])) return true;
        }
        return false;
    }

    function _aimD18(address vault, Book memory book) internal view override returns (uint256[] memory) {
        (uint256[] memory weightsD18, uint256[] memory halvesD18, uint16 landBps) = _bandsOf(vault);
        if (landBps == 0) return weightsD18;
        uint256 keptD18 = Basket.keptD18Down(book.worthsD18, book.navD18, weightsD18, halvesD18, landBps);
        for (uint256 i; i < weightsD18.length; ++i) {
            weightsD18[i] = Basket.landedD18(book.worthsD18[i], book.navD18, weightsD18[i], keptD18);
        }
        return weightsD18;
    }

    function _termsOf(address vault, Book memory) internal view override returns (Terms memory) {
        return _configs[vault].terms;
    }

    function _bandsOf(address vault)
        private
        view
        returns (uint256[] memory weightsD18, uint256[] memory halvesD18, uint16 landBps)
    {
        Config memory config = _configs[vault];
        weightsD18 = _toD18(config.weightsBps);
        halvesD18 = new uint256[](weightsD18.length);
        for (uint256 i; i < weightsD18.length; ++i) {
            halvesD18[i] = Basket.halfD18Down(config.bandBps, config.relativeBps, weightsD18[i]);
        }
        return (weightsD18, halvesD18, config.landBps);
    }
}
