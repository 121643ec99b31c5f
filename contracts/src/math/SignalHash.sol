// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISignalVerifier} from "../interfaces/ISignalVerifier.sol";

/// @title SignalHash: the EIP-712 struct hash of a signal. Every field is covered.
library SignalHash {
    bytes32 internal constant SIGNAL_TYPEHASH = keccak256(
        "Signal(address vault,bytes32 stream,uint64 round,uint64 notBefore,uint64 validUntil,int64[] valuesD18,"
        "bytes32 modelHash,bytes32 dataRoot)"
    );

    /// @notice Returns hashStruct(signal) as EIP-712 defines it: every element of the array fills a word.
    function hash(ISignalVerifier.Signal memory signal) internal pure returns (bytes32) {
        bytes memory head =
            abi.encode(SIGNAL_TYPEHASH, signal.vault, signal.stream, signal.round, signal.notBefore, signal.validUntil);
        bytes32 values = keccak256(abi.encodePacked(signal.valuesD18));
        return keccak256(bytes.concat(head, abi.encode(values, signal.modelHash, signal.dataRoot)));
    }
}
