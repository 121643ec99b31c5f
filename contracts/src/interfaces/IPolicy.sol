// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ITimelock} from "./ITimelock.sol";

/// @title Who may do what to a vault, and inside which bounds.
interface IPolicy is ITimelock {
    /// @notice The bounds of one vault; see Policy for how they are kept.
    /// @param maxFloorDiscBps {bps} furthest below the oracle that a sale may end
    /// @param maxStartPremBps {bps} furthest above the oracle that a sale may start
    /// @param maxBandBps {bps} widest leg band, relative to its middle
    /// @param navToleranceBps {bps} largest gap between the value of the targets and the value held
    /// @param lossCapBpsPerDay {bps} of NAV that fills may lose against the oracle; leaks back at this rate per day
    /// @param turnoverCapBpsPerDay {bps} of NAV that fills may sell; leaks back at this rate per day
    /// @param maxFillBps {bps} of NAV that one fill or one armed order may sell
    /// @param maxMoveLossBps {bps} of its own value that a move into or out of a position may lose
    /// @param cooldown {s} least time between two intents
    /// @param maxHorizon {s} furthest away that an intent's deadline may be
    /// @param maxOrderLife {s} furthest away that an armed order's end may be
    struct Bounds {
        uint16 maxFloorDiscBps;
        uint16 maxStartPremBps;
        uint16 maxBandBps;
        uint16 navToleranceBps;
        uint16 lossCapBpsPerDay;
        uint16 turnoverCapBpsPerDay;
        uint16 maxFillBps;
        uint16 maxMoveLossBps;
        uint32 cooldown;
        uint32 maxHorizon;
        uint32 maxOrderLife;
    }

    /// @notice The named roles of one vault.
    /// @param owner names the owner, the curator, the sentinel and the breaker after it, all after a delay
    /// @param curator loosens bounds, names the strategist, allows rules, positions and exits, all after a delay
    /// @param strategist proposes intents, arms orders and moves positions inside the bounds
    /// @param sentinel cancels, tightens, quarantines, moves out of positions, revokes what is queued
    /// @param breaker may do what a sentinel may: a contract that does so on evidence
    struct Roles {
        address owner;
        address curator;
        address strategist;
        address sentinel;
        address breaker;
    }

    /// @notice The class of one token of one vault: what counts for it beside the bounds; one storage slot.
    /// @param exitFloorD18 D18{USD/tok} least price at which it may be sold while its oracle is unusable or it is
    ///        quarantined; zero: not at all
    /// @param maxFloorDiscBps {bps} furthest below the oracle that its sale may end; zero: as the bounds say
    /// @param maxFillBps {bps} of NAV that one fill may sell of it; zero: as the bounds say
    /// @param quarantined it may not be bought
    struct Class {
        uint128 exitFloorD18;
        uint16 maxFloorDiscBps;
        uint16 maxFillBps;
        bool quarantined;
    }

    /// @notice How far a vault may go into one adapter.
    /// @param maxBps {bps} of NAV that may be moved there; zero: nothing
    /// @param coverBps {bps} of what the adapter could pay out now that the vault's part may be
    struct Cap {
        uint16 maxBps;
        uint16 coverBps;
    }

    event Registered(address indexed vault, Roles roles, Bounds bounds, address[] rules);
    event BoundsSet(address indexed vault, Bounds bounds);
    event RolesSet(address indexed vault, Roles roles);
    event RuleSet(address indexed vault, address indexed rule, bool allowed);
    event TriggerSet(address indexed vault, address indexed rule);
    event ClassSet(address indexed vault, address indexed token, Class class);
    event CapSet(address indexed vault, address indexed adapter, Cap cap);
    event RiskCapSet(address indexed vault, bytes32 indexed riskId, uint16 maxBps);

