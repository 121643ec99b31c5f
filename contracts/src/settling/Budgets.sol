// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../interfaces/IBasketVault.sol";
import {IPolicy} from "../interfaces/IPolicy.sol";
import {ISettler} from "../interfaces/ISettler.sol";
import {LeakyBucket} from "../math/LeakyBucket.sol";

/// @title Budgets: what a vault has lost against the oracle, and sold, of late.
///
/// @notice Two buckets per vault, both in parts of NAV, packed in one slot. Whatever can lose something charges here first: a
/// fill, an armed order (all of it, up front), a move into or out of a position. Levels leak at the daily cap, continuously;
/// gains do not lower them; a new intent, other bounds and midnight do not. Over any time t, what was charged <= cap * (1 + t / 1 day).
abstract contract Budgets is ISettler {
    IPolicy public immutable policy;

    mapping(address vault => Buckets) internal _buckets;

    constructor(IPolicy policy_) {
        policy = policy_;
    }

    /// @inheritdoc ISettler
    function bucketsOf(address vault) external view returns (Buckets memory) {
        return _leaked(vault, policy.boundsOf(vault));
    }

    /// @inheritdoc ISettler
    function charge(address vault, uint256 lossD18) external {
        if (msg.sender != IBasketVault(vault).allocator()) revert Settler__NotAllowed(vault, msg.sender);
        _charge(vault, policy.boundsOf(vault), lossD18, 0);
    }

    /// @dev Charges both, as parts of NAV.
    /// @param lossD18 D18{1} rounded up
    /// @param turnoverD18 D18{1} rounded up
    function _charge(address vault, IPolicy.Bounds memory bounds, uint256 lossD18, uint256 turnoverD18) internal {
        Buckets memory buckets = _leaked(vault, bounds);
        uint256 lossLevelD18 = buckets.lossD18 + lossD18;
        uint256 turnoverLevelD18 = buckets.turnoverD18 + turnoverD18;
        _requireLossUnder(lossLevelD18, LeakyBucket.sizeD18(bounds.lossCapBpsPerDay));
        _requireTurnoverUnder(turnoverLevelD18, LeakyBucket.sizeD18(bounds.turnoverCapBpsPerDay));
        // Both are under a cap of 16 bits of bps, so under 7e18: they fit 64 bits.
        (buckets.lossD18, buckets.turnoverD18) = (uint64(lossLevelD18), uint64(turnoverLevelD18));
        _buckets[vault] = buckets;
    }

    /// @dev Lowers both levels by cap * time / day, rounded against the filler.
    function _leaked(address vault, IPolicy.Bounds memory bounds) private view returns (Buckets memory buckets) {
        buckets = _buckets[vault];
        uint256 elapsed = block.timestamp - buckets.updatedAt;
        buckets.lossD18 = LeakyBucket.levelD18Up(buckets.lossD18, bounds.lossCapBpsPerDay, elapsed);
        buckets.turnoverD18 = LeakyBucket.levelD18Up(buckets.turnoverD18, bounds.turnoverCapBpsPerDay, elapsed);
        buckets.updatedAt = uint32(block.timestamp);
    }

    function _requireLossUnder(uint256 levelD18, uint256 capD18) internal pure virtual {
        if (levelD18 > capD18) revert Settler__LossCapHit(levelD18, capD18);
    }

    function _requireTurnoverUnder(uint256 levelD18, uint256 capD18) internal pure virtual {
        if (levelD18 > capD18) revert Settler__TurnoverCapHit(levelD18, capD18);
    }
}
