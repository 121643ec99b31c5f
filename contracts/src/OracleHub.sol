// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAggregatorV3, IOracleHub} from "./interfaces/IOracleHub.sol";
import {Short} from "./math/Short.sol";
import {Feed} from "./sources/Feed.sol";
import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

/// @title OracleHub: prices that are fresh, bounded and agreed, or none at all.
///
/// @notice PURPOSE
/// Turns Chainlink-shaped feeds into D18{USD/tok} and says no whenever there is a reason to.
///
/// INVARIANTS
/// - A price is returned only if the sequencer feed (if any) has been up for the grace time, the answer is not older than
///   its heartbeat nor from the future, it lies strictly inside its bounds, and the secondary (if any) is usable too and agrees.
/// - The bounds lie strictly inside the feed's own circuit breaker, where the feed tells it: a clamped answer is no answer.
/// - Decimals of token and feed are read once, at listing, and pinned.
/// - Changing an existing listing waits `delay`; a first listing does not, for no vault can depend on it yet.
///
/// ASSUMPTIONS
/// - A feed quotes USD per whole token. Feeds are contracts the owner trusts not to waste gas.
///
/// LIVENESS
/// A token whose feed fails has no price until the feed recovers or a relisting takes effect. Redeeming never asks.
///
/// ROLES, by the harm they could do
/// - Owner: after the delay, price a token wrongly, which the settler's buckets then bound per day in terms of that price.
///
/// WARNINGS
/// - `peek` returns a number also when its status says that it may not be used: it is for display.
contract OracleHub is IOracleHub, Ownable2Step {
    /// @dev What the primary needs, in one slot. What the secondary needs is another, read only if there is one.
    /// @param minAnswer short, see Short: rounded up, so that it is never looser than what was listed
    /// @param maxAnswer short, rounded down for the same reason
    struct Entry {
        address primary;
        uint24 heartbeat;
        uint24 minAnswer;
        uint24 maxAnswer;
        uint8 primaryDecimals;
        uint8 tokenDecimals;
        bool hasSecondary;
    }

    struct Second {
        address feed;
        uint24 heartbeat;
        uint16 maxDivergenceBps;
        uint8 decimals;
    }

    struct Pending {
        bytes32 listingHash;
        uint256 readyAt;
    }

    uint8 public constant MAX_FEED_DECIMALS = 18;
    uint8 public constant MAX_TOKEN_DECIMALS = 24;
    /// @notice {s} longest age at which a feed may still count.
    uint256 public constant MAX_HEARTBEAT = 90 days;
    /// @notice {s} least delay that a deployment may choose.
    uint256 public constant MIN_DELAY = 1 days;
    /// @notice {s} that a sequencer must have been up before prices count again.
    uint256 public constant SEQUENCER_GRACE = 1 hours;

    /// @notice {s} between announcing a relisting and the first moment it may happen.
    uint256 public immutable delay;
    /// @notice Feed that answers 0 while the chain's sequencer is up, or zero on a chain that has none.
    address public immutable sequencerFeed;

    mapping(address token => Entry) private _entries;
    mapping(address token => Second) private _seconds;
    mapping(address token => Pending) public pending;

    constructor(address owner_, uint256 delay_, address sequencerFeed_) Ownable(owner_) {
        if (delay_ < MIN_DELAY) revert OracleHub__BadListing(address(0), "delay");
        delay = delay_;
        sequencerFeed = sequencerFeed_;
    }

    // ----------------------------------------------------------------- listing

    /// @notice Lists `token`, at once if it is new; announces the change if it is not. Owner.
    function list(address token, Listing calldata listing) external onlyOwner {
        if (_entries[token].primary == address(0)) return _enter(token, listing);
        uint256 readyAt = block.timestamp + delay;
        pending[token] = Pending(keccak256(abi.encode(listing)), readyAt);
        emit RelistQueued(token, listing, readyAt);
    }

    /// @notice Puts an announced change into effect, after the delay. Owner.
    function relist(address token, Listing calldata listing) external onlyOwner {
        Pending memory waiting = pending[token];
        bool announced = waiting.listingHash == keccak256(abi.encode(listing));
        if (!announced || block.timestamp < waiting.readyAt) revert OracleHub__NotReady(token, waiting.readyAt);
        delete pending[token];
        _enter(token, listing);
    }

    /// @notice Withdraws an announced change. Owner.
    function revoke(address token) external onlyOwner {
        delete pending[token];
        emit RelistRevoked(token);
    }

    // ------------------------------------------------------------------- views

    /// @inheritdoc IOracleHub
    function price(address token) external view returns (uint256 priceD18) {
        (priceD18,) = priced(token);
    }

    /// @inheritdoc IOracleHub
    function priced(address token) public view returns (uint256 priceD18, uint256 scale) {
        Entry memory entry = _entries[token];
        uint256 updatedAt;
        Status status;
        (priceD18, updatedAt, status) = _look(token, entry);
        if (status != Status.Ok) revert OracleHub__NoPrice(token, status, priceD18, updatedAt);
        scale = 10 ** entry.tokenDecimals;
    }

    /// @inheritdoc IOracleHub
    function tryPriced(address token) public view returns (uint256 priceD18, uint256 scale, bool ok) {
        Entry memory entry = _entries[token];
        Status status;
        (priceD18,, status) = _look(token, entry);
        if (status == Status.Unlisted) revert OracleHub__NoPrice(token, status, 0, 0);
        return (priceD18, 10 ** entry.tokenDecimals, status == Status.Ok);
    }

    /// @inheritdoc IOracleHub
    function peek(address token) external view returns (uint256 priceD18, uint256 updatedAt, Status status) {
        return _look(token, _entries[token]);
    }

    /// @inheritdoc IOracleHub
    function decimals(address token) external view returns (uint8) {
        Entry storage entry = _entries[token];
        if (entry.primary == address(0)) revert OracleHub__NoPrice(token, Status.Unlisted, 0, 0);
        return entry.tokenDecimals;
    }

    /// @notice Returns how `token` is listed; all zero if it is not.
    function listingOf(address token) external view returns (Listing memory) {
        Entry memory entry = _entries[token];
        Second memory second = _seconds[token];
        return Listing({
            primary: entry.primary,
            minAnswer: uint96(Short.unpack(entry.minAnswer)),
            maxAnswer: uint96(Short.unpack(entry.maxAnswer)),
            heartbeat: entry.heartbeat,
            secondary: second.feed,
            secondaryHeartbeat: second.heartbeat,
            maxDivergenceBps: second.maxDivergenceBps
        });
    }

    // ----------------------------------------------------------------- looking

    function _look(address token, Entry memory entry)
        internal
        view
        virtual
        returns (uint256 priceD18, uint256 updatedAt, Status status)
    {
        address primary = entry.primary;
        if (primary == address(0)) return (0, 0, Status.Unlisted);
        uint256 answer;
        (answer, updatedAt) = Feed.ask(primary);
        if (answer == 0) return (0, 0, Status.FeedFailed);
        priceD18 = answer * 10 ** (MAX_FEED_DECIMALS - entry.primaryDecimals);
        if (!_sequencerUp()) return (priceD18, updatedAt, Status.SequencerDown);
        status = _fresh(updatedAt, entry.heartbeat);
        if (status != Status.Ok) return (priceD18, updatedAt, status);
        bool outside = answer <= Short.unpack(entry.minAnswer) || answer >= Short.unpack(entry.maxAnswer);
        if (outside) return (priceD18, updatedAt, Status.OutOfBounds);
        if (entry.hasSecondary) status = _agree(_seconds[token], priceD18);
    }

    function _agree(Second memory second, uint256 priceD18) private view returns (Status) {
        (uint256 answer, uint256 updatedAt) = Feed.ask(second.feed);
        if (answer == 0 || _fresh(updatedAt, second.heartbeat) != Status.Ok) return Status.SecondaryUnusable;
        uint256 otherD18 = answer * 10 ** (MAX_FEED_DECIMALS - second.decimals);
        uint256 gapD18 = otherD18 > priceD18 ? otherD18 - priceD18 : priceD18 - otherD18;
        return gapD18 * 10_000 > priceD18 * second.maxDivergenceBps ? Status.Diverged : Status.Ok;
    }

    function _fresh(uint256 updatedAt, uint256 heartbeat) private view returns (Status) {
        if (updatedAt > block.timestamp) return Status.FromTheFuture;
        return block.timestamp - updatedAt > heartbeat ? Status.Stale : Status.Ok;
    }

    function _sequencerUp() private view returns (bool) {
        if (sequencerFeed == address(0)) return true;
        (bool ok, int256 down, uint256 startedAt,) = Feed.round(sequencerFeed);
        if (!ok || down != 0 || startedAt == 0 || startedAt > block.timestamp) return false;
        return block.timestamp - startedAt > SEQUENCER_GRACE;
    }

    // ---------------------------------------------------------------- entering

    function _enter(address token, Listing calldata listing) private {
        bool lasting = listing.heartbeat <= MAX_HEARTBEAT && listing.secondaryHeartbeat <= MAX_HEARTBEAT;
        _require(lasting, token, "heartbeat");
        Entry memory entry = Entry({
            primary: listing.primary,
            heartbeat: uint24(listing.heartbeat),
            minAnswer: Short.packUp(listing.minAnswer),
            maxAnswer: Short.packDown(listing.maxAnswer),
            primaryDecimals: IAggregatorV3(listing.primary).decimals(),
            tokenDecimals: IERC20Metadata(token).decimals(),
            hasSecondary: listing.secondary != address(0)
        });
        Second memory second = Second({
            feed: listing.secondary,
            heartbeat: uint24(listing.secondaryHeartbeat),
            maxDivergenceBps: listing.maxDivergenceBps,
            decimals: entry.hasSecondary ? IAggregatorV3(listing.secondary).decimals() : 0
        });
        _requireSensible(token, listing, entry, second);
        (_entries[token], _seconds[token]) = (entry, second);
        (,, Status status) = _look(token, entry);
        _require(status == Status.Ok, token, "no usable price now");
        emit Listed(token, listing, entry.tokenDecimals);
    }

    function _requireSensible(address token, Listing calldata listing, Entry memory entry, Second memory second)
        private
        view
    {
        _require(entry.tokenDecimals <= MAX_TOKEN_DECIMALS, token, "token decimals");
        bool readable = entry.primaryDecimals <= MAX_FEED_DECIMALS && second.decimals <= MAX_FEED_DECIMALS;
        _require(readable, token, "feed decimals");
        bool bounded = Short.unpack(entry.minAnswer) < Short.unpack(entry.maxAnswer);
        _require(entry.heartbeat != 0 && bounded, token, "bounds");
        bool another = second.feed != entry.primary && second.heartbeat != 0 && second.maxDivergenceBps != 0;
        _require(!entry.hasSecondary || another, token, "secondary");
        // An answer at the feed's own circuit breaker is no answer.
        (uint256 least, uint256 most) = Feed.limits(entry.primary);
        _require(listing.minAnswer > least, token, "min answer");
        _require(listing.maxAnswer < most, token, "max answer");
    }

    function _require(bool right, address token, bytes32 what) private pure {
        if (!right) revert OracleHub__BadListing(token, what);
    }
}
