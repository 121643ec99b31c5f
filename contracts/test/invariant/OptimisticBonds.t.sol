// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {OptimisticFixture} from "../fixture/OptimisticFixture.sol";
import {OptimisticHandler} from "../fixture/OptimisticHandler.sol";

/// Bonds are neither made nor lost, whoever does what in whatever order.
contract OptimisticBondsInvariant is OptimisticFixture {
    OptimisticHandler internal handler;

    function setUp() public override {
        super.setUp();
        handler = new OptimisticHandler(proposer, settler, vault, money, feeds, [owner, sentinel]);
        for (uint256 i; i < 3; ++i) {
            money.mint(handler.actors(i), 1000 * BOND);
            vm.prank(handler.actors(i));
            money.approve(address(proposer), type(uint256).max);
        }
        for (uint256 i; i < 5; ++i) {
            feeds[i].transferOwnership(address(handler));
        }
        targetContract(address(handler));
    }

    function invariant_what_is_here_is_what_is_open_disputed_and_owed() public view {
        uint256 sum = handler.openBonds() + handler.disputedBonds() + handler.owedBonds();
        assertEq(money.balanceOf(address(proposer)), sum);
        assertEq(money.totalSupply(), 3200 * uint256(BOND));
    }

    function invariant_an_intent_was_open_for_its_whole_window_before_it_was_proposed() public view {
        assertEq(handler.broken(), "");
        assertEq(settler.headerOf(address(vault)).nonce, handler.executed());
    }
}
