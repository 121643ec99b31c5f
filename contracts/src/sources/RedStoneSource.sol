// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAggregatorV3} from "../interfaces/IOracleHub.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title RedStoneSource: the median of signed data packages as a feed that the oracle hub can list.
///
/// @notice PURPOSE
/// Takes a payload as RedStone's gateways serve it, checks every package in it, and keeps the median as a round.
///
/// The payload: packages of 142 bytes, count of packages (2), unsigned metadata, its size (3), marker (9). A package: feed
/// id (32), value (32), timestamp {ms} (6), value size = 32 (4), count of points = 1 (3), all of it signed; signature (65).
///
/// INVARIANTS
/// - At least `quorum` packages, each signed by another of `signers`, in canonical form; one bad package spoils the payload.
/// - Every package is for this feed alone and has the one timestamp, not more than 3 minutes old nor more than 1 minute ahead.
/// - Timestamps of rounds strictly rise. A payload has exactly the length its counts say, and at most `MAX_PAYLOAD` bytes.
/// - As long as fewer than half of the packages lie, the median lies between two honest values.
///
/// LIVENESS
/// Somebody must bring payloads. Anyone may. How old a round may get is the hub's heartbeat for this feed.
///
/// ROLES
/// None. Another set of signers is another source, which the hub lists after its delay.
///
/// WARNINGS
/// - Inside the 3 minutes, the one who brings a payload chooses which, forward only. For fills the hub's heartbeat and a second
///   source bound what that is worth.
contract RedStoneSource is IAggregatorV3 {
    /// @param answer with 8 decimals
    /// @param timestamp {ms}
    /// @param takenAt {s} the timestamp, or when the round was taken if that was earlier
    struct Round {
        uint128 answer;
        uint64 timestamp;
        uint64 takenAt;
    }

    uint8 public constant decimals = 8;
    uint256 public constant MAX_SIGNERS = 16;
    /// @notice {byte} Every signer's package, and room for metadata.
    uint256 public constant MAX_PAYLOAD = MAX_SIGNERS * PACKAGE + 512;
    uint256 public constant MAX_AGE = 180 seconds;
    uint256 public constant MAX_AHEAD = 60 seconds;
    bytes9 public constant MARKER = 0x000002ed57011e0000;

    uint256 private constant PACKAGE = 142;
    uint256 private constant SIGNED = 77;
    /// @dev Size and marker at the very end, and the count of packages before the metadata.
    uint256 private constant TAIL = 12;
    uint256 private constant COUNT = 2;

    bytes32 public immutable feedId;
    uint256 public immutable quorum;
    string public description;

    address[] private _signers;
    Round private _round;

    event Updated(uint256 answer, uint256 timestamp, uint256 packages);

    /// @notice One to 16 different signers, none of them zero, and a quorum of them.
    error RedStoneSource__BadSettings(address[] signers, uint256 quorum);
    /// @notice The payload has not the shape above.
    error RedStoneSource__BadPayload(uint256 length);
    /// @notice Package `index` is not one value of 32 bytes, above zero, for this feed.
    error RedStoneSource__BadPackage(uint256 index, bytes32 feedId, uint256 value);
    /// @notice Fewer packages than the quorum.
    error RedStoneSource__NoQuorum(uint256 packages, uint256 quorum);
    /// @notice `signer` is not one of the signers.
    error RedStoneSource__NotASigner(address signer);
    /// @notice `signer` signed two packages of one payload.
    error RedStoneSource__Repeated(address signer);
    /// @notice Timestamps {ms} of one payload are equal.
    error RedStoneSource__MixedTimes(uint256 timestamp, uint256 other);
    /// @notice The timestamp {ms} is too old, too far ahead, or not after the `last` round's.
    error RedStoneSource__BadTime(uint256 timestamp, uint256 last, uint256 time);
    /// @notice There is no round yet.
    error RedStoneSource__NoRound();

    constructor(bytes32 feedId_, address[] memory signers_, uint256 quorum_, string memory description_) {
        uint256 count = signers_.length;
        if (quorum_ == 0 || quorum_ > count || count > MAX_SIGNERS) {
            revert RedStoneSource__BadSettings(signers_, quorum_);
        }
        for (uint256 i; i < count; ++i) {
            bool ascends = signers_[i] > (i == 0 ? address(0) : signers_[i - 1]);
            if (!ascends) revert RedStoneSource__BadSettings(signers_, quorum_);
        }
        (feedId, quorum, description, _signers) = (feedId_, quorum_, description_, signers_);
    }

    /// @notice Takes a newer payload. Anyone.
    function update(bytes calldata payload) external {
        uint256 count = _countOf(payload);
        _requireQuorum(count);
        uint256[] memory values = new uint256[](count);
        uint256 timestamp;
        uint256 seen;
        for (uint256 i; i < count; ++i) {
            bytes calldata package = payload[i * PACKAGE:(i + 1) * PACKAGE];
            uint256 time = uint48(bytes6(package[64:70]));
            if (i == 0) timestamp = time;
            if (time != timestamp) revert RedStoneSource__MixedTimes(time, timestamp);
            values[i] = _valueOf(i, package);
            seen = _mark(seen, ECDSA.recoverCalldata(keccak256(package[:SIGNED]), package[SIGNED:]));
        }
        _requireTime(timestamp, _round.timestamp);
        uint128 answer = uint128(_median(values));
        _round = Round(answer, uint64(timestamp), uint64(Math.min(timestamp / 1000, block.timestamp)));
        emit Updated(answer, timestamp, count);
    }

    /// @inheritdoc IAggregatorV3
    /// @dev A timestamp that was ahead of the chain's clock counts from when it came: a round never grows younger.
    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        Round memory round = _round;
        if (round.timestamp == 0) revert RedStoneSource__NoRound();
        (uint256 time, int256 answer) = (round.takenAt, int256(uint256(round.answer)));
        return (round.timestamp, answer, time, time, round.timestamp);
    }

    /// @notice Returns who may sign, ascending.
    function signers() external view returns (address[] memory) {
        return _signers;
    }

    /// @dev Reads the end of the payload, and how many packages are before it. Every byte is accounted for.
    function _countOf(bytes calldata payload) private pure returns (uint256 count) {
        uint256 length = payload.length;
        if (length < TAIL + COUNT || length > MAX_PAYLOAD) revert RedStoneSource__BadPayload(length);
        if (bytes9(payload[length - 9:]) != MARKER) revert RedStoneSource__BadPayload(length);
        uint256 end = TAIL + COUNT + uint24(bytes3(payload[length - TAIL:length - 9]));
        if (end > length) revert RedStoneSource__BadPayload(length);
        count = uint16(bytes2(payload[length - end:length - end + COUNT]));
        if (count * PACKAGE + end != length) revert RedStoneSource__BadPayload(length);
    }

    /// @dev The middle one, or the mean of the two in the middle, rounded down.
    function _median(uint256[] memory values) private pure returns (uint256) {
        uint256 count = values.length;
        for (uint256 i = 1; i < count; ++i) {
            for (uint256 j = i; j != 0 && values[j] < values[j - 1]; --j) {
                (values[j], values[j - 1]) = (values[j - 1], values[j]);
            }
        }
        return (values[(count - 1) / 2] + values[count / 2]) / 2;
    }

    // ------------------------------------------------------------------ guards

    function _requireQuorum(uint256 count) internal view virtual {
        if (count < quorum) revert RedStoneSource__NoQuorum(count, quorum);
    }

    /// @dev What the hub would take for garbage, more than 127 bits, is not taken.
    function _valueOf(uint256 index, bytes calldata package) internal view virtual returns (uint256 value) {
        bytes32 id = bytes32(package[:32]);
        value = uint256(bytes32(package[32:64]));
        bool single = bytes7(package[70:SIGNED]) == bytes7(uint56(32 << 24 | 1));
        if (id != feedId || !single || value == 0 || value > uint128(type(int128).max)) {
            revert RedStoneSource__BadPackage(index, id, value);
        }
    }

    /// @dev One bit per signer.
    function _mark(uint256 seen, address signer) internal view virtual returns (uint256) {
        uint256 count = _signers.length;
        for (uint256 i; i < count; ++i) {
            if (_signers[i] != signer) continue;
            if (seen >> i & 1 == 1) revert RedStoneSource__Repeated(signer);
            return seen | 1 << i;
        }
        revert RedStoneSource__NotASigner(signer);
    }

    function _requireTime(uint256 timestamp, uint256 last) internal view virtual {
        uint256 time = block.timestamp * 1000;
        bool near = timestamp + MAX_AGE * 1000 >= time && timestamp <= time + MAX_AHEAD * 1000;
        if (!near || timestamp <= last) revert RedStoneSource__BadTime(timestamp, last, time);
    }
}
