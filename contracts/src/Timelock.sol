// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IPolicy} from "./interfaces/IPolicy.sol";
import {ITimelock} from "./interfaces/ITimelock.sol";

/// @title Timelock: a call that could harm holders is announced, waits in the open, and is void if it is not used.
///
/// @notice INVARIANTS
/// - A call that spends its announcement runs only if the same bytes were queued here at least the selector's delay and at
///   most that delay + `WINDOW` ago. Nothing can be announced once and held ready for years.
/// - One announcement is good for one call.
/// - The delay of a selector is never under `delay`. Lengthening it is instant; shortening it waits for the longer one.
/// - A selector that was given up for a vault never loosens anything of it again, whoever asks; what needs no waiting still runs.
///
/// WARNINGS
/// - Whoever watches a vault need look back no further than its longest delay + `WINDOW`: what was queued before is void.
/// - Somebody may announce again and again, so that something is ready at any time; each time in the open.
/// - A longer delay counts for what is announced after it.
abstract contract Timelock is ITimelock {
    /// @notice {s} for which a call stays good once its delay is over.
    uint256 public constant WINDOW = 14 days;
    /// @notice {s} No delay may be longer: a vault that can change nothing gives the selector up instead.
    uint256 public constant MAX_DELAY = 90 days;

    /// @inheritdoc ITimelock
    uint256 public immutable delay;

    /// @inheritdoc ITimelock
    mapping(bytes32 callHash => uint256) public readyAt;

    /// @inheritdoc ITimelock
    mapping(address vault => mapping(bytes4 selector => bool)) public isAbdicated;

    mapping(address vault => mapping(bytes4 selector => uint256)) private _delays;

    constructor(uint256 delay_) {
        delay = delay_;
    }

    /// @inheritdoc ITimelock
    function queue(bytes calldata call) external {
        (bytes4 selector, address vault) = (bytes4(call), _vaultOf(call));
        _requireDecider(vault, selector);
        uint256 when = block.timestamp + _waitOf(vault, selector, call);
        readyAt[keccak256(call)] = when;
        emit Queued(vault, call, when);
    }

    /// @inheritdoc ITimelock
    function revoke(bytes calldata call) external {
        address vault = _vaultOf(call);
        _requireGuardian(vault);
        delete readyAt[keccak256(call)];
        emit Revoked(vault, call);
    }

    /// @inheritdoc ITimelock
    function setDelay(address vault, bytes4 selector, uint256 delay_) external {
        _requireDecider(vault, selector);
        if (delay_ < delay || delay_ > MAX_DELAY) revert Timelock__BadDelay(delay_, delay, MAX_DELAY);
        if (delay_ < delayOf(vault, selector)) _spend(vault);
        _delays[vault][selector] = delay_;
        emit DelaySet(vault, selector, delay_);
    }

    /// @inheritdoc ITimelock
    function abdicate(address vault, bytes4 selector) external {
        _requireDecider(vault, selector);
        _spend(vault);
        isAbdicated[vault][selector] = true;
        emit Abdicated(vault, selector);
    }

    /// @inheritdoc ITimelock
    function delayOf(address vault, bytes4 selector) public view returns (uint256) {
        uint256 own = _delays[vault][selector];
        return own > delay ? own : delay;
    }

    /// @dev Uses up the announcement of this very call: the same selector and the same arguments, byte for byte.
    function _spend(address vault) internal {
        if (isAbdicated[vault][msg.sig]) revert Timelock__GivenUp(vault, msg.sig);
        bytes32 callHash = keccak256(msg.data);
        uint256 when = readyAt[callHash];
        _requireRipe(when);
        if (block.timestamp > when + WINDOW) revert Timelock__Expired(when + WINDOW, block.timestamp);
        delete readyAt[callHash];
    }

    function _requireRipe(uint256 when) internal view virtual {
        if (when == 0 || block.timestamp < when) revert Timelock__NotReady(when, block.timestamp);
    }

    /// @dev Who decides this for `vault`: its curator, unless a contract says otherwise.
    function _requireDecider(address vault, bytes4) internal view virtual {
        _requireCurator(vault);
    }

    function _requireCurator(address vault) internal view {
        if (msg.sender != _rolesOf(vault).curator) revert Timelock__NotAllowed(vault, msg.sender);
    }

    /// @dev Whoever may make a vault safer: all but the strategist.
    function _requireGuardian(address vault) internal view {
        if (!_isGuardian(_rolesOf(vault), msg.sender)) revert Timelock__NotAllowed(vault, msg.sender);
    }

    function _isGuardian(IPolicy.Roles memory roles, address account) internal pure returns (bool) {
        return
            account == roles.owner || account == roles.curator || account == roles.sentinel || account == roles.breaker;
    }

    /// @dev Who may announce and withdraw.
    function _rolesOf(address vault) internal view virtual returns (IPolicy.Roles memory);

    /// @dev Giving up a selector, or shortening its delay, waits as long as the selector itself would.
    function _waitOf(address vault, bytes4 selector, bytes calldata call) private view returns (uint256 wait) {
        wait = delayOf(vault, selector);
        if (selector != this.setDelay.selector && selector != this.abdicate.selector) return wait;
        (, bytes4 subject) = abi.decode(call[4:], (address, bytes4));
        _requireDecider(vault, subject);
        uint256 other = delayOf(vault, subject);
        return other > wait ? other : wait;
    }

    /// @dev Every call that can be queued has the vault as its first argument.
    function _vaultOf(bytes calldata call) private pure returns (address) {
        return abi.decode(call[4:], (address));
    }
}
