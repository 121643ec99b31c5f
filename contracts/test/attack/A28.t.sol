// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAsyncDesk} from "../../src/interfaces/IAsyncDesk.sol";
import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {DeskFixture} from "../fixture/DeskFixture.sol";
import {DeskGuard} from "../fixture/WeakAsyncDesk.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

/// A stranger redeems, requests, claims or reclaims what is somebody else's: Bob has approved the desk, has a claim kept in
/// the vault, requests pending, claimable and to be reclaimed in the desk, and has allowed the stranger nothing.
contract A28Test is DeskFixture {
    function setUp() public override {
        super.setUp();
        _scene(DeskGuard.None);
    }

    /// @dev Bob: 40 of 100 dollars sold for shares, a fifth of a share sold for dollars, the rest to be reclaimed.
    function _scene(DeskGuard without) private {
        _openDesk(1, without);
        _enter(bob, 100e6);
        _lock();
        _fillSome(true, 40e6);
        _wait(1 days);
        desk.finish();
        _exit(bob, 1e18);
        _lock();
        _fillSome(false, 0.2e18);
        _wait(1 days);
        desk.finish();
        _giveAssets(bob, 1000e6);
        _giveShares(bob, 2e18);
        vm.prank(bob);
        vault.redeemSkipping(1e18, _none(), bob, 1 << 3);
    }

    /// @dev Every way to move what is Bob's through the desk.
    function _attempts() private view returns (bytes[] memory calls) {
        calls = new bytes[](8);
        calls[0] = abi.encodeCall(desk.requestDeposit, (1000e6, stranger, bob));
        calls[1] = abi.encodeCall(desk.requestRedeem, (1e18, stranger, bob));
        calls[2] = abi.encodeWithSignature("deposit(uint256,address,address)", 1e6, stranger, bob);
        calls[3] = abi.encodeWithSignature("mint(uint256,address,address)", 1e12, stranger, bob);
        calls[4] = abi.encodeCall(desk.withdraw, (1e6, stranger, bob));
        calls[5] = abi.encodeCall(desk.redeem, (1e15, stranger, bob));
        calls[6] = abi.encodeCall(desk.reclaim, (true, stranger, bob));
        calls[7] = abi.encodeCall(desk.reclaim, (false, stranger, bob));
    }

    function _loot() private view returns (uint256) {
        return tokens[1].balanceOf(stranger) + vault.balanceOf(stranger) + desk.pendingRedeemRequest(0, stranger)
            + desk.pendingDepositRequest(0, stranger);
    }

    function test_no_entry_point_of_the_desk_serves_a_stranger() public {
        bytes[] memory calls = _attempts();
        uint256 before = _loot();
        for (uint256 i; i < calls.length; ++i) {
            vm.prank(stranger);
            (bool ok, bytes memory why) = address(desk).call(calls[i]);
            assertFalse(ok);
            assertEq(why, abi.encodeWithSelector(IAsyncDesk.AsyncDesk__NotAllowed.selector, bob, stranger));
        }
        assertEq(_loot(), before);
    }

    function test_a_former_operator_and_somebody_elses_operator_are_strangers() public {
        vm.prank(carol);
        desk.setOperator(stranger, true);
        vm.startPrank(bob);
        desk.setOperator(stranger, true);
        desk.setOperator(stranger, false);
        vm.stopPrank();
        test_no_entry_point_of_the_desk_serves_a_stranger();
    }

    /// @dev Being an operator is not given on: the operator's operator and the receiver of a claim may nothing.
    function test_an_operators_operator_is_a_stranger() public {
        vm.prank(bob);
        desk.setOperator(carol, true);
        vm.prank(carol);
        desk.setOperator(stranger, true);
        test_no_entry_point_of_the_desk_serves_a_stranger();
    }

    function testFuzz_the_vault_burns_and_pays_the_callers_own_only(uint256 shares) public {
        shares = bound(shares, 1, 2e18);
        uint256 owed = vault.claimOf(bob, address(tokens[3]));
        vm.startPrank(stranger);
        uint256 own = vault.balanceOf(stranger);
        vault.transfer(alice, own);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, stranger, 0, shares));
        vault.redeem(shares, _none(), stranger);
        vm.expectRevert(
            abi.encodeWithSelector(IBasketVault.BasketVault__NoClaim.selector, stranger, address(tokens[3]))
        );
        vault.claim(address(tokens[3]), stranger);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, stranger, 0, shares));
        vault.transferFrom(bob, stranger, shares);
        vm.stopPrank();
        assertEq(vault.balanceOf(bob), 1e18);
        assertEq(vault.claimOf(bob, address(tokens[3])), owed);
    }

    /// @dev Approving oneself, approving the vault or having allowed everything opens no way around an allowance.
    function testFuzz_allowances_neither_underflow_nor_come_back(uint256 allowed, uint256 wanted) public {
        (allowed, wanted) = (bound(allowed, 0, 1e18), bound(wanted, 1, 1e18));
        vm.prank(stranger);
        vault.approve(stranger, type(uint256).max);
        vm.prank(bob);
        vault.approve(stranger, allowed);
        vm.startPrank(stranger);
        if (wanted > allowed) {
            _expect(IERC20Errors.ERC20InsufficientAllowance.selector);
            vault.transferFrom(bob, stranger, wanted);
        } else {
            vault.transferFrom(bob, stranger, wanted);
            assertEq(vault.allowance(bob, stranger), allowed - wanted);
        }
        // the shares the vault has locked in itself are nobody's
        _expect(IERC20Errors.ERC20InsufficientAllowance.selector);
        vault.transferFrom(address(vault), stranger, 1);
    }

    function test_honest_owner_and_operator_are_served_at_every_entry_point() public {
        bytes[] memory calls = _attempts();
        vm.prank(bob);
        desk.setOperator(stranger, true);
        for (uint256 i; i < calls.length; ++i) {
            vm.prank(stranger);
            (bool ok,) = address(desk).call(calls[i]);
            assertTrue(ok);
        }
    }

    function test_control_without_the_check_bob_loses_all_of_it() public {
        _scene(DeskGuard.Actor);
        bytes[] memory calls = _attempts();
        uint256 before = _richesD18(stranger);
        for (uint256 i; i < calls.length; ++i) {
            vm.prank(stranger);
            (bool ok,) = address(desk).call(calls[i]);
            assertTrue(ok);
        }
        // $60 and 0.8 shares of $1,000 were Bob's to reclaim
        assertGt(_richesD18(stranger), before + 859e18);
        assertEq(desk.pendingDepositRequest(0, stranger), 1000e6, "and his dollars work for the stranger");
    }
}
