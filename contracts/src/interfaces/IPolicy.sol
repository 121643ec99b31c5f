// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ITimelock} from "./ITimelock.sol";

/// @title Who may do what to a vault, and inside which bounds.
interface IPolicy is ITimelock {
    /// @notice The bounds of one vault; one storage slot.
    /// @param maxFloorDiscBps {bps} furthest below the oracle that a sale may end
    /// @param maxStartPremBps {bps} furthest above the oracle that a sale may start
    /// @param maxBandBps {bps} widest leg band, relative to its middle
    /// @param navToleranceBps {bps} largest gap between the value of the targets and the value held
    /// @param lossCapBpsPerDay {bps} of NAV that fills may lose against the oracle; leaks back at this rate per day
    /// @param turnoverCapBpsPerDay {bps} of NAV that fills may sell; leaks back at this rate per day
    /// @param cooldown {s} least time between two intents
    /// @param maxHorizon {s} furthest away that an intent's deadline may be
    struct Bounds {
        uint16 maxFloorDiscBps;
        uint16 maxStartPremBps;
        uint16 maxBandBps;
        uint16 navToleranceBps;
        uint16 lossCapBpsPerDay;
        uint16 turnoverCapBpsPerDay;
        uint32 cooldown;
        uint32 maxHorizon;
    }

    /// @notice The named roles of one vault.
    /// @param owner loosens bounds and names the others, all after a delay; tightens at once
    /// @param strategist proposes intents inside the bounds
    /// @param sentinel cancels, tightens, revokes what is queued
    struct Roles {
        address owner;
        address strategist;
        address sentinel;
    }

    event Registered(address indexed vault, Roles roles, Bounds bounds, address[] rules);
    event BoundsSet(address indexed vault, Bounds bounds);
    event RolesSet(address indexed vault, Roles roles);
    event RuleSet(address indexed vault, address indexed rule, bool allowed);

    /// @notice A vault is registered once, by whoever creates it, when its code exists.
    error Policy__CannotRegister(address vault);
    /// @notice `bounds` exceed a ceiling that no role can lift.
    error Policy__AboveCeiling(Bounds bounds, Bounds ceiling);
    /// @notice Tightening may not loosen any bound.
    error Policy__NotTighter(Bounds current, Bounds wanted);
    /// @notice The owner cannot be zero: nobody could ever act for the vault again.
    error Policy__NoOwner(address vault);
    /// @notice The delay given at deployment is under the floor of `min` {s}.
    error Policy__DelayTooShort(uint256 delay, uint256 min);

    /// @notice Sets roles, bounds and rules of a vault that has none yet. Anyone may, once; the factory does it atomically.
    function register(address vault, Roles calldata roles, Bounds calldata bounds, address[] calldata rules) external;

    /// @notice Makes bounds stricter, at once. Owner or sentinel.
    function tighten(address vault, Bounds calldata bounds) external;

    /// @notice Sets bounds, after the delay. Owner.
    function loosen(address vault, Bounds calldata bounds) external;

    /// @notice Names roles, after the delay. Owner.
    function setRoles(address vault, Roles calldata roles) external;

    /// @notice Allows a rule, after the delay. Owner.
    function allowRule(address vault, address rule) external;

    /// @notice Forbids a rule, at once. Owner or sentinel.
    function forbidRule(address vault, address rule) external;

    /// @notice Dismisses the strategist, at once. Owner or sentinel.
    function dismissStrategist(address vault) external;

    /// @notice Returns the bounds of `vault`; all zero (nothing allowed) if it is not registered.
    function boundsOf(address vault) external view returns (Bounds memory);

    /// @notice Returns the roles of `vault`; all zero if it is not registered.
    function rolesOf(address vault) external view returns (Roles memory);

    /// @notice Says whether `rule` may propose for `vault`.
    function isRule(address vault, address rule) external view returns (bool);
}
