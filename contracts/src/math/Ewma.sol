// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Ewma: a variance that forgets, over steps of any length.
///
/// @notice With all values as integers, and exactly so in every language; `v` is variance per second, D36{1/s}:
///
///     r     = min(maxReturn, floor(|now - before| * 1e18 / before))    D18{1}, a simple return, bounded
///     v'    = floor((memory * v + r^2) / (memory + elapsed))           D36{1/s}, memory and elapsed {s}
///     sigma = floor(sqrt(v * 86,400))                                  D18{1/day^0.5}
///     band  = floor(multiplierBps * sigma / 10,000)                    D18{1} of NAV, before its bounds
///     start = floor((dailyBps * 1e14)^2 / 86,400)                      D36{1/s}
///
/// It is v' = lambda * v + (1 - lambda) * r^2 / elapsed with lambda = memory / (memory + elapsed): for steps much shorter than
/// the memory, what is older than it has lost all but 1/e of its weight.
library Ewma {
    uint256 private constant ONE_D18 = 1e18;

    /// @notice Returns the size of a return, and no more than `maxD18` of it.
    /// @return D18{1}
    function returnD18Down(uint256 beforeD18, uint256 nowD18, uint256 maxD18) internal pure returns (uint256) {
        uint256 moveD18 = nowD18 > beforeD18 ? nowD18 - beforeD18 : beforeD18 - nowD18;
        // A move of more than maxD18 times the price before: the quotient is not needed, and might not fit.
        if (moveD18 > Math.mulDiv(beforeD18, maxD18, ONE_D18)) return maxD18;
        return Math.mulDiv(moveD18, ONE_D18, beforeD18);
    }

    /// @return D36{1/s}
    function nextD36Down(uint256 varianceD36, uint256 returnD18, uint256 elapsed, uint256 memory_)
        internal
        pure
        returns (uint256)
    {
        return (memory_ * varianceD36 + returnD18 * returnD18) / (memory_ + elapsed);
    }

    /// @notice Returns the volatility of a day.
    /// @return D18{1/day^0.5}
    function dailyD18Down(uint256 varianceD36) internal pure returns (uint256) {
        return Math.sqrt(varianceD36 * 1 days);
    }

    /// @return D18{1} of NAV
    function bandD18Down(uint256 varianceD36, uint256 multiplierBps) internal pure returns (uint256) {
        return dailyD18Down(varianceD36) * multiplierBps / 10_000;
    }

    /// @notice Returns the variance per second of a volatility of `dailyBps` {bps per day^0.5}.
    /// @return D36{1/s}
    function startD36Down(uint256 dailyBps) internal pure returns (uint256) {
        return (dailyBps * 1e14) ** 2 / 1 days;
    }
}
