// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISettler} from "../../src/interfaces/ISettler.sol";
import {Fixture} from "../fixture/Fixture.sol";

contract HashIntentTest is Fixture {
    function test_the_hash_is_the_one_of_eip_712() public {
        ISettler.Intent memory intent = _intent(0, 3, 1000);
        string memory json = string.concat(
            '{"types":{"EIP712Domain":[{"name":"name","type":"string"},{"name":"version","type":"string"},',
            '{"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"}],',
            '"Leg":[{"name":"token","type":"address"},{"name":"sellDownTo","type":"uint112"},',
            '{"name":"buyUpTo","type":"uint112"}],',
            '"Intent":[{"name":"vault","type":"address"},{"name":"chainId","type":"uint256"},',
            '{"name":"nonce","type":"uint32"},{"name":"notBefore","type":"uint32"},',
            '{"name":"deadline","type":"uint32"},{"name":"rule","type":"address"},',
            '{"name":"modelCommit","type":"bytes32"},{"name":"dataRoot","type":"bytes32"},',
            '{"name":"startPremBps","type":"uint16"},{"name":"floorDiscBps","type":"uint16"},',
            '{"name":"decay","type":"uint32"},{"name":"legs","type":"Leg[]"}]},"primaryType":"Intent",'
        );
        json = string.concat(json, _domain(), _message(intent), "}");
        assertEq(settler.hashIntent(intent), Eip712(address(vm)).eip712HashTypedData(json));
    }

    function _domain() private view returns (string memory) {
        return string.concat(
            '"domain":{"name":"Trimtab Settler","version":"1","chainId":',
            vm.toString(block.chainid),
            ',"verifyingContract":"',
            vm.toString(address(settler)),
            '"},'
        );
    }

    function _message(ISettler.Intent memory intent) private pure returns (string memory json) {
        json = string.concat('"message":{"vault":"', vm.toString(intent.vault), '","chainId":');
        json = string.concat(json, vm.toString(intent.chainId), ',"nonce":', vm.toString(intent.nonce));
        json = string.concat(json, ',"notBefore":', vm.toString(intent.notBefore));
        json = string.concat(json, ',"deadline":', vm.toString(intent.deadline));
        json = string.concat(json, ',"rule":"', vm.toString(intent.rule));
        json = string.concat(json, '","modelCommit":"', vm.toString(intent.modelCommit));
        json = string.concat(json, '","dataRoot":"', vm.toString(intent.dataRoot));
        json = string.concat(json, '","startPremBps":', vm.toString(intent.startPremBps));
        json = string.concat(json, ',"floorDiscBps":', vm.toString(intent.floorDiscBps));
        json = string.concat(json, ',"decay":', vm.toString(intent.decay), ',"legs":[');
        for (uint256 i; i < intent.legs.length; ++i) {
            json = string.concat(json, i == 0 ? "" : ",", _leg(intent.legs[i]));
        }
        return string.concat(json, "]}");
    }

    function _leg(ISettler.Leg memory leg) private pure returns (string memory) {
        string memory json = string.concat('{"token":"', vm.toString(leg.token), '","sellDownTo":"');
        json = string.concat(json, vm.toString(leg.sellDownTo), '","buyUpTo":"', vm.toString(leg.buyUpTo));
        return string.concat(json, '"}');
    }

    function testFuzz_every_field_counts(uint8 field, uint8 where) public view {
        ISettler.Intent memory intent = _intent(0, 3, 1000);
        bytes32 before = settler.hashIntent(intent);
        ISettler.Leg memory leg = intent.legs[where % 5];
        field %= 14;
        if (field == 0) intent.vault = address(1);
        else if (field == 1) intent.chainId += 1;
        else if (field == 2) intent.nonce += 1;
        else if (field == 3) intent.notBefore += 1;
        else if (field == 4) intent.deadline += 1;
        else if (field == 5) intent.rule = address(1);
        else if (field == 6) intent.modelCommit = 0;
        else if (field == 7) intent.dataRoot = 0;
        else if (field == 8) intent.startPremBps += 1;
        else if (field == 9) intent.floorDiscBps += 1;
        else if (field == 10) intent.decay += 1;
        else if (field == 11) leg.token = address(1);
        else if (field == 12) leg.sellDownTo += 1;
        else leg.buyUpTo += 1;
        assertNotEq(settler.hashIntent(intent), before);
    }
}

interface Eip712 {
    function eip712HashTypedData(string calldata json) external view returns (bytes32);
}
