// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {PlainAdapter} from "../fixture/PlainAdapter.sol";

contract ArmTest is Fixture {
    function test_only_the_settler_arms_and_disarms() public {
        address[7] memory who = [address(allocator), owner, curator, strategist, sentinel, stranger, address(vault)];
        for (uint256 i; i < who.length; ++i) {
            vm.startPrank(who[i]);
            vm.expectRevert(abi.encodeWithSelector(IBasketVault.BasketVault__NotSettler.selector, who[i]));
            vault.arm(_sale(1000e6));
            vm.expectRevert(abi.encodeWithSelector(IBasketVault.BasketVault__NotSettler.selector, who[i]));
            vault.disarm();
            vm.stopPrank();
        }
    }

    function testFuzz_no_more_is_armed_than_the_shares_own(uint256 donated) public {
        tokens[1].mint(address(vault), bound(donated, 0, 1e30));
        vm.startPrank(address(settler));
        vm.expectRevert(
            abi.encodeWithSelector(
                IBasketVault.BasketVault__Oversold.selector, address(tokens[1]), amounts()[1] + 1, amounts()[1]
            )
        );
        vault.arm(_sale(amounts()[1] + 1));
        vault.arm(_sale(amounts()[1]));
        (bytes32 digest, uint256 left) = vault.armed();
        assertEq(digest, "order");
        assertEq(left, amounts()[1]);
        (, uint256 sold, uint256 bought) = vault.position(address(tokens[1]), address(tokens[3]));
        assertEq(sold, amounts()[1], "nothing is sold yet");
        assertEq(bought, amounts()[3], "nor bought");
        _expect(IBasketVault.BasketVault__AlreadyArmed.selector);
        vault.arm(_sale(1));
        vault.disarm();
        (digest, left) = vault.armed();
        assertEq(digest, 0);
        assertEq(left, 0);
        assertEq(tokens[1].allowance(address(vault), stranger), 0);
    }

    /// What is sold and not yet paid is neither here nor there: nobody is told what a share is, and nothing is done by it.
    function test_between_sale_and_payment_nothing_is_told_and_only_redeeming_goes_on() public {
        vm.prank(address(settler));
        vault.arm(_sale(1000e6));
        vm.prank(stranger);
        tokens[1].transferFrom(address(vault), stranger, 400e6);
        bytes4 why = IBasketVault.BasketVault__InTheMiddle.selector;
        _expect(why);
        vault.holdings();
        _expect(why);
        vault.position(address(tokens[1]), address(tokens[0]));
        _expect(why);
        vault.position(address(tokens[0]), address(tokens[3]));
        vault.position(address(tokens[0]), address(tokens[2]));
        vm.startPrank(address(settler));
        _expect(why);
        vault.settle(address(tokens[3]), address(tokens[2]), 1, 0, stranger, "");
        _expect(why);
        vault.disarm();
        vm.stopPrank();
        vm.startPrank(alice);
        _expect(why);
        vault.mint(1e18, _none(), alice);
        vault.redeem(1e18, _none(), alice);
        vm.stopPrank();
    }

    function test_what_an_order_has_done_is_told_at_once_and_counts_when_it_is_over() public {
        vm.prank(address(settler));
        vault.arm(_sale(1000e6));
        vm.prank(stranger);
        tokens[1].transferFrom(address(vault), stranger, 400e6);
        tokens[3].mint(address(vault), 0.4e18);
        for (uint256 i; i < 2; ++i) {
            (, uint256 sold, uint256 bought) = vault.position(address(tokens[1]), address(tokens[3]));
            assertEq(sold, amounts()[1] - 400e6);
            assertEq(bought, amounts()[3] + 0.4e18);
            vm.prank(address(settler));
            vault.disarm();
        }
        assertEq(vault.unitsOf(address(tokens[1])), (amounts()[1] - 400e6) * 1e36 / SHARES);
        assertEq(vault.unitsOf(address(tokens[3])), (amounts()[3] + 0.4e18) * 1e36 / SHARES);
    }

    /// What waits beyond the ledger is measured against what waited when it was armed.
    function test_the_tokens_of_an_order_are_neither_synced_nor_converted() public {
        vm.prank(address(settler));
        vault.arm(_sale(1000e6));
        bytes4 why = IBasketVault.BasketVault__AlreadyArmed.selector;
        PlainAdapter adapter = new PlainAdapter();
        for (uint256 i; i < 5; ++i) {
            bool busy = i == 1 || i == 3;
            if (busy) _expect(why);
            vault.sync(address(tokens[i]));
            address[] memory list = new address[](1);
            list[0] = address(tokens[i]);
            vm.prank(address(allocator));
            if (busy) _expect(why);
            vault.convert(list, new int256[](1), address(adapter), "");
        }
    }
}
