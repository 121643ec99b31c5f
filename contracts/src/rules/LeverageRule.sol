// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ILeverage} from "../interfaces/ILeverage.sol";
import {IOracleHub} from "../interfaces/IOracleHub.sol";
import {IPolicy} from "../interfaces/IPolicy.sol";
import {Rule} from "./Rule.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title LeverageRule: back to the target health factor as soon as it leaves its band; faster in an emergency.
///
/// @notice PURPOSE
/// For positions of the kind of ILeverage. Below the band it sells collateral and repays, above it borrows and buys. With
/// health = collateral * threshold / debt, the part of the collateral to sell (to buy, if negative) is
///
///     part = (target * debt - threshold * collateral) / ((target - threshold) * collateral)
///
/// in the pool's own prices; what it is worth at the hub's prices then moves between the two holdings.
///
/// INVARIANTS
/// - Ready exactly if health < low or health > high. Below `emergencyD18` the terms are the emergency's: no premium, at the
///   floor no later and no higher than in ordinary times. What rules have in common: see Rule.
/// - It never wants more debt than the line, nor to sell more collateral than there is.
///
/// ROLES: see Rule.
///
/// LIVENESS
/// - An emergency waits for an ordinary intent that is live, until its deadline, and for the policy's cooldown: keep both
///   short. Fills of the live one go on meanwhile. The guardians may cancel it at once.
/// - A sale below the oracle lands a little under the target: leave room between `lowD18` and it.
contract LeverageRule is Rule {
    /// @param emergencyD18 D18{1} below which the emergency's terms count
    /// @param lowD18 D18{1} lower end of the band
    /// @param targetD18 D18{1} where it goes back to
    /// @param highD18 D18{1} upper end of the band
    /// @param terms of the intent it proposes
    /// @param emergencyTerms of the intent it proposes in an emergency
    struct Config {
        uint64 emergencyD18;
        uint64 lowD18;
        uint64 targetD18;
        uint64 highD18;
        Terms terms;
        Terms emergencyTerms;
    }

    mapping(address position => Config) private _configs;

    event Configured(address indexed position, Config config);

    /// @notice 1 < emergency <= low < target < high is needed, a target not under the position's own, and emergency terms
    /// that are no slower, without premium.
    error LeverageRule__BadConfig(Config config, uint256 ownTargetD18);

    constructor(IPolicy policy_, IOracleHub hub_) Rule(policy_, hub_) {}

    /// @notice Sets the band of `position`: the first at once, others after they were queued. Whoever decides for it.
    function configure(address position, Config calldata config) external {
        _admit(position);
        _requireTerms(position, config.terms);
        _requireTerms(position, config.emergencyTerms);
        uint256 ownTargetD18 = ILeverage(position).targetHealthD18();
        if (!_isSound(config) || config.targetD18 < ownTargetD18) revert LeverageRule__BadConfig(config, ownTargetD18);
        _configs[position] = config;
        emit Configured(position, config);
    }

    /// @notice Returns the settings of `position`; all zero if it has none.
    function configOf(address position) external view returns (Config memory) {
        return _configs[position];
    }

    function _isConfigured(address position) internal view override returns (bool) {
        return _configs[position].targetD18 != 0;
    }

    function _isWanted(address, uint256) internal pure override returns (bool) {
        return true;
    }

    function _isDue(address position, Book memory) internal view override returns (bool) {
        uint256 healthD18 = ILeverage(position).healthD18();
        return healthD18 < _configs[position].lowD18 || healthD18 > _configs[position].highD18;
    }

    /// @dev The collateral comes first, the line second: ILeverage.assets.
    function _aimD18(address position, Book memory book) internal view override returns (uint256[] memory weightsD18) {
        (bool lever, uint256 partD18) = _partOf(position);
        uint256 collateralD18 = book.worthsD18[0];
        uint256 movedD18 = Math.mulDiv(collateralD18, partD18, ONE_D18);
        if (lever) collateralD18 += Math.min(movedD18, book.worthsD18[1]);
        else collateralD18 -= Math.min(movedD18, collateralD18);
        weightsD18 = new uint256[](2);
        weightsD18[0] = Math.mulDiv(collateralD18, ONE_D18, book.navD18);
        weightsD18[1] = ONE_D18 - weightsD18[0];
    }

    function _termsOf(address position, Book memory) internal view override returns (Terms memory) {
        Config storage config = _configs[position];
        bool emergency = ILeverage(position).healthD18() < config.emergencyD18;
        return emergency ? config.emergencyTerms : config.terms;
    }

    /// @dev How much of the collateral is to be bought with new debt, rounded down, or sold for old, rounded up.
    /// @return lever true to buy
    /// @return partD18 D18{1} of the collateral
    function _partOf(address position) private view returns (bool lever, uint256 partD18) {
        (uint256 collateralBase, uint256 debtBase,, uint256 thresholdBps,,) =
            ILeverage(position).pool().getUserAccountData(position);
        uint256 targetD18 = _configs[position].targetD18;
        uint256 thresholdD18 = thresholdBps * BPS_TO_D18;
        (uint256 held, uint256 needed) = (thresholdD18 * collateralBase, targetD18 * debtBase);
        uint256 all = (targetD18 - thresholdD18) * collateralBase;
        if (all == 0) return (false, 0);
        lever = held > needed;
        partD18 = lever
            ? Math.mulDiv(held - needed, ONE_D18, all)
            : Math.mulDiv(needed - held, ONE_D18, all, Math.Rounding.Ceil);
    }

    function _isSound(Config calldata config) private pure returns (bool) {
        Terms calldata fast = config.emergencyTerms;
        return config.emergencyD18 > ONE_D18 && config.emergencyD18 <= config.lowD18 && config.lowD18 < config.targetD18
            && config.targetD18 < config.highD18 && fast.startPremBps == 0 && fast.decay <= config.terms.decay
            && fast.floorDiscBps >= config.terms.floorDiscBps;
    }
}
