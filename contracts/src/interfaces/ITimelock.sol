// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title Calls that are announced first, then good for a while, then void.
interface ITimelock {
    event Queued(address indexed vault, bytes call, uint256 readyAt);
    event Revoked(address indexed vault, bytes call);

    /// @notice `caller` does not hold the role this needs.
    error Timelock__NotAllowed(address vault, address caller);
    /// @notice The same call must be queued first and then wait; `readyAt` {s} is zero if it is not queued.
    error Timelock__NotReady(uint256 readyAt, uint256 time);
    /// @notice The announcement was good until `expiredAt` {s} and is void at `time`: queue the call again.
    error Timelock__Expired(uint256 expiredAt, uint256 time);

    /// @notice Announces `call`, a call of this contract whose first argument is the vault. Owner.
    function queue(bytes calldata call) external;

    /// @notice Withdraws an announced `call`. Owner or sentinel.
    function revoke(bytes calldata call) external;

    /// @notice Returns {s} between announcing a call and the first moment it may happen.
    function delay() external view returns (uint256);

    /// @notice Returns {s} when the call with this hash may be executed; zero if it is not queued.
    function readyAt(bytes32 callHash) external view returns (uint256);
}
