// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAsyncDesk} from "../../src/interfaces/IAsyncDesk.sol";
import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {DeskFixture} from "../fixture/DeskFixture.sol";
import {DeskGuard} from "../fixture/WeakAsyncDesk.sol";

contract CrossTest is DeskFixture {
    function testFuzz_both_sides_get_the_oracles_price_to_the_atom(uint256 i, uint256 dollars, uint256 shares) public {
        _openDesk(bound(i, 0, 4), DeskGuard.None);
        uint256 amount = _dollars(bound(dollars, 1000, 100_000));
        vm.assume(amount != 0);
        shares = bound(shares, 1e15, 100e18);
        _enter(bob, amount);
        _exit(carol, shares);
        _lock();
        (uint256 assetsMoved, uint256 sharesMoved) = desk.cross();
        assertTrue(
            assetsMoved == amount || sharesMoved == shares || assetsMoved == 0, "the smaller side gives everything"
        );
        // One atom of the asset is worth up to $0.01, one of eight decimals $0.0005; shares are as fine as dollars.
        uint256 atomD18 = _worthD18(which, 1) + 1e6;
        assertApproxEqAbs(_worthD18(which, assetsMoved), sharesMoved * _shareD18() / ONE, atomD18);
        IAsyncDesk.Pot memory entry = desk.potOf(1, true);
        IAsyncDesk.Pot memory exit = desk.potOf(1, false);
        assertEq(entry.left + exit.got, amount, "no asset is lost");
        assertEq(exit.left + entry.got, shares, "no share is lost");
    }

    function test_crossing_again_changes_nothing() public {
        _enter(bob, 5000e6);
        _exit(carol, 1e18);
        _lock();
        desk.cross();
        (uint256 assetsMoved, uint256 sharesMoved) = desk.cross();
        assertEq(assetsMoved + sharesMoved, 0);
    }

    function test_a_fill_crosses_first() public {
        _enter(bob, 5000e6);
        _exit(carol, 1e18);
        _lock();
        _fillSome(true, 100e6);
        assertEq(desk.potOf(1, false).left, 0, "Carol's share went to Bob, not to the filler");
        assertEq(desk.potOf(1, false).got, 1000e6);
    }

    function test_nothing_crosses_while_an_intent_is_live() public {
        _enter(bob, 5000e6);
        _exit(carol, 1e18);
        _lock();
        _propose(_intent(1, 3, 1000));
        (uint256 assetsMoved,) = desk.cross();
        assertEq(assetsMoved, 0);
        _wait(1 hours + 1);
        (assetsMoved,) = desk.cross();
        assertEq(assetsMoved, 1000e6);
    }

    function test_nothing_is_given_for_nothing() public {
        _openDesk(0, DeskGuard.None);
        _enter(bob, 5);
        _exit(carol, 1e12); // a tenth of a cent, and the asset has no decimals
        _lock();
        (uint256 assetsMoved, uint256 sharesMoved) = desk.cross();
        assertEq(assetsMoved + sharesMoved, 0);
    }

    function testFuzz_a_price_from_before_the_lock_does_not_count(uint256 i) public {
        i = bound(i, 0, 4);
        _enter(bob, 5000e6);
        _exit(carol, 1e18);
        _wait(1 hours);
        desk.lock();
        uint256 lockedAt = block.timestamp;
        hub.list(address(tokens[i]), _longLived(i));
        vm.warp(block.timestamp + 1 days);
        hub.relist(address(tokens[i]), _longLived(i));
        for (uint256 j; j < 5; ++j) {
            (, int256 answer,,,) = feeds[j].latestRoundData();
            if (j != i) feeds[j].set(uint128(uint256(answer)));
        }
        vm.expectRevert(
            abi.encodeWithSelector(
                IAsyncDesk.AsyncDesk__NoPrice.selector, tokens[i], IOracleHub.Status.Ok, lockedAt, lockedAt
            )
        );
        desk.cross();
    }

    function _longLived(uint256 i) private view returns (IOracleHub.Listing memory l) {
        l = listing(address(feeds[i]));
        l.heartbeat = 3 days;
    }
}
