// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOracleHub} from "../interfaces/IOracleHub.sol";
import {IPolicy} from "../interfaces/IPolicy.sol";
import {ISignalVerifier} from "../interfaces/ISignalVerifier.sol";
import {Rule} from "./Rule.sol";
import {SignedMath} from "@openzeppelin/contracts/utils/math/SignedMath.sol";

/// @title SignalRule: base weights, tilted by an attested forecast inside stated bounds.
///
/// @notice PURPOSE
/// Lets a forecast computed off chain move a vault, and only so far. The weight of an asset is its base weight times
/// (1 + its tilt), made whole again over all assets. What rules have in common (roles, liveness, settings): see Rule.
///
/// INVARIANTS
/// - A tilt counts up to `maxTiltBps` either way, whatever the stream allows. With T that bound, every weight lies between
///   base * (1 - T) / (1 + T) and base * (1 + T) / (1 - T); an asset without a base weight gets none.
/// - Weights are together exactly 1.
/// - Without a live signal of one value per asset the weights are the base weights: signers who fall silent stop nothing.
/// - Ready exactly if some |weight - tilted weight| > band.
///
/// ROLES, by the harm they could do
/// - The quorum of the stream: move the weights inside the bounds, at the stream's speed. See SignalVerifier.
contract SignalRule is Rule {
    /// @param weightsBps {bps} of NAV, one per asset in the vault's order, together 10,000
    /// @param bandBps {bps} of NAV, absolute, around the tilted weight
    /// @param maxTiltBps {bps} of its base weight that a weight is tilted by, under 10,000
    /// @param stream of the verifier, for this vault
    /// @param terms of the intent it proposes
    struct Config {
        uint16[] weightsBps;
        uint16 bandBps;
        uint16 maxTiltBps;
        bytes32 stream;
        Terms terms;
    }

    ISignalVerifier public immutable verifier;

    mapping(address vault => Config) private _configs;

    event Configured(address indexed vault, Config config);

    /// @notice A band above 0 and under 10,000 bps, a tilt under 10,000 bps.
    error SignalRule__BadBounds(uint16 bandBps, uint16 maxTiltBps);

    constructor(IPolicy policy_, IOracleHub hub_, ISignalVerifier verifier_) Rule(policy_, hub_) {
        verifier = verifier_;
    }

    /// @notice Sets the base and the bounds of `vault`: the first at once, others after they were queued. Whoever decides for it.
    function configure(address vault, Config calldata config) external {
        _admit(vault);
        _requireWhole(vault, config.weightsBps);
        _requireTerms(vault, config.terms);
        if (config.bandBps == 0 || config.bandBps >= BPS || config.maxTiltBps >= BPS) {
            revert SignalRule__BadBounds(config.bandBps, config.maxTiltBps);
        }
        _configs[vault] = config;
        emit Configured(vault, config);
    }

    /// @notice Returns the settings of `vault`; empty if it has none.
    function configOf(address vault) external view returns (Config memory) {
        return _configs[vault];
    }

    /// @notice Returns where `vault` should stand now, D18{1} per asset, together 1e18; empty if it has no settings.
    function weightsD18Of(address vault) public view returns (uint256[] memory weightsD18) {
        Config memory config = _configs[vault];
        (int64[] memory tiltsD18,) = verifier.signalOf(vault, config.stream);
        uint256 count = config.weightsBps.length;
        weightsD18 = new uint256[](count);
        uint256 total;
        for (uint256 i; i < count; ++i) {
            int256 tiltD18 = tiltsD18.length == count ? _clampD18(tiltsD18[i], config.maxTiltBps) : int256(0);
            weightsD18[i] = config.weightsBps[i] * uint256(int256(ONE_D18) + tiltD18);
            total += weightsD18[i];
        }
        // Rounding the running sums, not the weights, leaves nothing over and gives nothing where there was nothing.
        uint256 sum;
        uint256 doneD18;
        for (uint256 i; i < count; ++i) {
            sum += weightsD18[i];
            weightsD18[i] = sum * ONE_D18 / total - doneD18;
            doneD18 += weightsD18[i];
        }
    }

    function _isConfigured(address vault) internal view override returns (bool) {
        return _configs[vault].weightsBps.length != 0;
    }

    function _isWanted(address vault, uint256 asset) internal view override returns (bool) {
        return _configs[vault].weightsBps[asset] != 0;
    }

    function _isDue(address vault, Book memory book) internal view override returns (bool) {
        return _anyOutside(book, weightsD18Of(vault), _configs[vault].bandBps);
    }

    function _aimD18(address vault, Book memory) internal view override returns (uint256[] memory) {
        return weightsD18Of(vault);
    }

    function _termsOf(address vault, Book memory) internal view override returns (Terms memory) {
        return _configs[vault].terms;
    }

    // ------------------------------------------------------------------ guards

    function _clampD18(int256 tiltD18, uint16 maxTiltBps) internal pure virtual returns (int256) {
        int256 mostD18 = int256(maxTiltBps * BPS_TO_D18);
        return SignedMath.max(-mostD18, SignedMath.min(mostD18, tiltD18));
    }
}