    /// @notice A vault is registered once, by whoever creates it, when its code exists.
    error Policy__CannotRegister(address vault);
    /// @notice `bounds` exceed a ceiling that no role can lift.
    error Policy__AboveCeiling(Bounds bounds, Bounds ceiling);
    /// @notice Tightening may not loosen any bound.
    error Policy__NotTighter(Bounds current, Bounds wanted);
    /// @notice The owner cannot be zero: nobody could ever act for the vault again.
    error Policy__NoOwner(address vault);
    /// @notice The owner does not name the strategist: the curator does.
    error Policy__NotOwnersToName(address strategist);
    /// @notice The delay given at deployment is under the floor of `min` {s}.
    error Policy__DelayTooShort(uint256 delay, uint256 min);

    /// @notice Sets roles, bounds and rules of a vault that has none yet. Anyone may, once; the factory does it atomically.
    function register(address vault, Roles calldata roles, Bounds calldata bounds, address[] calldata rules) external;

    /// @notice Makes bounds stricter, at once. Any guardian.
    function tighten(address vault, Bounds calldata bounds) external;

    /// @notice Sets bounds, after the delay. Curator.
    function loosen(address vault, Bounds calldata bounds) external;

    /// @notice Names owner, curator, sentinel and breaker, after the delay. Owner.
    function setRoles(address vault, Roles calldata roles) external;

    /// @notice Names the strategist, after the delay. Curator.
    function setStrategist(address vault, address strategist) external;

    /// @notice Dismisses the strategist, at once. Any guardian.
    function dismissStrategist(address vault) external;

    /// @notice Allows a rule, after the delay. Curator.
    function allowRule(address vault, address rule) external;

    /// @notice Forbids a rule, at once. Any guardian.
    function forbidRule(address vault, address rule) external;

    /// @notice Lets the strategist propose only while `rule` is ready. Curator: the first at once, a change after the delay.
    function setTrigger(address vault, address rule) external;

    /// @notice Sets the class of a token: stricter at once by any guardian, else by the curator after the delay.
    function setClass(address vault, address token, Class calldata class) external;

    /// @notice Stops purchases of a token, at once. Any guardian. `setClass` lifts it, after the delay.
    function quarantine(address vault, address token) external;

    /// @notice Sets how far the vault may go into `adapter`: less at once by any guardian, else by the curator after the delay.
    function setCap(address vault, address adapter, Cap calldata cap) external;

    /// @notice Sets how much of NAV may bear one risk: less at once by any guardian, else by the curator after the delay.
    function setRiskCap(address vault, bytes32 riskId, uint16 maxBps) external;

    /// @notice Returns the bounds of `vault`; all zero (nothing allowed) if it is not registered.
    function boundsOf(address vault) external view returns (Bounds memory);

    /// @notice Returns the roles of `vault`; all zero if it is not registered.
    function rolesOf(address vault) external view returns (Roles memory);

    /// @notice Returns who proposes for `vault`.
    function strategistOf(address vault) external view returns (address);

    /// @notice Says whether `account` may make `vault` safer: its owner, curator, sentinel or breaker.
    function isGuardian(address vault, address account) external view returns (bool);

    /// @notice Says whether `rule` may propose for `vault`.
    function isRule(address vault, address rule) external view returns (bool);

    /// @notice Returns the rule that must be ready when the strategist proposes; zero: none.
    function triggerOf(address vault) external view returns (address);

    /// @notice Returns the class of `token`.
    function classOf(address vault, address token) external view returns (Class memory);

    /// @notice Returns what a sale needs, in one call: the bounds and both classes.
    function termsOf(address vault, address sell, address buy)
        external
        view
        returns (Bounds memory bounds, Class memory sold, Class memory bought);

    /// @notice Returns what a proposal needs, in one call: the bounds, who proposes, the trigger, and whether any token has a class.
    function proposalOf(address vault)
        external
        view
        returns (Bounds memory bounds, address strategist, address trigger, bool classed);

    /// @notice Returns how far the vault may go into `adapter`.
    function capOf(address vault, address adapter) external view returns (Cap memory);

    /// @notice Returns {bps} of NAV that may bear this risk.
    function riskCapOf(address vault, bytes32 riskId) external view returns (uint16);
}
