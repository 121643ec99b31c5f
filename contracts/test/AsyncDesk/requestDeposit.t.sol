// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAsyncDesk} from "../../src/interfaces/IAsyncDesk.sol";
import {IERC7540Deposit} from "../../src/interfaces/IERC7540.sol";
import {DeskFixture} from "../fixture/DeskFixture.sol";

contract RequestDepositTest is DeskFixture {
    function testFuzz_a_request_takes_the_assets_and_is_pending(uint256 amount, uint256 more) public {
        (amount, more) = (bound(amount, 1, 1e15), bound(more, 1, 1e15));
        _giveAssets(bob, amount + more);
        vm.expectEmit(address(desk));
        emit IERC7540Deposit.DepositRequest(carol, bob, 0, bob, amount);
        vm.prank(bob);
        assertEq(desk.requestDeposit(amount, carol, bob), 0);
        vm.prank(bob);
        desk.requestDeposit(more, carol, bob);
        assertEq(tokens[1].balanceOf(bob), 0);
        assertEq(desk.pendingDepositRequest(0, carol), amount + more, "requests of one controller add up");
        assertEq(desk.pendingDepositRequest(0, bob), 0);
        assertEq(desk.pendingDepositRequest(1, carol), 0, "there is no other id");
        assertEq(desk.maxDeposit(carol), 0, "pending is not claimable");
    }

    function test_an_operator_may_request_for_the_owner() public {
        _giveAssets(bob, 1e6);
        vm.prank(bob);
        desk.setOperator(carol, true);
        vm.prank(carol);
        desk.requestDeposit(1e6, carol, bob);
        assertEq(desk.pendingDepositRequest(0, carol), 1e6);
    }

    function test_nothing_is_no_request() public {
        vm.expectRevert(IAsyncDesk.AsyncDesk__Zero.selector);
        desk.requestDeposit(0, address(this), address(this));
    }

    function test_requests_in_three_epochs_are_kept_apart_and_add_up() public {
        _enter(bob, 100e6);
        _lock();
        _enter(bob, 50e6);
        assertEq(desk.pendingDepositRequest(0, bob), 150e6, "one is being filled, the other is open");
        uint256 first = _fillAll(true);
        desk.finish();
        assertEq(desk.pendingDepositRequest(0, bob), 50e6);
        assertEq(desk.maxMint(bob), first);
        _lock();
        _enter(bob, 25e6);
        assertEq(desk.pendingDepositRequest(0, bob), 75e6);
        assertEq(desk.maxMint(bob), first, "what was claimable stays so");
        uint256 second = _fillAll(true);
        desk.finish();
        assertEq(desk.claimableDepositRequest(0, bob), 150e6);
        assertEq(desk.maxMint(bob), first + second);
    }
}
