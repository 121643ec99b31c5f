// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title Says how much of a token circulates.
interface ISupplySource {
    /// @notice Returns what circulates of `token`.
    /// @return {tokAtom}
    function supplyOf(address token) external view returns (uint256);
}
