// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title What a Chainlink-shaped price feed answers.
interface IAggregatorV3 {
    function decimals() external view returns (uint8);
    function description() external view returns (string memory);
    function latestRoundData()
        external
        view
        returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound);
}

/// @title Prices that are fresh, bounded and agreed, or none at all.
interface IOracleHub {
    /// @notice Says whether a price may be used, and if not, why.
    enum Status {
        Ok,
        Unlisted,
        FeedFailed,
        FromTheFuture,
        Stale,
        OutOfBounds,
        SecondaryUnusable,
        Diverged,
        SequencerDown
    }

    /// @notice Says where the price of a token comes from and when it counts.
    /// @param primary feed quoting USD per whole token
    /// @param minAnswer raw answer of the primary that is too low to believe (exclusive); kept to 16 significant bits,
    ///        rounded up
    /// @param maxAnswer raw answer of the primary that is too high to believe (exclusive); rounded down likewise
    /// @param heartbeat {s} age at which the primary stops counting
    /// @param secondary second opinion, or zero for none
    /// @param secondaryHeartbeat {s} age at which the secondary stops counting
    /// @param maxDivergenceBps {bps} largest |primary - secondary| / primary
    struct Listing {
        address primary;
        uint96 minAnswer;
        uint96 maxAnswer;
        uint32 heartbeat;
        address secondary;
        uint32 secondaryHeartbeat;
        uint16 maxDivergenceBps;
    }

    /// @notice A token's listing took effect.
    event Listed(address indexed token, Listing listing, uint8 tokenDecimals);
    /// @notice A change of an existing listing was announced; it may take effect from `readyAt` {s}.
    event RelistQueued(address indexed token, Listing listing, uint256 readyAt);
    /// @notice An announced change was withdrawn.
    event RelistRevoked(address indexed token);

    /// @notice `token` has no usable price; `updatedAt` {s} is the age of the primary's answer.
    error OracleHub__NoPrice(address token, Status status, uint256 answer, uint256 updatedAt);
    /// @notice A listing must make sense before it counts; `reason` says which part does not.
    error OracleHub__BadListing(address token, bytes32 reason);
    /// @notice A change of a listing waits; it was not announced, or not long enough ago.
    error OracleHub__NotReady(address token, uint256 readyAt);

    /// @notice Returns the price, or reverts with the reason.
    /// @return priceD18 D18{USD/tok}
    function price(address token) external view returns (uint256 priceD18);

    /// @notice Returns the price together with the size of a whole token, or reverts with the reason.
    /// @return priceD18 D18{USD/tok}
    /// @return scale {tokAtom/tok} 10 ** decimals, as pinned at listing
    function priced(address token) external view returns (uint256 priceD18, uint256 scale);

    /// @notice Returns price and scale as `priced` does, and whether the price may be used. Reverts only if
    /// the token is not listed: nobody knows what a whole one is then.
    function tryPriced(address token) external view returns (uint256 priceD18, uint256 scale, bool ok);

    /// @notice Returns what is known of the price and whether it may be used. Never reverts.
    /// @return priceD18 D18{USD/tok} zero if there is none
    /// @return updatedAt {s}
    /// @return status `Ok`, or the first reason against it
    function peek(address token) external view returns (uint256 priceD18, uint256 updatedAt, Status status);

    /// @notice Returns the token's decimals as pinned at listing; reverts if it is not listed.
    function decimals(address token) external view returns (uint8);
}
