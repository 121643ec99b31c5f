// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ITimelock} from "./ITimelock.sol";

/// @title Forecasts that a quorum of named signers attested, bounded in size and in speed.
interface ISignalVerifier is ITimelock {
    /// @notice What the signers sign. Every field is covered, and so are the chain and the verifier (the EIP-712 domain).
    /// @param vault for which it counts
    /// @param stream of that vault, a name of the curator's choice
    /// @param round strictly higher than the last one of the stream
    /// @param notBefore {s} it does not count before
    /// @param validUntil {s} it does not count after
    /// @param valuesD18 D18{1} one per place of the stream; 0 is neutral
    /// @param modelHash names what computed it
    /// @param dataRoot commits to what it was computed from
    struct Signal {
        address vault;
        bytes32 stream;
        uint64 round;
        uint64 notBefore;
        uint64 validUntil;
        int64[] valuesD18;
        bytes32 modelHash;
        bytes32 dataRoot;
    }

    /// @notice Whose word counts for a stream, and how much.
    /// @param signers strictly ascending
    /// @param quorum how many of them must sign
    /// @param count of values in every signal
    /// @param maxAge {s} longest that a signal may be valid
    /// @param maxTiltD18 D18{1} [0, 1e18] furthest from neutral
    /// @param maxMoveD18 D18{1} furthest that a value may move per day
    struct Config {
        address[] signers;
        uint8 quorum;
        uint8 count;
        uint32 maxAge;
        uint64 maxTiltD18;
        uint64 maxMoveD18;
    }

    event Configured(address indexed vault, bytes32 indexed stream, Config config);
    event SignerDismissed(address indexed vault, bytes32 indexed stream, address signer, address by);
    /// @notice A signal was accepted: `signal` is what was signed, model and data included; `countedD18` is what counts after the limit of speed.
    event Attested(
        address indexed vault, bytes32 indexed stream, uint64 indexed round, Signal signal, int64[] countedD18
    );

    /// @notice One to 16 signers, ascending and not zero, a quorum of them, at most 32 values, a tilt of at most 1e18.
    error SignalVerifier__BadConfig(Config config);
    /// @notice The vault has no such stream.
    error SignalVerifier__NoStream(address vault, bytes32 stream);
    /// @notice `account` is no signer of the stream.
    error SignalVerifier__NotASigner(address account);
    /// @notice Signatures come in strictly ascending order of their signers: nobody counts twice.
    error SignalVerifier__OutOfOrder(address signer, address previous);
    /// @notice Fewer signatures than the quorum.
    error SignalVerifier__NoQuorum(uint256 signatures, uint256 quorum);
    /// @notice The round was used, or a later one was.
    error SignalVerifier__OldRound(uint64 round, uint64 last);
    /// @notice Valid from `notBefore` to `validUntil`, for at most `maxAge` {s}; now is `time`.
    error SignalVerifier__NotFresh(uint64 notBefore, uint64 validUntil, uint256 maxAge, uint256 time);
    /// @notice A stream has `count` values per signal.
    error SignalVerifier__WrongCount(uint256 given, uint256 count);
    /// @notice Value `index` lies further from neutral than `maxD18`.
    error SignalVerifier__OutOfBounds(uint256 index, int64 valueD18, uint64 maxD18);

    /// @notice Sets a stream of `vault`: the first settings at once, others after they were queued. Curator.
    function configure(address vault, bytes32 stream, Config calldata config) external;

    /// @notice Strikes a signer out and makes the stream neutral, at once. Any guardian of the vault.
    function dismiss(address vault, bytes32 stream, address signer) external;

    /// @notice Takes what a quorum signed. Anyone.
    /// @param signatures of 65 bytes, ordered by signer
    function submit(Signal calldata signal, bytes[] calldata signatures) external;

    /// @notice Returns what counts now. Never reverts: a stream that is unknown, silent or stale is neutral.
    /// @return valuesD18 D18{1} within the stream's bounds; empty if there is no such stream
    /// @return age {s} since the last signal was accepted
    function signalOf(address vault, bytes32 stream) external view returns (int64[] memory valuesD18, uint256 age);

    /// @notice Returns the settings of a stream; all zero if there is none.
    function configOf(address vault, bytes32 stream) external view returns (Config memory);

    /// @notice Returns the last round accepted.
    function roundOf(address vault, bytes32 stream) external view returns (uint64);

    /// @notice Returns the digest that signers sign.
    function hashSignal(Signal memory signal) external view returns (bytes32);
}
