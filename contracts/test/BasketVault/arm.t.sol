// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {Fixture} from "../fixture/Fixture.sol";

contract ArmTest is Fixture {
    function _sale(uint256 amount) private view returns (IBasketVault.ArmedSale memory) {
        return IBasketVault.ArmedSale({
            digest: "order",
            sell: address(tokens[1]),
            buy: address(tokens[3]),
            relayer: stranger,
            validTo: uint32(block.timestamp + 10 minutes),
            leastSupply: 0,
            sellAmount: amount,
            buyAmount: 1e18
        });
    }

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
        _expect(IBasketVault.BasketVault__AlreadyArmed.selector);
        vault.arm(_sale(1));
        vault.disarm();
        (digest, left) = vault.armed();
        assertEq(digest, 0);
        assertEq(left, 0);
        assertEq(tokens[1].allowance(address(vault), stranger), 0);
    }
}
