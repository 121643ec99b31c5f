// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {TestToken} from "../../src/demo/TestToken.sol";
import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {StoppableToken} from "../fixture/StoppableToken.sol";

contract RedeemSkippingTest is Fixture {
    function _newToken(uint256 i) internal override returns (TestToken) {
        return i == 2 ? new StoppableToken(decimals()[i], address(this)) : super._newToken(i);
    }

    function testFuzz_one_broken_token_does_not_hold_the_others_back(uint256 shares) public {
        shares = bound(shares, 1e13, vault.balanceOf(alice));
        StoppableToken(address(tokens[2])).stop(true);
        vm.startPrank(alice);
        vm.expectRevert();
        vault.redeem(shares, _none(), alice);

        uint256 before = tokens[1].balanceOf(alice);
        uint256[] memory paid = vault.redeemSkipping(shares, _none(), alice, 1 << 2);
        assertEq(paid[2], 0);
        assertEq(tokens[1].balanceOf(alice), before + paid[1]);
        uint256 owed = vault.claimOf(alice, address(tokens[2]));
        assertEq(owed, amounts()[2] * shares / SHARES);
        vm.stopPrank();

        StoppableToken(address(tokens[2])).stop(false);
        before = tokens[2].balanceOf(stranger);
        vm.prank(alice);
        assertEq(vault.claim(address(tokens[2]), stranger), owed);
        assertEq(tokens[2].balanceOf(stranger), before + owed);
        _expect(IBasketVault.BasketVault__NoClaim.selector);
        vm.prank(alice);
        vault.claim(address(tokens[2]), stranger);
    }

    function test_an_open_claim_is_not_part_of_the_vault() public {
        vm.prank(alice);
        vault.redeemSkipping(SHARES / 2, _none(), alice, 31);
        (,, uint256[] memory balances) = vault.holdings();
        for (uint256 i; i < 5; ++i) {
            uint256 owed = vault.claimOf(alice, address(tokens[i]));
            assertEq(owed, amounts()[i] / 2);
            assertEq(tokens[i].balanceOf(address(vault)), amounts()[i]);
            assertLe(balances[i] + owed, amounts()[i]);
        }
    }

    function test_a_stranger_has_no_claim() public {
        vm.prank(alice);
        vault.redeemSkipping(1e18, _none(), alice, 31);
        _expect(IBasketVault.BasketVault__NoClaim.selector);
        vm.prank(stranger);
        vault.claim(address(tokens[2]), stranger);
    }
}
