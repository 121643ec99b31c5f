// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Cppi} from "../math/Cppi.sol";
import {Rule} from "./Rule.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title Ratchet: the best value that a share has had, noted by anyone, and never lowered.
///
/// @notice INVARIANTS
/// - The peak only rises, and by no more than its rule allows per day; a day counts at most, however long nobody came. A price
///   that is high for a moment lifts it by no more than that, whoever picks the moment.
///
/// WARNINGS
/// - A peak is what `ratchet` has noted: somebody must call it. The first that is noted counts in full.
abstract contract Ratchet is Rule {
    /// @param shareD18 D18{USD/share}
    /// @param notedAt {s} when it was noted
    struct Peak {
        uint96 shareD18;
        uint32 notedAt;
    }

    /// @notice Returns the best value of a share that was noted for a vault, and when.
    mapping(address vault => Peak) public peakOf;

    event Ratcheted(address indexed vault, uint256 shareD18);

    /// @notice Notes the value of a share if it is the best so far. Anyone.
    function ratchet(address vault) external {
        uint256 peakD18 = _peakD18(vault, _navPerShareD18(_bookOf(vault)));
        if (peakD18 <= peakOf[vault].shareD18) return;
        peakOf[vault] = Peak(SafeCast.toUint96(peakD18), uint32(block.timestamp));
        emit Ratcheted(vault, peakD18);
    }

    /// @dev {bps} of the peak by which it may rise in a day.
    function _riseBpsOf(address vault) internal view virtual returns (uint256);

    /// @dev The peak that `ratchet` would note now.
    function _peakD18(address vault, uint256 shareD18) internal view returns (uint256) {
        Peak memory peak = peakOf[vault];
        return Cppi.peakD18(peak.shareD18, shareD18, block.timestamp - peak.notedAt, _riseBpsOf(vault));
    }
}
