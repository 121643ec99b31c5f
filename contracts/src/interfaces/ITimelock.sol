// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title Calls that are announced first, then good for a while, then void.
interface ITimelock {
    event Queued(address indexed vault, bytes call, uint256 readyAt);
    event Revoked(address indexed vault, bytes call);
    event DelaySet(address indexed vault, bytes4 indexed selector, uint256 delay);
    event Abdicated(address indexed vault, bytes4 indexed selector);

    /// @notice `caller` does not hold the role this needs.
    error Timelock__NotAllowed(address vault, address caller);
    /// @notice The same call must be queued first and then wait; `readyAt` {s} is zero if it is not queued.
    error Timelock__NotReady(uint256 readyAt, uint256 time);
    /// @notice The announcement was good until `expiredAt` {s} and is void at `time`: queue the call again.
    error Timelock__Expired(uint256 expiredAt, uint256 time);
    /// @notice A delay lies between `min` and `max` {s}.
    error Timelock__BadDelay(uint256 delay, uint256 min, uint256 max);
    /// @notice Calls of `selector` were given up for `vault`, for ever.
    error Timelock__GivenUp(address vault, bytes4 selector);

    /// @notice Announces `call`, a call of this contract whose first argument is the vault. Whoever decides the call.
    function queue(bytes calldata call) external;

    /// @notice Withdraws an announced `call`. Any guardian.
    function revoke(bytes calldata call) external;

    /// @notice Sets how long calls of `selector` wait for `vault`: longer at once, shorter after being queued.
    function setDelay(address vault, bytes4 selector, uint256 delay_) external;

    /// @notice Gives up calls of `selector` for `vault`, for ever, after being queued. Whoever decides such calls.
    function abdicate(address vault, bytes4 selector) external;

    /// @notice Returns {s} the least time between announcing a call and the first moment it may happen.
    function delay() external view returns (uint256);

    /// @notice Returns {s} how long calls of `selector` wait for `vault`.
    function delayOf(address vault, bytes4 selector) external view returns (uint256);

    /// @notice Says whether calls of `selector` were given up for `vault`.
    function isAbdicated(address vault, bytes4 selector) external view returns (bool);

    /// @notice Returns {s} when the call with this hash may be executed; zero if it is not queued.
    function readyAt(bytes32 callHash) external view returns (uint256);
}
