// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Basket: how far a basket is from its target weights, and what is wanted per share.
///
/// @notice With all values as integers, and exactly so in every language; `worth` of one asset and `nav` of all are D18{USD},
/// weights and half-widths D18{1}:
///
///     gap      = |worth * 1e18 - nav * weight|                          D36{USD}
///     outside  = gap > nav * half
///     half     = min(absoluteBps * 1e14, floor(weight * relativeBps / 10,000)), either left out if 0 bps (the second also
///                if the weight is 0), 1e18 without both: no weight is further from its target
///     delta    = floor(gap / nav)                                       D18{1}
///     turnover = floor(sum of delta / 2), squares = sum of delta^2      D18{1}, D36{1}
///     kept     = min(1e18, least of floor(nav * floor(half * landBps / 10,000) * 1e18 / gap) over all gaps above 0)
///     landed   = weight +/- floor(delta * kept / 1e18), towards where the asset is now
///     units    = floor(navPerShare * weight * scale / (price * 1e18))   {tokAtom per 1e18 shares}, scale = 10 ** decimals
///
/// `kept` shrinks all deviations alike, until the last asset stands at `landBps` of its half-width: what is sold still pays for
/// what is bought, so the weights still make a whole.
library Basket {
    uint256 private constant ONE_D18 = 1e18;
    uint256 private constant BPS = 10_000;
    uint256 private constant BPS_TO_D18 = 1e14;

    /// @return D36{USD}
    function gapD36(uint256 worthD18, uint256 navD18, uint256 weightD18) internal pure returns (uint256) {
        (uint256 heldD36, uint256 wantedD36) = (worthD18 * ONE_D18, navD18 * weightD18);
        return heldD36 > wantedD36 ? heldD36 - wantedD36 : wantedD36 - heldD36;
    }

    /// @notice Says whether a weight is further from its target than `halfD18`.
    function isOutside(uint256 worthD18, uint256 navD18, uint256 weightD18, uint256 halfD18)
        internal
        pure
        returns (bool)
    {
        return gapD36(worthD18, navD18, weightD18) > navD18 * halfD18;
    }

    /// @notice Returns the narrower of an absolute and a relative band.
    /// @return D18{1}
    function halfD18Down(uint256 absoluteBps, uint256 relativeBps, uint256 weightD18) internal pure returns (uint256) {
        uint256 absoluteD18 = absoluteBps == 0 ? ONE_D18 : absoluteBps * BPS_TO_D18;
        if (relativeBps == 0 || weightD18 == 0) return absoluteD18;
        return Math.min(absoluteD18, weightD18 * relativeBps / BPS);
    }

    /// @notice Returns what must be sold to be on target, and the squared distance from it.
    /// @return turnoverD18 D18{1} of NAV
    /// @return squaresD36 D36{1}
    function distance(uint256[] memory worthsD18, uint256 navD18, uint256[] memory weightsD18)
        internal
        pure
        returns (uint256 turnoverD18, uint256 squaresD36)
    {
        for (uint256 i; i < worthsD18.length; ++i) {
            uint256 deltaD18 = gapD36(worthsD18[i], navD18, weightsD18[i]) / navD18;
            turnoverD18 += deltaD18;
            squaresD36 += deltaD18 * deltaD18;
        }
        turnoverD18 /= 2;
    }

    /// @notice Returns the part of every deviation that may stay.
    /// @return keptD18 D18{1} rounded down: nobody stands beyond the edge
    function keptD18Down(
        uint256[] memory worthsD18,
        uint256 navD18,
        uint256[] memory weightsD18,
        uint256[] memory halvesD18,
        uint256 landBps
    ) internal pure returns (uint256 keptD18) {
        keptD18 = ONE_D18;
        for (uint256 i; i < worthsD18.length; ++i) {
            uint256 gap = gapD36(worthsD18[i], navD18, weightsD18[i]);
            if (gap == 0) continue;
            keptD18 = Math.min(keptD18, Math.mulDiv(navD18 * (halvesD18[i] * landBps / BPS), ONE_D18, gap));
        }
    }

    /// @notice Returns the weight at which an asset lands that keeps a part of its deviation.
    /// @return D18{1}
    function landedD18(uint256 worthD18, uint256 navD18, uint256 weightD18, uint256 keptD18)
        internal
        pure
        returns (uint256)
    {
        uint256 deltaD18 = gapD36(worthD18, navD18, weightD18) / navD18 * keptD18 / ONE_D18;
        return worthD18 * ONE_D18 > navD18 * weightD18 ? weightD18 + deltaD18 : weightD18 - deltaD18;
    }

    /// @notice Returns the atoms per 1e18 shares that make up a weight; rounded down, the rest stays where it is.
    /// @return {tokAtom}
    function unitsDown(uint256 navPerShareD18, uint256 weightD18, uint256 priceD18, uint256 scale)
        internal
        pure
        returns (uint256)
    {
        return Math.mulDiv(navPerShareD18 * weightD18, scale, priceD18 * ONE_D18);
    }
}
