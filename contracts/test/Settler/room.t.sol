// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISettler} from "../../src/interfaces/ISettler.sol";
import {Fixture} from "../fixture/Fixture.sol";

contract RoomTest is Fixture {
    function testFuzz_a_token_is_sold_or_bought_but_never_both(uint256 i, uint256 sellBps, uint256 width) public {
        i = bound(i, 0, 4);
        ISettler.Intent memory intent = _intent(0, 1, 0);
        uint256 units = intent.legs[i].sellDownTo;
        uint256 middle = units * bound(sellBps, 9600, 10_400) / 10_000;
        uint256 half = middle * bound(width, 0, 1000) / 10_000;
        intent.legs[i].sellDownTo = uint112(middle + half);
        intent.legs[i].buyUpTo = uint112(middle - half);
        _propose(intent);
        (uint256 sellable, uint256 buyable) = settler.room(address(vault), address(tokens[i]));
        assertTrue(sellable == 0 || buyable == 0);
        (,, uint256[] memory balances) = vault.holdings();
        if (sellable > 0) assertEq(balances[i] - sellable, (middle + half) * SHARES / 1e18);
        if (buyable > 0) assertEq(balances[i] + buyable, (middle - half) * SHARES / 1e18);
    }
}
