// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {BasketVault} from "../../src/BasketVault.sol";
import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";

contract InitializeTest is Fixture {
    function _clone(address[] memory list) internal returns (BasketVault) {
        return BasketVault(Clones.cloneWithImmutableArgs(factory.implementation(), abi.encode(list)));
    }

    function _two() internal view returns (address[] memory list) {
        list = new address[](2);
        (list[0], list[1]) = (address(tokens[1]), address(tokens[3]));
    }

    function test_a_share_is_what_was_paid_in_first() public view {
        for (uint256 i; i < 5; ++i) {
            assertEq(vault.unitsOf(address(tokens[i])), amounts()[i] * 1e36 / SHARES);
        }
        assertEq(vault.totalSupply(), SHARES);
        assertEq(vault.balanceOf(address(vault)), vault.MIN_SHARES());
        assertEq(vault.name(), "Basket");
        assertEq(vault.symbol(), "BSK");
        assertEq(vault.settler(), address(settler));
    }

    function test_it_happens_once() public {
        vm.expectRevert(Initializable.InvalidInitialization.selector);
        vault.initialize("", "", new uint256[](5), 1e18, stranger);
    }

    function test_the_implementation_cannot_be_used() public {
        BasketVault implementation = BasketVault(factory.implementation());
        vm.expectRevert(Initializable.InvalidInitialization.selector);
        implementation.initialize("", "", new uint256[](5), 1e18, stranger);
    }

    function test_the_assets_must_be_there() public {
        BasketVault clone = _clone(_two());
        uint256[] memory held = new uint256[](2);
        held[0] = 1;
        _expect(IBasketVault.BasketVault__BalanceMismatch.selector);
        clone.initialize("", "", held, 1e18, alice);
    }

    function test_shares_of_nothing_are_refused() public {
        BasketVault clone = _clone(_two());
        vm.expectRevert(IBasketVault.BasketVault__Empty.selector);
        clone.initialize("", "", new uint256[](2), 1e18, alice);
    }

    function test_the_same_asset_twice_is_refused() public {
        address[] memory list = _two();
        list[1] = list[0];
        BasketVault clone = _clone(list);
        _expect(IBasketVault.BasketVault__SameToken.selector);
        clone.initialize("", "", new uint256[](2), 1e18, alice);
    }

    function test_no_assets_and_too_many_are_refused() public {
        BasketVault clone = _clone(new address[](0));
        _expect(IBasketVault.BasketVault__BadAssetCount.selector);
        clone.initialize("", "", new uint256[](0), 1e18, alice);
        clone = _clone(new address[](33));
        _expect(IBasketVault.BasketVault__BadAssetCount.selector);
        clone.initialize("", "", new uint256[](33), 1e18, alice);
    }

    function test_every_asset_has_an_amount_and_every_amount_an_asset() public {
        BasketVault clone = _clone(_two());
        tokens[1].mint(address(clone), 1);
        uint256[] memory held = new uint256[](3);
        held[0] = 1;
        vm.expectRevert(abi.encodeWithSelector(IBasketVault.BasketVault__BadLength.selector, 3, 2));
        clone.initialize("", "", held, 1e18, alice);
        vm.expectRevert(abi.encodeWithSelector(IBasketVault.BasketVault__BadLength.selector, 1, 2));
        clone.initialize("", "", new uint256[](1), 1e18, alice);
    }

    function test_too_few_shares_are_refused() public {
        BasketVault clone = _clone(_two());
        _expect(IBasketVault.BasketVault__TooFewShares.selector);
        clone.initialize("", "", new uint256[](2), 1e6, alice);
    }

    /// The classic attack: be first with almost nothing, donate, and let the victim's mint round to nothing.
    function testFuzz_being_first_and_donating_never_pays(uint256 donation) public {
        donation = bound(donation, 1, 1e24);
        BasketVault clone = _clone(_two());
        uint256[] memory held = new uint256[](2);
        (held[0], held[1]) = (1, 1);
        tokens[1].mint(address(clone), 1);
        tokens[3].mint(address(clone), 1);
        clone.initialize("", "", held, 1e6 + 1, stranger);
        tokens[3].mint(address(clone), donation);

        vm.startPrank(alice);
        tokens[1].approve(address(clone), type(uint256).max);
        tokens[3].approve(address(clone), type(uint256).max);
        uint256[] memory taken = clone.mint(1e10, _none(), alice);
        uint256[] memory back = clone.redeem(1e10, _none(), alice);
        vm.stopPrank();
        assertLe(taken[0] - back[0], 1, "the victim loses an atom at most");
        assertLe(taken[1] - back[1], 1, "the victim loses an atom at most");
        vm.prank(stranger);
        uint256[] memory loot = clone.redeem(1, _none(), stranger);
        assertEq(loot[1], 0, "the attacker never sees the donation again");
    }
}
