// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title LeakyBucket: a budget that comes back continuously instead of at midnight.
/// @notice A bucket of size `cap` that leaks `cap` per day lets at most cap * (1 + t / 1 day) through in any time t.
library LeakyBucket {
    uint256 private constant BPS_TO_D18 = 1e14;

    /// @notice Returns the size of a bucket.
    /// @return D18{1}
    function sizeD18(uint256 capBpsPerDay) internal pure returns (uint256) {
        return capBpsPerDay * BPS_TO_D18;
    }

    /// @notice Returns what is left of `levelD18` after `elapsed` {s}; the leak is rounded down, the level up.
    /// @return D18{1}, never more than before
    function levelD18Up(uint64 levelD18, uint256 capBpsPerDay, uint256 elapsed) internal pure returns (uint64) {
        return uint64(Math.saturatingSub(levelD18, sizeD18(capBpsPerDay) * elapsed / 1 days));
    }
}
