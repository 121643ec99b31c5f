// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {Fixture} from "../fixture/Fixture.sol";

contract MintTest is Fixture {
    function testFuzz_minting_takes_the_exact_share_rounded_up(uint256 shares) public {
        shares = bound(shares, 1, SHARES);
        uint256[] memory units = new uint256[](5);
        for (uint256 i; i < 5; ++i) {
            units[i] = vault.unitsOf(address(tokens[i]));
        }
        vm.prank(alice);
        uint256[] memory taken = vault.mint(shares, _none(), stranger);
        assertEq(vault.balanceOf(stranger), shares);
        for (uint256 i; i < 5; ++i) {
            assertGe(taken[i] * 1e36, units[i] * shares, "at least the share");
            assertLt(taken[i] * 1e36, units[i] * shares + 1e36, "less than one atom more");
            assertEq(vault.unitsOf(address(tokens[i])), units[i], "units per share do not move");
            assertEq(tokens[i].balanceOf(address(vault)), amounts()[i] + taken[i]);
        }
    }

    function testFuzz_minting_and_redeeming_at_once_never_pays(uint256 shares) public {
        shares = bound(shares, 1, SHARES);
        vm.startPrank(stranger);
        uint256[] memory taken = vault.mint(shares, _none(), stranger);
        uint256[] memory back = vault.redeem(shares, _none(), stranger);
        vm.stopPrank();
        for (uint256 i; i < 5; ++i) {
            assertLe(back[i], taken[i]);
        }
    }

    function test_a_limit_on_what_is_taken_holds() public {
        uint256[] memory limits = new uint256[](5);
        for (uint256 i; i < 5; ++i) {
            limits[i] = amounts()[i] / 1000;
        }
        vm.startPrank(alice);
        vault.mint(1e18, limits, alice);
        limits[2] -= 1;
        _expect(IBasketVault.BasketVault__TooMuchIn.selector);
        vault.mint(1e18, limits, alice);
    }

    function test_limits_must_be_given_for_all_assets_or_none() public {
        _expect(IBasketVault.BasketVault__BadLength.selector);
        vm.prank(alice);
        vault.mint(1e18, new uint256[](4), alice);
    }

    function test_nothing_cannot_be_minted() public {
        vm.expectRevert(IBasketVault.BasketVault__ZeroShares.selector);
        vm.prank(alice);
        vault.mint(0, _none(), alice);
    }

    function testFuzz_a_donation_changes_nothing(uint256 i, uint256 amount) public {
        i = bound(i, 0, 4);
        amount = bound(amount, 1, 1e30);
        uint256 nav = _navD18();
        tokens[i].mint(address(vault), amount);
        assertEq(_navD18(), nav);
        vm.prank(stranger);
        uint256[] memory taken = vault.mint(1e18, _none(), stranger);
        assertEq(taken[i], amounts()[i] / 1000);
    }
}
