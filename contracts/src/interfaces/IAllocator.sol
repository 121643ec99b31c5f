// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title Moves assets of a vault into positions and back, inside the policy's caps.
interface IAllocator {
    event Allocated(
        address indexed vault,
        address indexed adapter,
        address[] tokens,
        int256[] deltas,
        uint256[] received,
        uint256 outD18,
        uint256 inD18
    );
    event Deallocated(
        address indexed vault,
        address indexed adapter,
        address[] tokens,
        int256[] deltas,
        uint256[] received,
        uint256 outD18,
        uint256 inD18
    );

    /// @notice `caller` may not do this to `vault`.
    error Allocator__NotAllowed(address vault, address caller);
    /// @notice `token` may not be moved into: a guardian or its oracle says so.
    error Allocator__Quarantined(address vault, address token);
    /// @notice The vault may not go into `adapter`, or has never been there.
    error Allocator__UnknownAdapter(address vault, address adapter);
    /// @notice The vault has been in `max` positions.
    error Allocator__TooManyAdapters(uint256 max);
    /// @notice A move takes the share one way and what it is made of the other.
    error Allocator__BadMove(address share, bool entering);
    /// @notice The move gives `outD18` and loses `lostD18` of it. D18{USD}.
    error Allocator__MoveLoses(uint256 lostD18, uint256 outD18, uint256 maxBps);
    /// @notice The vault would have more in this adapter than it may. D18{USD}.
    error Allocator__AdapterCapHit(address adapter, uint256 heldD18, uint256 capD18);
    /// @notice The vault would have more in this adapter than its exit covers. D18{USD}.
    error Allocator__NotCovered(address adapter, uint256 heldD18, uint256 coverD18);
    /// @notice More of the vault would bear this risk than may. D18{USD}.
    error Allocator__RiskCapHit(bytes32 risk, uint256 bearingD18, uint256 capD18);

    /// @notice Moves assets of `vault` into a position, inside the policy's caps. Strategist.
    /// @param tokens the position's share and what it is made of, in ascending order
    /// @param deltas {tokAtom} negative: what is given, exactly; else: the least that must come
    /// @return received {tokAtom} what came
    function allocate(
        address vault,
        address adapter,
        address[] calldata tokens,
        int256[] calldata deltas,
        bytes calldata data
    ) external returns (uint256[] memory received);

    /// @notice Moves back, in the same words. Strategist or any guardian.
    function deallocate(
        address vault,
        address adapter,
        address[] calldata tokens,
        int256[] calldata deltas,
        bytes calldata data
    ) external returns (uint256[] memory received);

    /// @notice Returns the positions that `vault` has ever been in.
    function adaptersOf(address vault) external view returns (address[] memory);
}
