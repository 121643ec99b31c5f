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
    function hash(ISettler.Intent memory intent) internal pure returns (bytes32) {
        bytes32[] memory legs = new bytes32[](intent.legs.length);
        for (uint256 i; i < legs.length; ++i) {
            ISettler.Leg memory leg = intent.legs[i];
            legs[i] = keccak256(abi.encode(LEG_TYPEHASH, leg.token, leg.sellDownTo, leg.buyUpTo));
        }
        bytes memory head = abi.encode(
            INTENT_TYPEHASH,
            intent.vault,
            intent.chainId,
            intent.nonce,
            intent.notBefore,
            intent.deadline,
            intent.rule,
            intent.modelCommit,
            intent.dataRoot
        );
        bytes memory tail =
            abi.encode(intent.startPremBps, intent.floorDiscBps, intent.decay, keccak256(abi.encodePacked(legs)));
        return keccak256(bytes.concat(head, tail));
    }
}
