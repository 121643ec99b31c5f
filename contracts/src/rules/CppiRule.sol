// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOracleHub} from "../interfaces/IOracleHub.sol";
import {IPolicy} from "../interfaces/IPolicy.sol";
import {Cppi} from "../math/Cppi.sol";
import {Ratchet} from "./Ratchet.sol";
import {Rule} from "./Rule.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title CppiRule: a multiple of what is above a floor at risk, and never what is below it.
///
/// @notice PURPOSE
/// Constant-proportion portfolio insurance per share, computed on chain; with `keepBps`, the floor follows the best value that
/// a share has had (TIPP). What rules have in common (roles, liveness, settings): see Rule. The arithmetic: see Cppi.
///
/// INVARIANTS
/// - Ready to sell as soon as what is held at risk is over the exposure by more than `sellBandBps`: whenever that is, on terms
///   of their own. Ready to buy if it is under the exposure by more than `buyBandBps` and `buyCooldown` is over since the last
///   intent.
/// - Floors are per share: deposits and withdrawals move none. With a peak, they only rise: see Ratchet.
///
/// ASSUMPTIONS
/// - Between two sales the risky part falls by less than cushion / exposure: 1 / multiplier, or less by `sellBandBps`. What
///   falls further falls through the floor; so does what sales cost.
///
/// WARNINGS
/// - An intent that is live holds the next one back until its deadline: give `buying` a short horizon.
/// - Without a cushion all is wanted in the safe assets, and stays there: a cushion that does not exist cannot grow.
contract CppiRule is Ratchet {
    /// @param riskyBps {bps} of the exposure, one per asset in the vault's order, together 10,000
    /// @param safeBps {bps} of the rest, likewise; no asset is in both
    /// @param floorD18 D18{USD/share} that a share must keep, whatever its peak
    /// @param keepBps {bps} of its peak that a share must keep; 0: the floor stands still
    /// @param riseBpsPerDay {bps} of the peak by which it may rise in a day
    /// @param multiplierBps {bps} exposure / cushion
    /// @param capBps {bps} of NAV, largest exposure
    /// @param buyBandBps {bps} of NAV under the exposure, before anything is bought
    /// @param sellBandBps {bps} of NAV over the exposure, before anything is sold
    /// @param buyCooldown {s} after the last intent, before anything is bought
    /// @param buying terms of an intent that takes more risk
    /// @param selling terms of an intent that takes less
    struct Config {
        uint16[] riskyBps;
        uint16[] safeBps;
        uint96 floorD18;
        uint16 keepBps;
        uint16 riseBpsPerDay;
        uint32 multiplierBps;
        uint16 capBps;
        uint16 buyBandBps;
        uint16 sellBandBps;
        uint32 buyCooldown;
        Terms buying;
        Terms selling;
    }

    mapping(address vault => Config) private _configs;

    event Configured(address indexed vault, Config config);

    /// @notice multiplier >= 10,000; 0 < cap <= 10,000; keep and bands < 10,000; a floor or a part to keep; no asset in both.
    error CppiRule__BadConfig(Config config);

    constructor(IPolicy policy_, IOracleHub hub_) Rule(policy_, hub_) {}

    /// @notice Sets the insurance of `vault`: the first at once, others after they were queued. Whoever decides for it.
    function configure(address vault, Config calldata config) external {
        _admit(vault);
        _requireWhole(vault, config.riskyBps);
        _requireWhole(vault, config.safeBps);
        _requireTerms(vault, config.buying);
        _requireTerms(vault, config.selling);
        bool sound = config.multiplierBps >= BPS && config.capBps != 0 && config.capBps <= BPS && config.keepBps < BPS
            && config.buyBandBps < BPS && config.sellBandBps < BPS && (config.floorD18 != 0 || config.keepBps != 0);
        for (uint256 i; i < config.riskyBps.length; ++i) {
            sound = sound && (config.riskyBps[i] == 0 || config.safeBps[i] == 0);
        }
        if (!sound) revert CppiRule__BadConfig(config);
        _configs[vault] = config;
        emit Configured(vault, config);
    }

    /// @notice Returns the settings of `vault`; empty if it has none.
    function configOf(address vault) external view returns (Config memory) {
        return _configs[vault];
    }

    /// @notice Returns the floor of a share, how much may be at risk, and how much is.
    /// @return floorD18 D18{USD/share}
    /// @return exposureD18 D18{1} of NAV
    /// @return heldD18 D18{1} of NAV, rounded up
    function standingOf(address vault) external view returns (uint256 floorD18, uint256 exposureD18, uint256 heldD18) {
        return _standing(vault, _bookOf(vault));
    }

    function _isConfigured(address vault) internal view override returns (bool) {
        return _configs[vault].multiplierBps != 0;
    }

    function _isWanted(address vault, uint256 asset) internal view override returns (bool) {
        return _configs[vault].riskyBps[asset] != 0 || _configs[vault].safeBps[asset] != 0;
    }

    function _isDue(address vault, Book memory book) internal view override returns (bool) {
        (, uint256 exposureD18, uint256 heldD18) = _standing(vault, book);
        Config storage config = _configs[vault];
        if (heldD18 >= exposureD18) return heldD18 > exposureD18 + config.sellBandBps * BPS_TO_D18;
        return exposureD18 > heldD18 + config.buyBandBps * BPS_TO_D18
            && block.timestamp >= _proposedAt(vault) + config.buyCooldown;
    }

    function _aimD18(address vault, Book memory book) internal view override returns (uint256[] memory weightsD18) {
        (, uint256 exposureD18,) = _standing(vault, book);
        weightsD18 = new uint256[](book.tokens.length);
        for (uint256 i; i < weightsD18.length; ++i) {
            (uint256 riskyBps, uint256 safeBps) = (_configs[vault].riskyBps[i], _configs[vault].safeBps[i]);
            weightsD18[i] = (exposureD18 * riskyBps + (ONE_D18 - exposureD18) * safeBps) / BPS;
        }
    }

    function _termsOf(address vault, Book memory book) internal view override returns (Terms memory) {
        (, uint256 exposureD18, uint256 heldD18) = _standing(vault, book);
        return heldD18 > exposureD18 ? _configs[vault].selling : _configs[vault].buying;
    }

    function _standing(address vault, Book memory book)
        private
        view
        returns (uint256 floorD18, uint256 exposureD18, uint256 heldD18)
    {
        if (book.navD18 == 0) return (0, 0, 0);
        Config storage config = _configs[vault];
        uint256 shareD18 = _navPerShareD18(book);
        floorD18 = Cppi.floorD18Up(config.floorD18, _peakD18(vault, shareD18), config.keepBps);
        exposureD18 = Cppi.exposureD18Down(shareD18, floorD18, config.multiplierBps, config.capBps);
        for (uint256 i; i < book.tokens.length; ++i) {
            if (config.safeBps[i] == 0) heldD18 += book.worthsD18[i];
        }
        heldD18 = Math.mulDiv(heldD18, ONE_D18, book.navD18, Math.Rounding.Ceil);
    }

    function _riseBpsOf(address vault) internal view virtual override returns (uint256) {
        return _configs[vault].riseBpsPerDay;
    }
}
