// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAsyncDesk} from "../../src/interfaces/IAsyncDesk.sol";
import {DeskFixture} from "../fixture/DeskFixture.sol";

contract FinishTest is DeskFixture {
    function testFuzz_what_was_not_sold_goes_back_in_kind(uint256 sold, uint256 bobs, uint256 carols) public {
        (bobs, carols) = (bound(bobs, 1, 10_000e6), bound(carols, 1, 10_000e6));
        sold = bound(sold, 0, bobs + carols);
        _enter(bob, bobs);
        _enter(carol, carols);
        _lock();
        uint256 got = sold == 0 ? 0 : _fillSome(true, sold);
        _wait(1 days);
        desk.finish();
        uint256 back = desk.reclaimable(true, bob) + desk.reclaimable(true, carol);
        assertLe(back, bobs + carols - sold);
        assertGe(back + 2, bobs + carols - sold, "but for an atom each");
        uint256 shares = desk.maxMint(bob) + desk.maxMint(carol);
        assertLe(shares, got);
        assertGe(shares + 2, got);
    }

    function test_an_epoch_ends_when_all_is_sold_or_patience_is_over_and_not_before() public {
        vm.expectRevert(abi.encodeWithSelector(IAsyncDesk.AsyncDesk__NotReady.selector, type(uint256).max));
        desk.finish();
        _enter(bob, 100e6);
        _lock();
        vm.expectRevert(abi.encodeWithSelector(IAsyncDesk.AsyncDesk__NotReady.selector, START + 27 hours));
        desk.finish();
        _fillAll(true);
        vm.expectEmit(address(desk));
        emit IAsyncDesk.Finished(1, 0, 0);
        desk.finish();
        assertEq(desk.finished(), 1);
    }

    function test_it_needs_no_price_and_no_working_basket() public {
        _enter(bob, 100e6);
        _exit(carol, 1e18);
        _wait(1 hours);
        desk.lock();
        vm.warp(block.timestamp + 26 hours); // every feed is stale by now
        desk.finish();
        vm.prank(bob);
        assertEq(desk.reclaim(true, bob, bob), 100e6);
        vm.startPrank(carol);
        assertEq(desk.reclaim(false, carol, carol), 1e18);
        vault.redeem(1e18, _none(), carol);
        assertEq(desk.pendingRedeemRequest(0, carol), 0);
    }
}
