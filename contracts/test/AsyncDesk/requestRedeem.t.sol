// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAsyncDesk} from "../../src/interfaces/IAsyncDesk.sol";
import {IERC7540Redeem} from "../../src/interfaces/IERC7540.sol";
import {DeskFixture} from "../fixture/DeskFixture.sol";

contract RequestRedeemTest is DeskFixture {
    function testFuzz_a_request_takes_the_shares_and_is_pending(uint256 shares) public {
        shares = bound(shares, 1, 100e18);
        _giveShares(bob, shares);
        vm.expectEmit(address(desk));
        emit IERC7540Redeem.RedeemRequest(carol, bob, 0, bob, shares);
        vm.prank(bob);
        assertEq(desk.requestRedeem(shares, carol, bob), 0);
        assertEq(vault.balanceOf(bob), 0);
        assertEq(desk.pendingRedeemRequest(0, carol), shares);
        assertEq(desk.pendingRedeemRequest(1, carol), 0, "there is no other id");
        assertEq(desk.maxRedeem(carol), 0, "pending is not claimable");
    }

    function test_an_operator_may_request_for_the_owner() public {
        _giveShares(bob, 1e18);
        vm.prank(bob);
        desk.setOperator(carol, true);
        vm.prank(carol);
        desk.requestRedeem(1e18, bob, bob);
        assertEq(desk.pendingRedeemRequest(0, bob), 1e18);
    }

    function test_nothing_is_no_request() public {
        vm.expectRevert(IAsyncDesk.AsyncDesk__Zero.selector);
        desk.requestRedeem(0, address(this), address(this));
    }
}
