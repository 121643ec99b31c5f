// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOracleHub} from "../interfaces/IOracleHub.sol";
import {IPolicy} from "../interfaces/IPolicy.sol";
import {Basket} from "../math/Basket.sol";
import {Rule} from "./Rule.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title ConstantMixRule: back to fixed weights as soon as the portfolio as a whole has strayed too far.
///
/// @notice PURPOSE
/// A threshold on single weights overlooks many small deviations and trades for one harmless one. This rule measures all of
/// them together, by what it would take to mend them or by what they cost, and then mends them all. What rules have in common
/// (roles, liveness, settings): see Rule. The arithmetic (turnover, squares): see Basket.
///
/// INVARIANTS
/// - Ready exactly if, by the measure chosen, `turnover > max`, or `squares > max^2`, or `gain > cost` with
///       gain = floor(squares * penaltyBps / (10,000 * 1e18))                                          D18{1} of NAV
///       cost = floor(turnover * costBps / 10,000) + ceil(fixedCost * 1e18 / NAV)                      D18{1} of NAV
/// - It lands at the weights themselves.
contract ConstantMixRule is Rule {
    /// @notice What is held against the bound: what would have to be sold, the root of the squared deviations, or the loss by
    /// the deviations against the cost of mending them.
    enum Measure {
        Turnover,
        Distance,
        Cost
    }

    /// @param weightsBps {bps} of NAV, one per asset in the vault's order, together 10,000
    /// @param measure what is held against what
    /// @param maxBps {bps} of NAV: bound of the turnover or of the distance
    /// @param penaltyBps {bps} of NAV that one squared deviation of 1 is expected to lose until the next chance to mend it:
    ///        half of risk aversion times variance over that time
    /// @param costBps {bps} of what is sold
    /// @param fixedCostD18 D18{USD} of a rebalance of any size
    /// @param terms of the intent it proposes
    struct Config {
        uint16[] weightsBps;
        Measure measure;
        uint16 maxBps;
        uint32 penaltyBps;
        uint16 costBps;
        uint96 fixedCostD18;
        Terms terms;
    }

    mapping(address vault => Config) private _configs;

    event Configured(address indexed vault, Config config);

    /// @notice The measure needs its own figure above zero, and a bound under 10,000 bps.
    error ConstantMixRule__BadMeasure(Measure measure, uint16 maxBps, uint32 penaltyBps);

    constructor(IPolicy policy_, IOracleHub hub_) Rule(policy_, hub_) {}

    /// @notice Sets the mix of `vault`: the first at once, others after they were queued. Whoever decides for it.
    function configure(address vault, Config calldata config) external {
        _admit(vault);
        _requireWhole(vault, config.weightsBps);
        _requireTerms(vault, config.terms);
        bool usable = config.measure == Measure.Cost ? config.penaltyBps != 0 : config.maxBps != 0;
        if (!usable || config.maxBps >= BPS) {
            revert ConstantMixRule__BadMeasure(config.measure, config.maxBps, config.penaltyBps);
        }
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
        Config memory config = _configs[vault];
        if (book.navD18 == 0) return false;
        (uint256 turnoverD18, uint256 squaresD36) =
            Basket.distance(book.worthsD18, book.navD18, _toD18(config.weightsBps));
        uint256 maxD18 = config.maxBps * BPS_TO_D18;
        if (config.measure == Measure.Turnover) return turnoverD18 > maxD18;
        if (config.measure == Measure.Distance) return squaresD36 > maxD18 * maxD18;
        uint256 gainD18 = squaresD36 * config.penaltyBps / (BPS * ONE_D18);
        return gainD18
            > turnoverD18 * config.costBps / BPS + Math.ceilDiv(uint256(config.fixedCostD18) * ONE_D18, book.navD18);
    }

    function _aimD18(address vault, Book memory) internal view override returns (uint256[] memory) {
        return _toD18(_configs[vault].weightsBps);
    }

    function _termsOf(address vault, Book memory) internal view override returns (Terms memory) {
        return _configs[vault].terms;
    }
}
