// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {Fixture} from "../fixture/Fixture.sol";

contract RedeemTest is Fixture {
    function testFuzz_redeeming_pays_the_exact_share_rounded_down(uint256 shares) public {
        shares = bound(shares, 1, vault.balanceOf(alice));
        uint256[] memory units = new uint256[](5);
        for (uint256 i; i < 5; ++i) {
            units[i] = vault.unitsOf(address(tokens[i]));
        }
        vm.prank(alice);
        uint256[] memory paid = vault.redeem(shares, _none(), stranger);
        for (uint256 i; i < 5; ++i) {
            assertLe(paid[i] * 1e36, units[i] * shares, "no more than the share");
            assertGt(paid[i] * 1e36 + 1e36, units[i] * shares, "less than one atom less");
            assertEq(vault.unitsOf(address(tokens[i])), units[i], "units per share do not move");
            assertEq(tokens[i].balanceOf(address(vault)), amounts()[i] - paid[i]);
        }
    }

    function test_the_last_holder_leaves_only_the_locked_shares_behind() public {
        uint256 all = vault.balanceOf(alice);
        vm.prank(alice);
        vault.redeem(all, _none(), alice);
        assertEq(vault.totalSupply(), vault.MIN_SHARES());
        for (uint256 i; i < 5; ++i) {
            assertLe(tokens[i].balanceOf(address(vault)) * 1e12, amounts()[i] + 1e12, "one part in 1e15, or an atom");
        }
        vm.prank(stranger);
        vault.mint(1e18, _none(), stranger);
        assertEq(vault.balanceOf(stranger), 1e18, "and the vault goes on");
    }

    function test_a_limit_on_what_is_paid_holds() public {
        uint256[] memory limits = new uint256[](5);
        for (uint256 i; i < 5; ++i) {
            limits[i] = amounts()[i] / 1000;
        }
        vm.startPrank(alice);
        vault.redeem(1e18, limits, alice);
        limits[3] += 1;
        _expect(IBasketVault.BasketVault__TooLittleOut.selector);
        vault.redeem(1e18, limits, alice);
    }

    function test_nobody_redeems_shares_of_another() public {
        vm.expectRevert();
        vm.prank(stranger);
        vault.redeem(1e18, _none(), stranger);
    }

    function test_redeeming_needs_no_price() public {
        vm.warp(block.timestamp + 365 days);
        vm.prank(alice);
        uint256[] memory paid = vault.redeem(1e18, _none(), alice);
        assertEq(paid[1], 200e6);
    }
}
