// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAsyncDesk} from "../../src/interfaces/IAsyncDesk.sol";
import {DeskFixture} from "../fixture/DeskFixture.sol";

contract LockTest is DeskFixture {
    function testFuzz_an_epoch_takes_requests_for_its_period_at_least(uint256 wait) public {
        wait = bound(wait, 0, 2 hours);
        _enter(bob, 1e6);
        _wait(wait);
        if (wait < 1 hours) {
            vm.expectRevert(abi.encodeWithSelector(IAsyncDesk.AsyncDesk__NotReady.selector, START + 1 hours));
            desk.lock();
        } else {
            vm.expectEmit(address(desk));
            emit IAsyncDesk.Locked(1, 1e6, 0, START + wait + 2 hours);
            desk.lock();
            assertEq(desk.epoch(), 2);
        }
    }

    function test_an_empty_epoch_stays_open() public {
        _wait(1 hours);
        vm.expectRevert(abi.encodeWithSelector(IAsyncDesk.AsyncDesk__NotReady.selector, type(uint256).max));
        desk.lock();
    }

    function test_an_epoch_waits_for_the_one_before() public {
        _enter(bob, 1e6);
        _lock();
        _enter(carol, 1e6);
        vm.expectRevert(abi.encodeWithSelector(IAsyncDesk.AsyncDesk__NotReady.selector, type(uint256).max));
        desk.lock();
        _fillAll(true);
        desk.finish();
        desk.lock();
        assertEq(desk.epoch(), 3);
    }

    function test_what_comes_after_the_lock_is_for_the_next_epoch() public {
        _enter(bob, 1e6);
        _wait(1 hours);
        desk.lock();
        _enter(carol, 5e6);
        assertEq(desk.potOf(1, true).total, 1e6);
        assertEq(desk.potOf(2, true).total, 5e6);
    }
}
