// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Timelock} from "./Timelock.sol";
import {IPolicy} from "./interfaces/IPolicy.sol";
import {ISignalVerifier} from "./interfaces/ISignalVerifier.sol";
import {SignalHash} from "./math/SignalHash.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SignedMath} from "@openzeppelin/contracts/utils/math/SignedMath.sol";

/// @title SignalVerifier: a forecast counts if enough of the right people signed it, and then only so much.
///
/// @notice PURPOSE
/// Brings numbers computed elsewhere on chain for rules to read: tilts of weights, or prices as deviations from a reference.
/// A value is a signed fraction around a neutral 0.
///
/// INVARIANTS
/// - Coverage: signers sign every field, this contract and this chain. A signature is good for one round of one stream of one vault.
/// - Quorum: `quorum` different signers of the stream, as it is set now, recovered from canonical signatures (low s).
/// - Rounds of a stream only rise, for ever: no change of settings brings an old one back.
/// - Bounds: a value beyond `maxTilt` is refused, so what counts never lies beyond it.
/// - Speed: in any time t, what counts moves by at most `maxMove * (1 + t / 1 day)`, but for going neutral.
/// - Freshness: after `validUntil`, and when signers or settings change, the stream is neutral until the next round.
///
/// ASSUMPTIONS
/// - A signer is a key, not a contract. That fewer than a quorum of them collude is what the vault's curator vouches for.
///
/// LIVENESS
/// Reading never reverts. A value that would move too fast is not refused: it goes as far as it may, and the next round on.
///
/// ROLES, by the harm they could do
/// - Quorum: move what counts inside bounds and speed. - Curator: name signers and limits; the first at once, others after
///   the policy's delay. - Guardians: dismiss signers at once, which makes the stream neutral. - Anyone: submit what was signed.
///
/// WARNINGS
/// - A quorum that signs the highest round of all ends its stream: name another one.
/// - Who submits chooses when, while a signal is valid, and may leave rounds out. Keep `maxAge` short.
contract SignalVerifier is ISignalVerifier, Timelock, EIP712 {
    /// @dev What counts, and since when. `takenAt` is kept when the values go: speed is measured from it.
    struct State {
        uint64 round;
        uint64 takenAt;
        uint64 validUntil;
        int64[] countedD18;
    }

    uint256 public constant MAX_SIGNERS = 16;
    uint256 public constant MAX_COUNT = 32;
    uint64 private constant ONE_D18 = 1e18;

    IPolicy public immutable policy;

    mapping(address vault => mapping(bytes32 stream => Config)) private _configs;
    mapping(address vault => mapping(bytes32 stream => State)) private _states;

    constructor(IPolicy policy_) Timelock(policy_.delay()) EIP712("Trimtab SignalVerifier", "1") {
        policy = policy_;
    }

    // ---------------------------------------------------------------- settings

    /// @inheritdoc ISignalVerifier
    function configure(address vault, bytes32 stream, Config calldata config) external {
        _requireCurator(vault);
        if (_configs[vault][stream].quorum != 0) _spend(vault);
        _requireSound(config);
        _configs[vault][stream] = config;
        _states[vault][stream].validUntil = 0;
        emit Configured(vault, stream, config);
    }

    /// @inheritdoc ISignalVerifier
    function dismiss(address vault, bytes32 stream, address signer) external {
        _requireGuardian(vault);
        address[] storage signers = _configs[vault][stream].signers;
        uint256 last = signers.length;
        for (uint256 i; i < last; ++i) {
            if (signers[i] != signer) continue;
            signers[i] = signers[last - 1];
            signers.pop();
            _states[vault][stream].validUntil = 0;
            emit SignerDismissed(vault, stream, signer, msg.sender);
            return;
        }
        revert SignalVerifier__NotASigner(signer);
    }

    /// @inheritdoc ISignalVerifier
    function submit(Signal calldata signal, bytes[] calldata signatures) external {
        Config memory config = _configs[signal.vault][signal.stream];
        if (config.quorum == 0) revert SignalVerifier__NoStream(signal.vault, signal.stream);
        State storage state = _states[signal.vault][signal.stream];
        _requireNewer(signal.round, state.round);
        _requireFresh(signal, config.maxAge);
        _requireQuorum(hashSignal(signal), signatures, config);
        uint256 given = signal.valuesD18.length;
        if (given != config.count) revert SignalVerifier__WrongCount(given, config.count);
        (int64[] memory countedD18, uint256 age) = signalOf(signal.vault, signal.stream);
        int256 stepD18 = int256(uint256(config.maxMoveD18) * Math.min(age, 1 days) / 1 days);
        for (uint256 i; i < config.count; ++i) {
            _requireInside(i, signal.valuesD18[i], config.maxTiltD18);
            countedD18[i] = _toward(countedD18[i], signal.valuesD18[i], stepD18);
        }
        (state.round, state.takenAt, state.validUntil) = (signal.round, uint64(block.timestamp), signal.validUntil);
        state.countedD18 = countedD18;
        emit Attested(signal.vault, signal.stream, signal.round, signal, countedD18);
    }

    // ------------------------------------------------------------------- views

    /// @inheritdoc ISignalVerifier
    function signalOf(address vault, bytes32 stream) public view returns (int64[] memory valuesD18, uint256 age) {
        State storage state = _states[vault][stream];
        age = block.timestamp - state.takenAt;
        bool live = block.timestamp <= state.validUntil;
        return (live ? state.countedD18 : new int64[](_configs[vault][stream].count), age);
    }

    /// @inheritdoc ISignalVerifier
    function configOf(address vault, bytes32 stream) external view returns (Config memory) {
        return _configs[vault][stream];
    }

    /// @inheritdoc ISignalVerifier
    function roundOf(address vault, bytes32 stream) external view returns (uint64) {
        return _states[vault][stream].round;
    }

    /// @inheritdoc ISignalVerifier
    function hashSignal(Signal memory signal) public view virtual returns (bytes32) {
        return _hashTypedDataV4(SignalHash.hash(signal));
    }

    // ------------------------------------------------------------------ guards

    function _requireNewer(uint64 round, uint64 last) internal pure virtual {
        if (round <= last) revert SignalVerifier__OldRound(round, last);
    }

    function _requireFresh(Signal calldata s, uint256 maxAge) internal view virtual {
        bool live = s.notBefore <= block.timestamp && block.timestamp <= s.validUntil;
        if (!live || s.validUntil - s.notBefore > maxAge) {
            revert SignalVerifier__NotFresh(s.notBefore, s.validUntil, maxAge, block.timestamp);
        }
    }

    function _requireQuorum(bytes32 digest, bytes[] calldata signatures, Config memory config) private pure {
        if (signatures.length < config.quorum) revert SignalVerifier__NoQuorum(signatures.length, config.quorum);
        address previous;
        for (uint256 i; i < signatures.length; ++i) {
            address signer = _recover(digest, signatures[i]);
            _requireAfter(signer, previous);
            _requireSigner(signer, config.signers);
            previous = signer;
        }
    }

    /// @dev Reverts unless the signature is canonical: 65 bytes, low s, a signer that is not zero.
    function _recover(bytes32 digest, bytes calldata signature) internal pure virtual returns (address) {
        return ECDSA.recoverCalldata(digest, signature);
    }

    function _requireAfter(address signer, address previous) internal pure virtual {
        if (signer <= previous) revert SignalVerifier__OutOfOrder(signer, previous);
    }

    function _requireSigner(address signer, address[] memory signers) internal pure virtual {
        for (uint256 i; i < signers.length; ++i) {
            if (signers[i] == signer) return;
        }
        revert SignalVerifier__NotASigner(signer);
    }

    function _requireInside(uint256 index, int64 valueD18, uint64 maxD18) internal pure virtual {
        if (SignedMath.abs(valueD18) > maxD18) revert SignalVerifier__OutOfBounds(index, valueD18, maxD18);
    }

    /// @dev From what counts toward what was signed, by at most a step.
    function _toward(int64 fromD18, int64 toD18, int256 stepD18) internal pure virtual returns (int64) {
        return int64(fromD18 + SignedMath.max(-stepD18, SignedMath.min(stepD18, int256(toD18) - fromD18)));
    }

    function _requireSound(Config calldata config) private pure {
        uint256 signers = config.signers.length;
        bool sound = config.quorum != 0 && config.quorum <= signers && signers <= MAX_SIGNERS
            && config.count <= MAX_COUNT && config.maxTiltD18 <= ONE_D18;
        address previous;
        for (uint256 i; i < signers; ++i) {
            if (config.signers[i] <= previous) sound = false;
            previous = config.signers[i];
        }
        if (!sound) revert SignalVerifier__BadConfig(config);
    }

    function _rolesOf(address vault) internal view override returns (IPolicy.Roles memory) {
        return policy.rolesOf(vault);
    }
}
