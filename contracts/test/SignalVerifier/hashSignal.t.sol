// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISignalVerifier} from "../../src/interfaces/ISignalVerifier.sol";
import {SignalFixture} from "../fixture/SignalFixture.sol";

contract HashSignalTest is SignalFixture {
    /// EIP-712, written out once more.
    function testFuzz_the_digest_is_what_eip_712_says(ISignalVerifier.Signal memory s) public view {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Trimtab SignalVerifier"),
                keccak256("1"),
                block.chainid,
                address(verifier)
            )
        );
        bytes memory values;
        for (uint256 i; i < s.valuesD18.length; ++i) {
            values = bytes.concat(values, bytes32(uint256(int256(s.valuesD18[i]))));
        }
        bytes32 struct_ = keccak256(
            abi.encode(
                keccak256(
                    "Signal(address vault,bytes32 stream,uint64 round,uint64 notBefore,uint64 validUntil,int64[] valuesD18,bytes32 modelHash,bytes32 dataRoot)"
                ),
                s.vault,
                s.stream,
                s.round,
                s.notBefore,
                s.validUntil,
                keccak256(values),
                s.modelHash,
                s.dataRoot
            )
        );
        assertEq(verifier.hashSignal(s), keccak256(abi.encodePacked(hex"1901", domain, struct_)));
    }
}
