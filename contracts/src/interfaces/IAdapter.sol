// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title What turns assets of a vault into an ERC-20 position of the vault, and back.
/// @notice A position is an asset of the vault like any other: redeeming hands it over and needs no adapter. An adapter holds
/// nothing between transactions and has no power over a vault: the vault measures what left and what arrived.
interface IAdapter {
    /// @notice A conversion is between this position and what it is made of, in two different directions.
    error Adapter__BadConversion(address[] tokens, int256[] deltas);

    /// @notice Returns the ERC-20 that the vault holds.
    function share() external view returns (address);

    /// @notice Returns what a share is made of.
    function assets() external view returns (address[] memory);

    /// @notice Returns what a holder of the share depends on, so that caps can be set for each: asset, protocol, market.
    /// @return ids equal for two adapters exactly where they share the risk
    function riskIds() external view returns (bytes32[] memory ids);

    /// @notice Returns what the share is made of, by rates that nobody can move within a transaction to their gain.
    /// @return ratesD18 {assetAtom per 1e18 shareAtom} one per asset, rounded down
    function rateD18s() external view returns (uint256[] memory ratesD18);

    /// @notice Returns what could be taken out for `shares` right now. Never more than these are worth by `rateD18s`.
    /// @param shares {shareAtom}
    /// @return amounts {assetAtom} one per asset, rounded down
    function withdrawable(uint256 shares) external view returns (uint256[] memory amounts);

    /// @notice Converts what the caller, a vault, has just sent, and sends it the rest of `deltas` at least.
    /// @dev What a caller did not send it cannot get: an adapter holds nothing of anybody.
    /// @param tokens {token} the share and assets of it, in any order
    /// @param deltas {tokAtom} negative: exactly what the caller has sent; positive: the least that it must get
    /// @param data what else the adapter needs, if anything
    function onConvert(address[] calldata tokens, int256[] calldata deltas, bytes calldata data) external;
}
