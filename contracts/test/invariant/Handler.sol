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

    /// @dev Mostly all feeds are mended; else one stops, or says the least or the most it can.
    function breakFeed(uint256 i, uint256 kind) external {
        if (kind % 4 != 3) {
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
        if ((kind >> 2) % 2 == 0) feeds[i].setAt(uint128(uint256(answer)), block.timestamp - 1 hours - 1);
        else feeds[i].set((kind >> 3) % 2 == 0 ? 1 : 1e18);
    }

    // ------------------------------------------- what random moves hardly ever do one after another

    function trade(uint256 from, uint256 to, uint256 bps, uint256 seed) external {
        propose(from, to, bps, seed % 100, 100 + (1 << 32));
        _pass(seed % 10 minutes);
        fill(seed, from, to, seed >> 8);
        fill(seed >> 16, from, to, seed >> 24);
    }

    function auctionOff(uint256 from, uint256 to, uint256 bps, uint256 seed) external {
        propose(from, to, bps, 0, 100 + (1 << 32));
        arm(from, to, bound(seed, 1, 100), 1, 1 + 8 * (seed % 1000));
        execute(seed >> 16, seed >> 24, seed >> 32);
    }
}
