// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAggregatorV3} from "../interfaces/IOracleHub.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

/// @title FeedAggregator: what stands behind a feed's proxy, with what reading it costs.
/// @notice Chainlink's off-chain reporting aggregators look up whether the reader may read, which round is the latest, and
/// the round itself: three slots of storage in two contracts. Gas is measured against this shape, not against a feed that
/// answers from one slot. WARNING: for local chains only; its owner says the price.
contract FeedAggregator is IAggregatorV3, Ownable {
    struct HotVars {
        uint128 configDigest;
        uint32 latestRoundId;
    }

    struct Transmission {
        int192 answer;
        uint64 timestamp;
    }

    uint8 public constant decimals = 8;
    string public constant description = "TOK / USD";
    int192 public immutable minAnswer;
    int192 public immutable maxAnswer;

    mapping(address reader => bool) private _mayRead;
    HotVars private _hotVars;
    mapping(uint32 roundId => Transmission) private _transmissions;

    /// @notice The proxy was not let in.
    error FeedAggregator__NoAccess(address reader);

    constructor(int192 minAnswer_, int192 maxAnswer_, address owner_) Ownable(owner_) {
        minAnswer = minAnswer_;
        maxAnswer = maxAnswer_;
    }

    /// @notice Lets `reader` read. Owner.
    function addAccess(address reader) external onlyOwner {
        _mayRead[reader] = true;
    }

    /// @notice Sets the answer, dated now. Owner.
    function set(int192 answer) external onlyOwner {
        uint32 roundId = ++_hotVars.latestRoundId;
        _transmissions[roundId] = Transmission(answer, uint64(block.timestamp));
    }

    /// @inheritdoc IAggregatorV3
    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        if (!_mayRead[msg.sender]) revert FeedAggregator__NoAccess(msg.sender);
        uint32 roundId = _hotVars.latestRoundId;
        Transmission memory last = _transmissions[roundId];
        return (roundId, last.answer, last.timestamp, last.timestamp, roundId);
    }
}
