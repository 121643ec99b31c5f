// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {CowFixture} from "../fixture/CowFixture.sol";

contract BasketVaultIsValidSignatureTest is CowFixture {
    uint256 internal constant SOLD = 10_000e6;

    ISettler.BatchOrder internal order;
    bytes32 internal digest;

    function setUp() public override {
        super.setUp();
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        order = _orderAtQuote(1, 3, SOLD);
        digest = _arm(order);
    }

    function _isGood() internal view returns (bool) {
        return vault.isValidSignature(digest, "") == vault.isValidSignature.selector;
    }

    function testFuzz_it_signs_for_the_armed_order_and_nothing_else(bytes32 other, bytes calldata signature) public {
        assertEq(vault.isValidSignature(digest, signature), bytes4(0x1626ba7e));
        vm.assume(other != digest);
        assertEq(vault.isValidSignature(other, signature), bytes4(0xffffffff));
        vm.prank(strategist);
        settler.disarm(address(vault));
        assertEq(vault.isValidSignature(digest, signature), bytes4(0xffffffff));
        assertEq(vault.isValidSignature(0, signature), bytes4(0xffffffff), "no order is not an order");
    }

    function testFuzz_it_asks_the_oracle_again(uint256 sellBps, uint256 buyBps) public {
        sellBps = bound(sellBps, 9000, 11_000);
        buyBps = bound(buyBps, 9000, 11_000);
        feeds[1].set(uint128(1e8 * sellBps / 10_000));
        feeds[3].set(uint128(2000e8 * buyBps / 10_000));
        assertEq(_isGood(), order.buyAmount >= _quote(1, 3, SOLD));
        if (sellBps > buyBps) assertFalse(_isGood(), "what it sells is worth more than it was");
        if (sellBps < buyBps) assertTrue(_isGood());
    }

    function test_without_a_price_it_does_not_answer() public {
        feeds[3].setAt(2000e8, block.timestamp - 1 hours - 1);
        _expect(IOracleHub.OracleHub__NoPrice.selector);
        vault.isValidSignature(digest, "");
    }

    function test_it_ends_with_the_intent() public {
        vm.prank(sentinel);
        settler.cancel(address(vault));
        assertFalse(_isGood());
    }

    function test_it_ends_with_the_next_intent() public {
        _propose(_intent(1, 3, 1000));
        assertFalse(_isGood());
    }

    function test_it_ends_with_its_time() public {
        vm.warp(order.validTo);
        assertTrue(_isGood());
        vm.warp(order.validTo + 1);
        assertFalse(_isGood());
    }

    function test_nobody_fills_the_room_that_it_needs() public {
        _fill(stranger, 1, 3, SOLD);
        assertTrue(_isGood(), "there was room for two");
        _expect(ISettler.Settler__SellsPastBand.selector);
        _fill(stranger, 1, 3, 1);
    }

    function test_it_ends_where_the_room_has_shrunk() public {
        vm.prank(alice);
        vault.redeem(SHARES / 100, _none(), alice);
        assertTrue(_isGood(), "there was room for two");
        _fill(stranger, 1, 3, SOLD * 98 / 100);
        vm.prank(alice);
        vault.redeem(SHARES / 50, _none(), alice);
        assertFalse(_isGood());
        (uint256 sellable,) = settler.room(address(vault), address(tokens[1]));
        assertEq(sellable, 0);
    }

    function test_it_ends_when_too_few_shares_are_left_to_bear_it() public {
        vm.startPrank(alice);
        vault.redeem(SHARES / 10, _none(), alice);
        assertTrue(_isGood());
        vault.redeem(1, _none(), alice);
        vm.stopPrank();
        assertFalse(_isGood());
    }

    function test_a_quarantine_ends_it() public {
        vm.prank(sentinel);
        policy.quarantine(address(vault), address(tokens[3]));
        _expect(ISettler.Settler__Quarantined.selector);
        vault.isValidSignature(digest, "");
    }
}
