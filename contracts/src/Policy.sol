// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Timelock} from "./Timelock.sol";
import {IPolicy} from "./interfaces/IPolicy.sol";

/// @title Policy: who may do what to a vault, inside which bounds, and how slowly that can get worse.
///
/// @notice PURPOSE
/// One place that the settler asks. Making a vault safer is instant; making it less safe waits `delay` in the open, so that
/// holders can leave first (redeeming needs nobody), and is void if it is not done within `WINDOW` after that.
///
/// INVARIANTS
/// - No bounds are ever looser than `ceiling()`, whoever asks and however long they wait.
/// - A call that loosens is executed only by the owner, exactly as it was queued, not before the delay is over and not
///   later than `WINDOW` (14 days) after that: see Timelock.
/// - A vault that is not registered has all bounds zero: nothing can be sold.
///
/// ROLES, by the harm they could do
/// - Owner, after the delay: loosen bounds up to the ceilings, name roles (itself as strategist too), allow rules.
///   At once: tighten, forbid a rule, dismiss the strategist, revoke, cancel at the settler; and what an allowed rule leaves
///   to its owner (ThresholdRule: the first targets of a vault; every change of them waits like a loosening).
/// - Sentinel: stop things; never start them. - Strategist: named here, acts at the settler.
///
/// WARNINGS
/// - Whoever registers a vault first sets its roles. The factory does so in the transaction that creates the vault.
/// - Allow only rules whose code you know: their settings are theirs. Whatever a rule proposes, the bounds and the settler's
///   buckets limit the harm.
/// - Levels of the settler's buckets survive any change of bounds.
contract Policy is IPolicy, Timelock {
    /// @notice {s} least delay that a deployment may choose.
    uint256 public constant MIN_DELAY = 1 days;

    mapping(address vault => Roles) private _roles;
    mapping(address vault => Bounds) private _bounds;

    /// @inheritdoc IPolicy
    mapping(address vault => mapping(address rule => bool)) public isRule;

    constructor(uint256 delay_) Timelock(delay_) {
        if (delay_ < MIN_DELAY) revert Policy__DelayTooShort(delay_, MIN_DELAY);
    }

    /// @notice Returns the bounds that no role can lift.
    function ceiling() public pure returns (Bounds memory) {
        return Bounds({
            maxFloorDiscBps: 500,
            maxStartPremBps: 1000,
            maxBandBps: 5000,
            navToleranceBps: 500,
            lossCapBpsPerDay: 300,
            turnoverCapBpsPerDay: 30_000,
            cooldown: 0,
            maxHorizon: 7 days
        });
    }

    /// @inheritdoc IPolicy
    function register(address vault, Roles calldata roles, Bounds calldata bounds, address[] calldata rules) external {
        // The code must exist: nobody can take an address that a factory is about to use.
        if (vault.code.length == 0 || _roles[vault].owner != address(0)) {
            revert Policy__CannotRegister(vault);
        }
        _setRoles(vault, roles);
        _setBounds(vault, bounds);
        for (uint256 i; i < rules.length; ++i) {
            _setRule(vault, rules[i], true);
        }
        emit Registered(vault, roles, bounds, rules);
    }

    // ------------------------------------------------------------ safer, at once

    /// @inheritdoc IPolicy
    function tighten(address vault, Bounds calldata bounds) external {
        _requireGuardian(vault);
        if (!_within(bounds, _bounds[vault])) revert Policy__NotTighter(_bounds[vault], bounds);
        _setBounds(vault, bounds);
    }

    /// @inheritdoc IPolicy
    function forbidRule(address vault, address rule) external {
        _requireGuardian(vault);
        _setRule(vault, rule, false);
    }

    /// @inheritdoc IPolicy
    function dismissStrategist(address vault) external {
        _requireGuardian(vault);
        _roles[vault].strategist = address(0);
        emit RolesSet(vault, _roles[vault]);
    }

    // ------------------------------------------------------ looser, after a delay

    /// @inheritdoc IPolicy
    function loosen(address vault, Bounds calldata bounds) external {
        _requireOwner(vault);
        _spend();
        _setBounds(vault, bounds);
    }

    /// @inheritdoc IPolicy
    function setRoles(address vault, Roles calldata roles) external {
        _requireOwner(vault);
        _spend();
        _setRoles(vault, roles);
    }

    /// @inheritdoc IPolicy
    function allowRule(address vault, address rule) external {
        _requireOwner(vault);
        _spend();
        _setRule(vault, rule, true);
    }

    // ------------------------------------------------------------------- views

    /// @inheritdoc IPolicy
    function boundsOf(address vault) external view returns (Bounds memory) {
        return _bounds[vault];
    }

    /// @inheritdoc IPolicy
    function rolesOf(address vault) external view returns (Roles memory) {
        return _roles[vault];
    }

    // ----------------------------------------------------------------- private

    function _setRoles(address vault, Roles calldata roles) private {
        if (roles.owner == address(0)) revert Policy__NoOwner(vault);
        _roles[vault] = roles;
        emit RolesSet(vault, roles);
    }

    function _setBounds(address vault, Bounds calldata bounds) private {
        if (!_within(bounds, ceiling())) revert Policy__AboveCeiling(bounds, ceiling());
        _bounds[vault] = bounds;
        emit BoundsSet(vault, bounds);
    }

    function _setRule(address vault, address rule, bool allowed) private {
        isRule[vault][rule] = allowed;
        emit RuleSet(vault, rule, allowed);
    }

    /// @dev True if no bound of `a` is looser than that of `b`.
    function _within(Bounds calldata a, Bounds memory b) private pure returns (bool) {
        return a.maxFloorDiscBps <= b.maxFloorDiscBps && a.maxStartPremBps <= b.maxStartPremBps
            && a.maxBandBps <= b.maxBandBps && a.navToleranceBps <= b.navToleranceBps
            && a.lossCapBpsPerDay <= b.lossCapBpsPerDay && a.turnoverCapBpsPerDay <= b.turnoverCapBpsPerDay
            && a.cooldown >= b.cooldown && a.maxHorizon <= b.maxHorizon;
    }

    function _rolesOf(address vault) internal view override returns (Roles memory) {
        return _roles[vault];
    }
}
