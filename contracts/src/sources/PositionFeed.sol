// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAdapter} from "../interfaces/IAdapter.sol";
import {IAggregatorV3, IOracleHub} from "../interfaces/IOracleHub.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title PositionFeed: the USD price of a position's share, for the hub to list like that of any token.
///
/// @notice PURPOSE
/// price = sum over what a share is made of: (the adapter's manipulation-safe rate) * (the hub's price).
///
/// INVARIANTS
/// - There is an answer only while the hub has a usable price of every part.
/// - It is as old as the oldest of these prices: poking the adapter makes no price fresh.
///
/// ASSUMPTIONS
/// - The adapter's rates are safe, see there. No part is the share itself, nor priced through it.
///
/// WARNINGS
/// - List it with the heartbeat of its slowest part. A secondary built on the same parts is no second opinion.
contract PositionFeed is IAggregatorV3 {
    uint256 private constant ONE_D18 = 1e18;

    /// @inheritdoc IAggregatorV3
    uint8 public constant decimals = 18;

    IAdapter public immutable adapter;
    IOracleHub public immutable hub;
    /// @notice {shareAtom/share}
    uint256 public immutable shareScale;

    /// @notice The hub has no usable price of `token`.
    error PositionFeed__NoPrice(address token, IOracleHub.Status status);

    constructor(IAdapter adapter_, IOracleHub hub_) {
        adapter = adapter_;
        hub = hub_;
        shareScale = 10 ** IERC20Metadata(adapter_.share()).decimals();
    }

    /// @inheritdoc IAggregatorV3
    function description() external view returns (string memory) {
        return string.concat(IERC20Metadata(adapter.share()).symbol(), " / USD");
    }

    /// @inheritdoc IAggregatorV3
    /// @dev The answer is D18{USD/share}, rounded down.
    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        address[] memory parts = adapter.assets();
        uint256[] memory ratesD18 = adapter.rateD18s();
        uint256 answerD18;
        uint256 oldest = type(uint256).max;
        for (uint256 i; i < parts.length; ++i) {
            (uint256 priceD18, uint256 updatedAt, IOracleHub.Status status) = hub.peek(parts[i]);
            if (status != IOracleHub.Status.Ok) revert PositionFeed__NoPrice(parts[i], status);
            // {assetAtom per 1e18 shareAtom} * {shareAtom/share} / 1e18 = {assetAtom/share}; the last division comes last
            uint256 scale = 10 ** hub.decimals(parts[i]);
            answerD18 += Math.mulDiv(ratesD18[i] * shareScale, priceD18, scale * ONE_D18);
            oldest = Math.min(oldest, updatedAt);
        }
        return (1, int256(answerD18), oldest, oldest, 1);
    }
}
