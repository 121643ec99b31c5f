// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAggregatorV3} from "../interfaces/IOracleHub.sol";

/// @title Feed: reads a Chainlink-shaped feed that may be broken, hostile or absent, and never reverts.
/// @notice A feed that reverts, has no code or answers too little has failed. No more than the five words of a round are taken:
/// no feed can make its reader pay for more.
library Feed {
    /// @notice Returns the latest round; all zero if the feed has failed.
    /// @return ok false if it has
    /// @return value raw answer
    /// @return startedAt {s}
    /// @return updatedAt {s}
    function round(address feed) internal view returns (bool ok, int256 value, uint256 startedAt, uint256 updatedAt) {
        bytes4 selector = IAggregatorV3.latestRoundData.selector;
        assembly ("memory-safe") {
            mstore(0x00, selector)
            let words := mload(0x40)
            ok := staticcall(gas(), feed, 0x00, 0x04, words, 0xa0)
            ok := and(ok, gt(returndatasize(), 0x9f))
            if ok {
                value := mload(add(words, 0x20))
                startedAt := mload(add(words, 0x40))
                updatedAt := mload(add(words, 0x60))
            }
        }
    }

    /// @notice Returns the latest price and its date. More than 127 bits is garbage.
    /// @return answer raw; zero if there is none
    /// @return updatedAt {s}
    function ask(address feed) internal view returns (uint256 answer, uint256 updatedAt) {
        (bool ok, int256 value,, uint256 time) = round(feed);
        if (ok && value > 0 && value <= type(int128).max) return (uint256(value), time);
    }

    /// @notice Returns the answers at which the feed stops moving: those of the aggregator that it names, or its own.
    /// @return least raw; zero if it tells none
    /// @return most raw; the maximum if it tells none
    function limits(address feed) internal view returns (uint256 least, uint256 most) {
        address aggregator = address(uint160(_word(feed, "aggregator()", uint160(feed))));
        return (_word(aggregator, "minAnswer()", 0), _word(aggregator, "maxAnswer()", type(uint256).max));
    }

    function _word(address target, string memory signature, uint256 otherwise) private view returns (uint256) {
        (bool ok, bytes memory data) = target.staticcall(abi.encodeWithSignature(signature));
        return ok && data.length == 32 ? abi.decode(data, (uint256)) : otherwise;
    }
}
