// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {PolicyMoves} from "./PolicyMoves.sol";
import {World} from "./World.sol";

/// @title Everything that anybody may do to a vault, in any order, in any weather.
contract Handler is PolicyMoves {
    constructor(System memory system) World(system) {}

    function movePrice(uint256 i, uint256 bps) external {
        i %= 5;
        if (brokenFrom[i] != 0) return;
        (, int256 answer,,,) = feeds[i].latestRoundData();
        uint256 price = uint256(answer) * bound(bps, 9000, 11_000) / 10_000;
        feeds[i].set(uint128(price < 1000 ? 1000 : price > 1e14 ? 1e14 : price));
    }

    function wait(uint256 time) external {
        _pass(bound(time, 1, 30 minutes));
    }

    /// @dev Half of the time all feeds are mended; else one stops, or says the least or the most it can.
    function breakFeed(uint256 i, uint256 kind) external {
        if (kind % 2 == 0) {
            for (uint256 k; k < 5; ++k) {
                if (brokenFrom[k] != 0) feeds[k].set(uint128(brokenFrom[k]));
                brokenFrom[k] = 0;
            }
            return;
        }
        i %= 5;
        if (brokenFrom[i] != 0) return;
        (, int256 answer,,,) = feeds[i].latestRoundData();
        brokenFrom[i] = uint256(answer);
        if (kind % 4 == 1) feeds[i].setAt(uint128(uint256(answer)), block.timestamp - 1 hours - 1);
        else feeds[i].set((kind >> 2) % 2 == 0 ? 1 : 1e18);
    }
}
