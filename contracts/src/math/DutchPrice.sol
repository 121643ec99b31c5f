// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title DutchPrice: what must be paid for a sale, from the oracle's prices and the time.
///
/// @notice With all values as integers, and exactly so in every language:
///
///     factor   = elapsed >= decay
///              ? 1e18 - floorDiscBps * 1e14
///              : 1e18 + startPremBps * 1e14 - floor((startPremBps + floorDiscBps) * 1e14 * elapsed / decay)
///     worth    = ceil(sold  * sellPriceD18 / sellScale)       D18{USD}, sellScale = 10 ** decimals
///     ask      = ceil(worth * factor / 1e18)                  D18{USD}
///     required = ceil(ask   * buyScale / buyPriceD18)         {buyAtom}
///
/// Every step rounds towards the vault: the filler loses the atom.
library DutchPrice {
    uint256 private constant ONE_D18 = 1e18;
    uint256 private constant BPS_TO_D18 = 1e14;

    /// @notice Returns the price as a multiple of the oracle's, falling in a line from premium to discount.
    /// @param elapsed {s} since the start
    /// @param decay {s} from the premium to the discount
    /// @return D18{1}
    function factorD18Up(uint256 elapsed, uint256 decay, uint256 startPremBps, uint256 floorDiscBps)
        internal
        pure
        returns (uint256)
    {
        uint256 floorD18 = floorDiscBps * BPS_TO_D18;
        if (elapsed >= decay) return ONE_D18 - floorD18;
        uint256 startD18 = startPremBps * BPS_TO_D18;
        return ONE_D18 + startD18 - (startD18 + floorD18) * elapsed / decay;
    }

    /// @notice Returns what `sold` atoms at a price are worth, rounded up.
    /// @return D18{USD}
    function worthD18Up(uint256 atoms, uint256 priceD18, uint256 scale) internal pure returns (uint256) {
        return Math.mulDiv(atoms, priceD18, scale, Math.Rounding.Ceil);
    }

    /// @notice Returns what `atoms` at a price are worth, rounded down.
    /// @return D18{USD}
    function worthD18Down(uint256 atoms, uint256 priceD18, uint256 scale) internal pure returns (uint256) {
        return Math.mulDiv(atoms, priceD18, scale);
    }

    /// @notice Returns how many atoms at a price make up `factorD18` times `worthD18`, rounded up.
    /// @return {buyAtom}
    function requiredUp(uint256 worthD18, uint256 factorD18, uint256 priceD18, uint256 scale)
        internal
        pure
        returns (uint256)
    {
        uint256 askD18 = Math.mulDiv(worthD18, factorD18, ONE_D18, Math.Rounding.Ceil);
        return Math.mulDiv(askD18, scale, priceD18, Math.Rounding.Ceil);
    }
}
