// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IPolicy} from "./interfaces/IPolicy.sol";
import {ITimelock} from "./interfaces/ITimelock.sol";

/// @title Timelock: a call that could harm holders is announced, waits in the open, and is void if it is not used.
///
/// @notice INVARIANTS
/// - A call that spends its announcement runs only if the same bytes were queued here at least `delay` and at most
///   `delay + WINDOW` ago. Nothing can be announced once and held ready for years.
/// - One announcement is good for one call.
///
/// WARNINGS
/// - Whoever watches a vault need look back no further than `delay + WINDOW`: what was queued before is void.
/// - An owner may announce again and again, so that something is ready at any time; each time in the open.
abstract contract Timelock is ITimelock {
    /// @notice {s} for which a call stays good once its delay is over.
    uint256 public constant WINDOW = 14 days;

    /// @inheritdoc ITimelock
    uint256 public immutable delay;

    /// @inheritdoc ITimelock
    mapping(bytes32 callHash => uint256) public readyAt;

    constructor(uint256 delay_) {
        delay = delay_;
    }

    /// @inheritdoc ITimelock
    function queue(bytes calldata call) external {
        address vault = _vaultOf(call);
        _requireOwner(vault);
        uint256 when = block.timestamp + delay;
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

    /// @dev Uses up the announcement of this very call: the same selector and the same arguments, byte for byte.
    function _spend() internal {
        bytes32 callHash = keccak256(msg.data);
        uint256 when = readyAt[callHash];
        if (when == 0 || block.timestamp < when) revert Timelock__NotReady(when, block.timestamp);
        if (block.timestamp > when + WINDOW) revert Timelock__Expired(when + WINDOW, block.timestamp);
        delete readyAt[callHash];
    }

    function _requireOwner(address vault) internal view {
        if (msg.sender != _rolesOf(vault).owner) revert Timelock__NotAllowed(vault, msg.sender);
    }

    function _requireGuardian(address vault) internal view {
        IPolicy.Roles memory roles = _rolesOf(vault);
        if (msg.sender != roles.owner && msg.sender != roles.sentinel) {
            revert Timelock__NotAllowed(vault, msg.sender);
        }
    }

    /// @dev Who may announce (the owner) and withdraw (the owner, the sentinel).
    function _rolesOf(address vault) internal view virtual returns (IPolicy.Roles memory);

    /// @dev Every call that can be queued has the vault as its first argument.
    function _vaultOf(bytes calldata call) private pure returns (address) {
        return abi.decode(call[4:], (address));
    }
}
