// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISettler} from "../interfaces/ISettler.sol";

/// @title IntentHash: the EIP-712 struct hash of an intent. Every field is covered.
library IntentHash {
    bytes32 internal constant LEG_TYPEHASH = keccak256("Leg(address token,uint112 sellDownTo,uint112 buyUpTo)");
    bytes32 internal constant INTENT_TYPEHASH = keccak256(
        "Intent(address vault,uint256 chainId,uint32 nonce,uint32 notBefore,uint32 deadline,address rule,"
        "bytes32 modelCommit,bytes32 dataRoot,uint16 startPremBps,uint16 floorDiscBps,uint32 decay,Leg[] legs)"
        "Leg(address token,uint112 sellDownTo,uint112 buyUpTo)"
    );

    /// @notice Returns hashStruct(intent) as EIP-712 defines it.
    /// @dev A struct lies in memory as EIP-712 encodes it: one clean word a field, in order. Copying those is all there is to do.
    function hash(ISettler.Intent memory intent) internal pure returns (bytes32 result) {
        bytes32[] memory legs = new bytes32[](intent.legs.length);
        for (uint256 i; i < legs.length; ++i) {
            legs[i] = _hash(intent.legs[i]);
        }
        bytes32 typehash = INTENT_TYPEHASH;
        bytes32 all = keccak256(abi.encodePacked(legs));
        assembly ("memory-safe") {
            let words := mload(0x40)
            mstore(words, typehash)
            mcopy(add(words, 0x20), intent, 0x160)
            mstore(add(words, 0x180), all)
            result := keccak256(words, 0x1a0)
        }
    }

    function _hash(ISettler.Leg memory leg) private pure returns (bytes32 result) {
        bytes32 typehash = LEG_TYPEHASH;
        assembly ("memory-safe") {
            let words := mload(0x40)
            mstore(words, typehash)
            mcopy(add(words, 0x20), leg, 0x60)
            result := keccak256(words, 0x80)
        }
    }
}
