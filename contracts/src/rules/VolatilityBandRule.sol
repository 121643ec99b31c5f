// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../interfaces/IBasketVault.sol";
import {IOracleHub} from "../interfaces/IOracleHub.sol";
import {IPolicy} from "../interfaces/IPolicy.sol";
import {Basket} from "../math/Basket.sol";
import {Ewma} from "../math/Ewma.sol";
import {Rule} from "./Rule.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title VolatilityBandRule: back to the target weights as soon as one leaves a band that is as wide as its asset is restless.
///
/// @notice PURPOSE
/// A band that suits a quiet market is left every hour in a wild one. Here it is a multiple of each asset's volatility, measured
/// on chain from the oracle's prices. What rules have in common: see Rule. The arithmetic: see Ewma.
///
/// INVARIANTS
/// - band = min(max, max(min, floor(multiplierBps * sigma / 10,000))), sigma for a day; before the first return of an asset it
///   is the one its curator believed. Ready exactly if some |weight - target| is more than its band.
/// - Anyone may observe, each asset at most once per interval. One observation moves no variance up by more than
///   maxReturn^2 / memory, nor down by more than elapsed / (memory + elapsed) of it; and the band never leaves [min, max]: that
///   is all that choosing the moment can gain.
/// - Only usable prices are observed; an asset without one is passed over and its next return covers the longer time.
contract VolatilityBandRule is Rule {
    /// @param weightsBps {bps} of NAV, one per asset in the vault's order, together 10,000
    /// @param interval {s} least time between two observations of an asset
    /// @param memory_ {s} in which an observation loses all but 1/e of its weight
    /// @param maxReturnBps {bps} that one return counts for at most
    /// @param startBps {bps per day^0.5} volatility that is believed before there are returns
    /// @param multiplierBps {bps} band / volatility of a day: 10,000 is one standard deviation
    /// @param minBandBps {bps} of NAV
    /// @param maxBandBps {bps} of NAV
    /// @param terms of the intent it proposes
    struct Config {
        uint16[] weightsBps;
        uint32 interval;
        uint32 memory_;
        uint16 maxReturnBps;
        uint16 startBps;
        uint32 multiplierBps;
        uint16 minBandBps;
        uint16 maxBandBps;
        Terms terms;
    }

    /// @dev One slot. 112 bits hold $5e15, and any variance that bounded returns can reach in intervals of `MIN_INTERVAL`.
    struct Sample {
        uint112 priceD18;
        uint112 varianceD36;
        uint32 seenAt;
    }

    /// @notice {s} No interval may be shorter.
    uint32 public constant MIN_INTERVAL = 5 minutes;

    mapping(address vault => Config) private _configs;
    /// @notice Returns the last observation of a token for a vault; zero if there is none.
    mapping(address vault => mapping(address token => Sample)) public sampleOf;

    event Configured(address indexed vault, Config config);
    event Observed(address indexed vault, address indexed token, Sample sample);

    /// @notice 0 < minBand <= maxBand < 10,000; 0 < maxReturn, start <= 10,000; memory >= interval >= `MIN_INTERVAL`.
    error VolatilityBandRule__BadConfig(Config config);

    constructor(IPolicy policy_, IOracleHub hub_) Rule(policy_, hub_) {}

    /// @notice Sets the bands of `vault`: the first at once, others after they were queued. Whoever decides for it.
    function configure(address vault, Config calldata config) external {
        _admit(vault);
        _requireWhole(vault, config.weightsBps);
        _requireTerms(vault, config.terms);
        if (
            config.minBandBps == 0 || config.minBandBps > config.maxBandBps || config.maxBandBps >= BPS
                || config.maxReturnBps == 0 || config.maxReturnBps > BPS || config.startBps > BPS
                || config.interval < MIN_INTERVAL || config.memory_ < config.interval
        ) revert VolatilityBandRule__BadConfig(config);
        _configs[vault] = config;
        emit Configured(vault, config);
    }

    /// @notice Measures the assets of `vault` whose interval is over. Anyone.
    function observe(address vault) external {
        Config memory config = _configs[vault];
        if (config.memory_ == 0) revert Rule__NotConfigured(vault);
        address[] memory tokens = IBasketVault(vault).assets();
        for (uint256 i; i < tokens.length; ++i) {
            Sample memory sample = sampleOf[vault][tokens[i]];
            if (!_isOver(sample.seenAt, config.interval)) continue;
            (uint256 priceD18,, IOracleHub.Status status) = hub.peek(tokens[i]);
            if (status != IOracleHub.Status.Ok || priceD18 > type(uint112).max) continue;
            sample = Sample(uint112(priceD18), _nextD36(config, sample, priceD18), uint32(block.timestamp));
            sampleOf[vault][tokens[i]] = sample;
            emit Observed(vault, tokens[i], sample);
        }
    }

    /// @notice Returns the settings of `vault`; empty if it has none.
    function configOf(address vault) external view returns (Config memory) {
        return _configs[vault];
    }

    /// @notice Returns the band of `token` now.
    /// @return D18{1} of NAV
    function bandD18Of(address vault, address token) public view returns (uint256) {
        Config storage config = _configs[vault];
        Sample memory sample = sampleOf[vault][token];
        uint256 varianceD36 = sample.seenAt == 0 ? Ewma.startD36Down(config.startBps) : sample.varianceD36;
        uint256 bandD18 = Ewma.bandD18Down(varianceD36, config.multiplierBps);
        return Math.min(config.maxBandBps * BPS_TO_D18, Math.max(config.minBandBps * BPS_TO_D18, bandD18));
    }

    function _isConfigured(address vault) internal view override returns (bool) {
        return _configs[vault].memory_ != 0;
    }

    function _isWanted(address vault, uint256 asset) internal view override returns (bool) {
        return _configs[vault].weightsBps[asset] != 0;
    }

    function _isDue(address vault, Book memory book) internal view override returns (bool) {
        uint256[] memory weightsD18 = _toD18(_configs[vault].weightsBps);
        for (uint256 i; i < weightsD18.length; ++i) {
            uint256 bandD18 = bandD18Of(vault, book.tokens[i]);
            if (Basket.isOutside(book.worthsD18[i], book.navD18, weightsD18[i], bandD18)) return true;
        }
        return false;
    }

    function _aimD18(address vault, Book memory) internal view override returns (uint256[] memory) {
        return _toD18(_configs[vault].weightsBps);
    }

    function _termsOf(address vault, Book memory) internal view override returns (Terms memory) {
        return _configs[vault].terms;
    }

    /// @dev The first observation only notes the price.
    function _nextD36(Config memory config, Sample memory sample, uint256 priceD18) private view returns (uint112) {
        if (sample.seenAt == 0) return uint112(Ewma.startD36Down(config.startBps));
        uint256 returnD18 = Ewma.returnD18Down(sample.priceD18, priceD18, config.maxReturnBps * BPS_TO_D18);
        uint256 elapsed = block.timestamp - sample.seenAt;
        return uint112(Ewma.nextD36Down(sample.varianceD36, returnD18, elapsed, config.memory_));
    }

    function _isOver(uint256 last, uint256 interval) internal view virtual returns (bool) {
        return block.timestamp >= last + interval;
    }
}
