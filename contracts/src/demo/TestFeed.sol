// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAggregatorV3} from "../interfaces/IOracleHub.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

/// @title TestFeed: a Chainlink-shaped feed whose owner says the price.
/// @notice It clamps answers to [minAnswer, maxAnswer], as the aggregators of the real ones do.
/// WARNING: for local chains only.
contract TestFeed is IAggregatorV3, Ownable {
    struct Round {
        uint128 answer;
        uint40 updatedAt;
        uint80 roundId;
    }

    uint8 public immutable decimals;
    int192 public immutable minAnswer;
    int192 public immutable maxAnswer;
    string public description;

    Round private _latest;

    event AnswerUpdated(int256 indexed current, uint256 indexed roundId, uint256 updatedAt);

    constructor(string memory description_, uint8 decimals_, int192 minAnswer_, int192 maxAnswer_, address owner_)
        Ownable(owner_)
    {
        description = description_;
        decimals = decimals_;
        minAnswer = minAnswer_;
        maxAnswer = maxAnswer_;
    }

    /// @notice Sets the answer, dated now. Owner.
    function set(uint128 answer) external {
        setAt(answer, block.timestamp);
    }

    /// @notice Sets the answer with a date of its own. Owner.
    function setAt(uint128 answer, uint256 updatedAt) public onlyOwner {
        uint128 low = uint128(uint192(minAnswer));
        uint128 high = uint128(uint192(maxAnswer));
        uint128 clamped = answer < low ? low : answer > high ? high : answer;
        _latest = Round(clamped, uint40(updatedAt), _latest.roundId + 1);
        emit AnswerUpdated(int256(uint256(clamped)), _latest.roundId, updatedAt);
    }

    /// @notice Returns itself: the aggregator behind this proxy.
    function aggregator() external view returns (address) {
        return address(this);
    }

    /// @inheritdoc IAggregatorV3
    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        Round memory round = _latest;
        return (round.roundId, int256(uint256(round.answer)), round.updatedAt, round.updatedAt, round.roundId);
    }
}
