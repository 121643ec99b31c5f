// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAsyncDesk} from "../../src/interfaces/IAsyncDesk.sol";
import {IERC7575} from "../../src/interfaces/IERC7540.sol";
import {DeskFixture} from "../fixture/DeskFixture.sol";

/// deposit, mint, withdraw and redeem: the claims.
contract ClaimTest is DeskFixture {
    function _entered(uint256 amount) private returns (uint256 shares) {
        _enter(bob, amount);
        _lock();
        shares = _fillAll(true);
        desk.finish();
    }

    function _left(uint256 shares) private returns (uint256 assets) {
        _exit(bob, shares);
        _lock();
        assets = _fillAll(false);
        desk.finish();
    }

    function testFuzz_parts_of_a_deposit_claim_add_up_to_the_whole(uint256 amount, uint256 part, bool byShares) public {
        amount = bound(amount, 2, 10_000e6);
        uint256 shares = _entered(amount);
        vm.startPrank(bob);
        if (byShares) desk.mint(bound(part, 1, shares), carol, bob);
        else desk.deposit(bound(part, 1, amount - 1), carol);
        if (desk.maxMint(bob) != 0) desk.mint(desk.maxMint(bob), carol);
        assertEq(vault.balanceOf(carol), shares);
        assertEq(desk.maxMint(bob), 0);
    }

    function testFuzz_parts_of_a_redeem_claim_add_up_to_the_whole(uint256 shares, uint256 part, bool byAssets) public {
        shares = bound(shares, 1e13, 50e18);
        uint256 assets = _left(shares);
        vm.startPrank(bob);
        if (byAssets) desk.withdraw(bound(part, 1, assets), carol, bob);
        else desk.redeem(bound(part, 1, shares), carol, bob);
        if (desk.maxWithdraw(bob) != 0) desk.withdraw(desk.maxWithdraw(bob), carol, bob);
        assertEq(tokens[1].balanceOf(carol), assets);
    }

    function test_claims_say_who_controls_and_who_receives() public {
        uint256 shares = _entered(100e6);
        vm.expectEmit(address(desk));
        emit IERC7575.Deposit(bob, carol, 100e6, shares);
        vm.prank(bob);
        desk.deposit(100e6, carol, bob);
        uint256 assets = _left(1e18);
        vm.expectEmit(address(desk));
        emit IERC7575.Withdraw(bob, carol, bob, assets, 1e18);
        vm.prank(bob);
        desk.redeem(1e18, carol, bob);
    }

    function test_nobody_claims_more_than_there_is_or_nothing() public {
        uint256 shares = _entered(100e6);
        vm.startPrank(bob);
        vm.expectRevert(abi.encodeWithSelector(IAsyncDesk.AsyncDesk__TooMuch.selector, 100e6 + 1, 100e6));
        desk.deposit(100e6 + 1, bob, bob);
        vm.expectRevert(abi.encodeWithSelector(IAsyncDesk.AsyncDesk__TooMuch.selector, shares + 1, shares));
        desk.mint(shares + 1, bob, bob);
        vm.expectRevert(abi.encodeWithSelector(IAsyncDesk.AsyncDesk__TooMuch.selector, 1, 0));
        desk.redeem(1, bob, bob);
        vm.expectRevert(IAsyncDesk.AsyncDesk__Zero.selector);
        desk.deposit(0, bob, bob);
        vm.expectRevert(IAsyncDesk.AsyncDesk__Zero.selector);
        desk.reclaim(true, bob, bob);
    }

    /// @dev Five controllers, four epochs, every side sold in parts: the desk always has what it owes, and little more.
    function testFuzz_the_desk_has_what_it_owes(uint256 seed) public {
        address[5] memory who = [bob, carol, makeAddr("dan"), makeAddr("eve"), makeAddr("fred")];
        for (uint256 round; round < 4; ++round) {
            for (uint256 i; i < 5; ++i) {
                uint256 draw = uint256(keccak256(abi.encode(seed, round, i)));
                if (draw % 3 != 0) _enter(who[i], 1 + draw % 5000e6);
                if (draw % 5 != 0) _exit(who[i], 1 + draw % 5e18);
            }
            if (desk.potOf(desk.epoch(), true).total + desk.potOf(desk.epoch(), false).total == 0) continue;
            _lock();
            _sellSome(seed % (round + 2));
            _wait(1 days);
            desk.finish();
            if (seed % 2 == round % 2) _claimAll(who[round]);
        }
        uint256 assets;
        uint256 shares;
        for (uint256 i; i < 5; ++i) {
            assets += desk.maxWithdraw(who[i]) + desk.reclaimable(true, who[i]);
            shares += desk.maxMint(who[i]) + desk.reclaimable(false, who[i]);
        }
        assertGe(tokens[1].balanceOf(address(desk)), assets);
        assertGe(vault.balanceOf(address(desk)), shares);
        assertLe(tokens[1].balanceOf(address(desk)), assets + 60, "an atom per request and epoch at most");
        assertLe(vault.balanceOf(address(desk)), shares + 60);
        for (uint256 i; i < 5; ++i) {
            _claimAll(who[i]);
        }
    }

    function _sellSome(uint256 part) private {
        desk.cross();
        for (uint256 side; side < 2; ++side) {
            uint256 left = desk.potOf(desk.finished() + 1, side == 0).left;
            if (left >= 4) _fillSome(side == 0, left / (1 + part));
        }
    }

    function _claimAll(address who) private {
        vm.startPrank(who);
        if (desk.maxMint(who) != 0) desk.mint(desk.maxMint(who), who, who);
        if (desk.maxWithdraw(who) != 0) desk.withdraw(desk.maxWithdraw(who), who, who);
        if (desk.reclaimable(true, who) != 0) desk.reclaim(true, who, who);
        if (desk.reclaimable(false, who) != 0) desk.reclaim(false, who, who);
        vm.stopPrank();
    }
}
