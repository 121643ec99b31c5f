// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAggregatorV3} from "../interfaces/IOracleHub.sol";

/// @title FeedProxy: a feed's stable address in front of the aggregator of the day.
/// @notice As Chainlink's proxies do, it looks up an access controller (there is none) and the present phase, asks that
/// phase's aggregator, and writes the phase into the round ids. WARNING: for local chains only.
contract FeedProxy is IAggregatorV3 {
    struct Phase {
        uint16 id;
        address aggregator;
    }

    uint256 private constant PHASE_OFFSET = 64;

    address public accessController;
    Phase private _phase;

    constructor(address aggregator_) {
        _phase = Phase(1, aggregator_);
    }

    /// @notice Returns the aggregator behind this proxy.
    function aggregator() external view returns (address) {
        return _phase.aggregator;
    }

    /// @inheritdoc IAggregatorV3
    function decimals() external view returns (uint8) {
        return IAggregatorV3(_phase.aggregator).decimals();
    }

    /// @inheritdoc IAggregatorV3
    function description() external view returns (string memory) {
        return IAggregatorV3(_phase.aggregator).description();
    }

    /// @inheritdoc IAggregatorV3
    function latestRoundData()
        external
        view
        returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)
    {
        require(accessController == address(0), "No access");
        Phase memory current = _phase;
        (roundId, answer, startedAt, updatedAt, answeredInRound) = IAggregatorV3(current.aggregator).latestRoundData();
        uint80 phase = uint80(uint256(current.id) << PHASE_OFFSET);
        return (phase | roundId, answer, startedAt, updatedAt, phase | answeredInRound);
    }
}
