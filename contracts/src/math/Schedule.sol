// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title Schedule: periods of equal length, counted from an anchor.
/// @notice begun = moment < anchor ? 0 : floor((moment - anchor) / every) + 1. Periods missed while away count as one.
library Schedule {
    /// @notice Counts the periods of `every` {s} that have begun by a moment {s}.
    function begun(uint256 moment, uint256 every, uint256 anchor) internal pure returns (uint256) {
        return moment < anchor ? 0 : (moment - anchor) / every + 1;
    }
}
