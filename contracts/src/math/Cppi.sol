// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Cppi: how much of a portfolio may be at risk above a floor.
///
/// @notice With all values as integers, and exactly so in every language; `share` is NAV per share, D18{USD/share}:
///
///     top      = peak + floor(peak * riseBps * min(elapsed, 86,400) / (10,000 * 86,400))
///     peak'    = peak = 0 ? share : max(peak, min(share, top))         D18{USD/share}
///     floor    = max(fixed, ceil(peak' * keepBps / 10,000))            D18{USD/share}
///     cushion  = share > floor ? floor((share - floor) * 1e18 / share) : 0                    D18{1} of NAV
///     exposure = min(capBps * 1e14, floor(cushion * multiplierBps / 10,000))                  D18{1} of NAV
///
/// Every step rounds towards the floor: less is at risk.
library Cppi {
    uint256 private constant ONE_D18 = 1e18;
    uint256 private constant BPS = 10_000;
    uint256 private constant BPS_TO_D18 = 1e14;

    /// @notice Returns the best value so far, which rises by no more than `riseBpsPerDay`, and never falls.
    /// @param elapsed {s} since the last peak; a day counts at most
    /// @return D18{USD/share}
    function peakD18(uint256 lastD18, uint256 shareD18, uint256 elapsed, uint256 riseBpsPerDay)
        internal
        pure
        returns (uint256)
    {
        if (lastD18 == 0) return shareD18;
        uint256 riseD18 = lastD18 * riseBpsPerDay * Math.min(elapsed, 1 days) / (BPS * 1 days);
        return Math.max(lastD18, Math.min(shareD18, lastD18 + riseD18));
    }

    /// @return D18{USD/share} rounded up
    function floorD18Up(uint256 fixedD18, uint256 peakD18_, uint256 keepBps) internal pure returns (uint256) {
        return Math.max(fixedD18, Math.ceilDiv(peakD18_ * keepBps, BPS));
    }

    /// @return D18{1} of NAV, rounded down
    function exposureD18Down(uint256 shareD18, uint256 floorD18, uint256 multiplierBps, uint256 capBps)
        internal
        pure
        returns (uint256)
    {
        if (shareD18 <= floorD18) return 0;
        uint256 cushionD18 = (shareD18 - floorD18) * ONE_D18 / shareD18;
        return Math.min(capBps * BPS_TO_D18, cushionD18 * multiplierBps / BPS);
    }
}
