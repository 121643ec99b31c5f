// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {Fixture} from "../fixture/Fixture.sol";

contract SettleTest is Fixture {
    function _settle(uint256 from, uint256 to, uint256 amount, uint256 min) internal returns (uint256) {
        vm.prank(address(settler));
        return vault.settle(address(tokens[from]), address(tokens[to]), amount, min, stranger, "");
    }

    function test_only_the_settler_settles() public {
        _expect(IBasketVault.BasketVault__NotSettler.selector);
        vm.prank(owner);
        vault.settle(address(tokens[0]), address(tokens[1]), 1, 1, owner, "");
    }

    function testFuzz_what_leaves_and_what_arrives_is_exact(uint256 from, uint256 to, uint256 amount, uint256 paid)
        public
    {
        from = bound(from, 0, 4);
        to = bound(to, 0, 4);
        vm.assume(from != to);
        amount = bound(amount, 1, amounts()[from]);
        paid = bound(paid, 0, amounts()[to]);
        assertEq(_settle(from, to, amount, paid), paid);
        (, uint256 sold, uint256 bought) = vault.position(address(tokens[from]), address(tokens[to]));
        assertEq(tokens[from].balanceOf(address(vault)), amounts()[from] - amount);
        assertEq(tokens[to].balanceOf(address(vault)), amounts()[to] + paid);
        assertLe(sold, amounts()[from] - amount);
        assertLe(bought, amounts()[to] + paid);
        assertGe(sold + 1, amounts()[from] - amount, "units forget less than an atom");
        assertGe(bought + 1, amounts()[to] + paid, "units forget less than an atom");
    }

    function test_no_more_is_sold_than_the_shares_own() public {
        tokens[0].mint(address(vault), 1000);
        _expect(IBasketVault.BasketVault__Oversold.selector);
        _settle(0, 1, amounts()[0] + 1, 0);
    }

    function test_a_stranger_to_the_basket_is_neither_sold_nor_bought() public {
        tokens.push(_newToken(0));
        tokens[5].mint(address(vault), 10);
        tokens[5].mint(stranger, 10);
        vm.prank(stranger);
        tokens[5].approve(address(vault), 10);
        _expect(IBasketVault.BasketVault__NotAnAsset.selector);
        _settle(5, 1, 1, 1);
        _expect(IBasketVault.BasketVault__NotAnAsset.selector);
        _settle(1, 5, 1, 1);
    }

    function test_a_token_is_not_sold_for_itself() public {
        _expect(IBasketVault.BasketVault__SameToken.selector);
        _settle(1, 1, 1, 1);
    }
}
