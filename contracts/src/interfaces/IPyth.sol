// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title The part of Pyth that is used here, from its published ABI.
interface IPyth {
    /// @param price {USD/tok} times 10 ** -expo
    /// @param conf half the width of the confidence interval, in the same unit
    /// @param expo power of ten
    /// @param publishTime {s}
    struct Price {
        int64 price;
        uint64 conf;
        int32 expo;
        uint256 publishTime;
    }

    struct PriceFeed {
        bytes32 id;
        Price price;
        Price emaPrice;
    }

    function getUpdateFee(bytes[] calldata updateData) external view returns (uint256 feeAmount);
    function parsePriceFeedUpdates(
        bytes[] calldata updateData,
        bytes32[] calldata priceIds,
        uint64 minPublishTime,
        uint64 maxPublishTime
    ) external payable returns (PriceFeed[] memory priceFeeds);
}
