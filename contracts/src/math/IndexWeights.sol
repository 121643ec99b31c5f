// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title IndexWeights: weights in proportion to sizes, none of them above a cap.
///
/// @notice With all values as integers, and exactly so in every language:
///
///     room = 1e18 - cap * (number of capped members), free = sum of the sizes of the others
///     a member that is not capped yet is capped if size * room > cap * free; again, until none is
///     weight = cap for the capped, floor(size * room / free) for the others                   D18{1}
///
/// What a cap takes from the large goes to the others in proportion: they keep their proportions to each other. The weights
/// make a whole but for less than one unit of 1e-18 per member, if members * cap >= 1e18.
library IndexWeights {
    uint256 private constant ONE_D18 = 1e18;

    /// @param sizes of any one unit, each under 2^128
    /// @param capD18 D18{1} above 0 and at most 1e18
    /// @return weightsD18 D18{1} rounded down
    function cappedD18Down(uint256[] memory sizes, uint256 capD18) internal pure returns (uint256[] memory weightsD18) {
        weightsD18 = new uint256[](sizes.length);
        (uint256 room, uint256 free) = (ONE_D18, 0);
        for (uint256 i; i < sizes.length; ++i) {
            free += sizes[i];
        }
        for (bool again = true; again;) {
            (again, room, free) = _capOnce(sizes, weightsD18, capD18, room, free);
        }
        for (uint256 i; i < sizes.length; ++i) {
            if (weightsD18[i] == 0 && sizes[i] != 0) weightsD18[i] = Math.mulDiv(sizes[i], room, free);
        }
    }

    /// @dev Caps all that are above the cap when the others share `room`; those capped before have their weight already.
    function _capOnce(uint256[] memory sizes, uint256[] memory weightsD18, uint256 capD18, uint256 room, uint256 free)
        private
        pure
        returns (bool again, uint256 roomLeft, uint256 freeLeft)
    {
        (roomLeft, freeLeft) = (room, free);
        for (uint256 i; i < sizes.length; ++i) {
            if (weightsD18[i] != 0 || sizes[i] * room <= capD18 * free) continue;
            weightsD18[i] = capD18;
            // Together those above the cap had more than a cap each of the room: it does not run out.
            (roomLeft, freeLeft) = (roomLeft - capD18, freeLeft - sizes[i]);
            again = true;
        }
    }
}
