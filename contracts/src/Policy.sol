// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Timelock} from "./Timelock.sol";
import {IPolicy} from "./interfaces/IPolicy.sol";

/// @title Policy: who may do what to a vault, inside which bounds, and how slowly that can get worse.
///
/// @notice PURPOSE
/// One place that the settler asks. Making a vault safer is instant; making it less safe waits in the open, so that
/// holders can leave first: redeeming needs nobody.
///
/// INVARIANTS
/// - No bounds are ever looser than `ceiling()`, whoever asks and however long they wait.
/// - A call that loosens is executed only by the one who decides it, exactly as it was queued, not before the selector's
///   delay is over and not later than `WINDOW` (14 days) after that: see Timelock.
/// - A vault that is not registered has all bounds zero: nothing can be sold.
/// - A token is as it was created: not quarantined, no exit floor, bounds as the vault's.
///
/// ROLES, by the harm they could do
/// - Owner, after the delay: name another curator, sentinel, breaker or owner. At once: what a sentinel may.
/// - Curator, after the delay: loosen bounds up to the ceilings, name a strategist, allow rules, positions and exit floors.
///   At once: what a sentinel may; the first settings of an allowed rule, of which every change waits.
/// - Sentinel, breaker: stop things; never start them. - Strategist: named here, acts at the settler.
///
/// WARNINGS
/// - Whoever registers a vault first sets its roles. The factory does so in the transaction that creates the vault.
/// - Allow only rules and adapters whose code you know: their settings are theirs. Whatever a rule proposes, the bounds and
///   the settler's buckets limit the harm; an adapter holds what was moved into it.
/// - Dismissing the strategist stops the next intent, not the live one: cancel it as well, or tighten the bounds to nothing.
/// - What the owner queued is void if the strategist changes meanwhile: it names all roles as they are.
/// - An exit floor is a price without an oracle: set it where you would rather sell than wait.
contract Policy is IPolicy, Timelock {
    /// @dev The bounds, and whether anything is to be looked up beside them; one slot.
    struct Standing {
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
        bool classed;
        bool triggered;
    }

    /// @notice {s} least delay that a deployment may choose.
    uint256 public constant MIN_DELAY = 1 days;

    mapping(address vault => Roles) private _roles;
    mapping(address vault => Standing) private _standings;
    mapping(address vault => mapping(address token => Class)) private _classes;
    mapping(address vault => mapping(address adapter => Cap)) private _caps;

    /// @inheritdoc IPolicy
    mapping(address vault => mapping(address rule => bool)) public isRule;
    /// @inheritdoc IPolicy
    mapping(address vault => address) public triggerOf;
    /// @inheritdoc IPolicy
    mapping(address vault => mapping(bytes32 riskId => uint16)) public riskCapOf;

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
            maxFillBps: 10_000,
            maxMoveLossBps: 100,
            cooldown: 0,
            maxHorizon: 7 days,
            maxOrderLife: 1 hours
        });
    }

    /// @inheritdoc IPolicy
    function register(address vault, Roles calldata roles, Bounds calldata bounds, address[] calldata rules) external {
        // The code must exist: nobody can take an address that a factory is about to use.
        if (vault.code.length == 0 || _roles[vault].owner != address(0)) revert Policy__CannotRegister(vault);
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
        if (!_within(bounds, boundsOf(vault))) revert Policy__NotTighter(boundsOf(vault), bounds);
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
        _setStrategist(vault, address(0));
    }

    /// @inheritdoc IPolicy
    function quarantine(address vault, address token) external {
        _requireGuardian(vault);
        Class memory class = _classes[vault][token];
        class.quarantined = true;
        _setClass(vault, token, class);
    }

    // ------------------------------------------------------ looser, after a delay

    /// @inheritdoc IPolicy
    function loosen(address vault, Bounds calldata bounds) external {
        _requireCurator(vault);
        _spend(vault);
        _setBounds(vault, bounds);
    }

    /// @inheritdoc IPolicy
    function setRoles(address vault, Roles calldata roles) external {
        _requireOwner(vault);
        if (roles.strategist != _roles[vault].strategist) revert Policy__NotOwnersToName(roles.strategist);
        _spend(vault);
        _setRoles(vault, roles);
    }

    /// @inheritdoc IPolicy
    function setStrategist(address vault, address strategist) external {
        _requireCurator(vault);
        _spend(vault);
        _setStrategist(vault, strategist);
    }

    /// @inheritdoc IPolicy
    function allowRule(address vault, address rule) external {
        _requireCurator(vault);
        _spend(vault);
        _setRule(vault, rule, true);
    }

    // ------------------------------------------- safer at once, looser after a delay

    /// @inheritdoc IPolicy
    function setTrigger(address vault, address rule) external {
        _requireCurator(vault);
        if (triggerOf[vault] != address(0)) _spend(vault);
        triggerOf[vault] = rule;
        _standings[vault].triggered = rule != address(0);
        emit TriggerSet(vault, rule);
    }

    /// @inheritdoc IPolicy
    function setClass(address vault, address token, Class calldata class) external {
        _requireDecided(vault, _isStricter(class, _classes[vault][token]));
        _setClass(vault, token, class);
    }

    /// @inheritdoc IPolicy
    function setCap(address vault, address adapter, Cap calldata cap) external {
        Cap memory current = _caps[vault][adapter];
        _requireDecided(vault, cap.maxBps <= current.maxBps && cap.coverBps <= current.coverBps);
        _caps[vault][adapter] = cap;
        emit CapSet(vault, adapter, cap);
    }

    /// @inheritdoc IPolicy
    function setRiskCap(address vault, bytes32 riskId, uint16 maxBps) external {
        _requireDecided(vault, maxBps <= riskCapOf[vault][riskId]);
        riskCapOf[vault][riskId] = maxBps;
        emit RiskCapSet(vault, riskId, maxBps);
    }

    // ------------------------------------------------------------------- views

    /// @inheritdoc IPolicy
    function boundsOf(address vault) public view returns (Bounds memory) {
        return _boundsIn(_standings[vault]);
    }

    /// @inheritdoc IPolicy
    function rolesOf(address vault) external view returns (Roles memory) {
        return _roles[vault];
    }

    /// @inheritdoc IPolicy
    function strategistOf(address vault) external view returns (address) {
        return _roles[vault].strategist;
    }

    /// @inheritdoc IPolicy
    function proposalOf(address vault)
        external
        view
        returns (Bounds memory bounds, address strategist, address trigger, bool classed)
    {
        Standing memory standing = _standings[vault];
        if (standing.triggered) trigger = triggerOf[vault];
        return (_boundsIn(standing), _roles[vault].strategist, trigger, standing.classed);
    }

    /// @inheritdoc IPolicy
    function isGuardian(address vault, address account) external view returns (bool) {
        return account != address(0) && _isGuardian(_roles[vault], account);
    }

    /// @inheritdoc IPolicy
    function classOf(address vault, address token) external view returns (Class memory) {
        return _classes[vault][token];
    }

    /// @inheritdoc IPolicy
    function termsOf(address vault, address sell, address buy)
        external
        view
        returns (Bounds memory bounds, Class memory sold, Class memory bought)
    {
        Standing memory standing = _standings[vault];
        bounds = _boundsIn(standing);
        if (standing.classed) (sold, bought) = (_classes[vault][sell], _classes[vault][buy]);
    }

    /// @inheritdoc IPolicy
    function capOf(address vault, address adapter) external view returns (Cap memory) {
        return _caps[vault][adapter];
    }

    // ----------------------------------------------------------------- private

    function _setRoles(address vault, Roles calldata roles) private {
        if (roles.owner == address(0)) revert Policy__NoOwner(vault);
        _roles[vault] = roles;
        emit RolesSet(vault, roles);
    }

    function _setStrategist(address vault, address strategist) private {
        _roles[vault].strategist = strategist;
        emit RolesSet(vault, _roles[vault]);
    }

    function _setBounds(address vault, Bounds calldata bounds) private {
        if (!_within(bounds, ceiling())) revert Policy__AboveCeiling(bounds, ceiling());
        Standing memory was = _standings[vault];
        _standings[vault] = Standing({
            maxFloorDiscBps: bounds.maxFloorDiscBps,
            maxStartPremBps: bounds.maxStartPremBps,
            maxBandBps: bounds.maxBandBps,
            navToleranceBps: bounds.navToleranceBps,
            lossCapBpsPerDay: bounds.lossCapBpsPerDay,
            turnoverCapBpsPerDay: bounds.turnoverCapBpsPerDay,
            maxFillBps: bounds.maxFillBps,
            maxMoveLossBps: bounds.maxMoveLossBps,
            cooldown: bounds.cooldown,
            maxHorizon: bounds.maxHorizon,
            maxOrderLife: bounds.maxOrderLife,
            classed: was.classed,
            triggered: was.triggered
        });
        emit BoundsSet(vault, bounds);
    }

    function _boundsIn(Standing memory standing) private pure returns (Bounds memory) {
        return Bounds({
            maxFloorDiscBps: standing.maxFloorDiscBps,
            maxStartPremBps: standing.maxStartPremBps,
            maxBandBps: standing.maxBandBps,
            navToleranceBps: standing.navToleranceBps,
            lossCapBpsPerDay: standing.lossCapBpsPerDay,
            turnoverCapBpsPerDay: standing.turnoverCapBpsPerDay,
            maxFillBps: standing.maxFillBps,
            maxMoveLossBps: standing.maxMoveLossBps,
            cooldown: standing.cooldown,
            maxHorizon: standing.maxHorizon,
            maxOrderLife: standing.maxOrderLife
        });
    }

    /// @dev Vaults whose tokens have no class at all are spared the looking up.
    function _setClass(address vault, address token, Class memory class) private {
        _classes[vault][token] = class;
        _standings[vault].classed = true;
        emit ClassSet(vault, token, class);
    }

    function _setRule(address vault, address rule, bool allowed) private {
        isRule[vault][rule] = allowed;
        emit RuleSet(vault, rule, allowed);
    }

    /// @dev What is stricter, any guardian does at once; anything else the curator does, as announced.
    function _requireDecided(address vault, bool stricter) internal virtual {
        if (stricter) return _requireGuardian(vault);
        _requireCurator(vault);
        _spend(vault);
    }

    function _requireOwner(address vault) private view {
        if (msg.sender != _roles[vault].owner) revert Timelock__NotAllowed(vault, msg.sender);
    }

    /// @dev The owner names; the curator decides everything else. Each slows down and gives up what is his.
    function _requireDecider(address vault, bytes4 selector) internal view override {
        bool both = selector == this.setDelay.selector || selector == this.abdicate.selector;
        if (selector == this.setRoles.selector || (both && msg.sender == _roles[vault].owner)) _requireOwner(vault);
        else _requireCurator(vault);
    }

    /// @dev True if no bound of `a` is looser than that of `b`.
    function _within(Bounds calldata a, Bounds memory b) internal pure virtual returns (bool) {
        return a.maxFloorDiscBps <= b.maxFloorDiscBps && a.maxStartPremBps <= b.maxStartPremBps
            && a.maxBandBps <= b.maxBandBps && a.navToleranceBps <= b.navToleranceBps
            && a.lossCapBpsPerDay <= b.lossCapBpsPerDay && a.turnoverCapBpsPerDay <= b.turnoverCapBpsPerDay
            && a.maxFillBps <= b.maxFillBps && a.maxMoveLossBps <= b.maxMoveLossBps && a.cooldown >= b.cooldown
            && a.maxHorizon <= b.maxHorizon && a.maxOrderLife <= b.maxOrderLife;
    }

    /// @dev True if class `a` lets nothing happen that `b` does not. A limit of zero is none; a higher exit floor is not stricter:
    /// what is held counts for it, and the budgets are parts of that.
    function _isStricter(Class calldata a, Class memory b) private pure returns (bool) {
        bool exit = a.exitFloorD18 == 0 || a.exitFloorD18 == b.exitFloorD18;
        bool discount = _limit(a.maxFloorDiscBps) <= _limit(b.maxFloorDiscBps);
        bool size = _limit(a.maxFillBps) <= _limit(b.maxFillBps);
        return exit && discount && size && (a.quarantined || !b.quarantined);
    }

    function _limit(uint16 bps) private pure returns (uint16) {
        return bps == 0 ? type(uint16).max : bps;
    }

    function _rolesOf(address vault) internal view override returns (Roles memory) {
        return _roles[vault];
    }
}
