// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {TestToken} from "../../src/demo/TestToken.sol";
import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {RebasingToken} from "../fixture/OddTokens.sol";
import {Guard} from "../fixture/Weak.sol";

/// A31: a token takes some of every balance away. Before anybody has looked, a fill sells as much as the shares owned before.
contract A31ClaimsTest is Fixture {
    function setUp() public override {
        super.setUp();
        vm.prank(alice);
        vault.redeemSkipping(SHARES / 10, _none(), alice, 2);
        _propose(_intent(1, 3, 10_000));
        _wait(10 minutes);
        RebasingToken(address(tokens[1])).rebase(address(vault), 8500);
        tokens[3].mint(stranger, 100e18);
    }

    function _newToken(uint256 i) internal override returns (TestToken) {
        return i == 1 ? new RebasingToken(decimals()[i], address(this)) : super._newToken(i);
    }

    function fill(uint256 amount) external {
        _fill(stranger, 1, 3, amount);
    }

    function test_what_is_held_for_a_claim_is_not_sold() public {
        address lost = address(tokens[1]);
        vm.expectRevert(abi.encodeWithSelector(IBasketVault.BasketVault__Oversold.selector, lost, 170_000e6, 150_000e6));
        this.fill(170_000e6);
        this.fill(150_000e6);
        vm.prank(alice);
        assertEq(vault.claim(lost, alice), 20_000e6);
    }

    function test_control_where_nobody_looks_a_claim_is_sold() public {
        _without(Guard.Claims);
        this.fill(170_000e6);
        assertEq(vault.claimOf(alice, address(tokens[1])), 20_000e6);
        assertEq(tokens[1].balanceOf(address(vault)), 0, "all $20,000 of Alice's are gone");
    }

    function test_honest_after_a_look_what_is_left_is_sold() public {
        vault.sync(address(tokens[1]));
        this.fill(150_000e6 - 1);
        vm.prank(alice);
        vault.claim(address(tokens[1]), alice);
        assertEq(tokens[1].balanceOf(address(vault)), 1, "units forget less than an atom");
    }
}
