// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISettler} from "../../src/interfaces/ISettler.sol";
import {CowFixture} from "../fixture/CowFixture.sol";
import {Guard} from "../fixture/Weak.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// A27: a token of the basket tells an absurd balance (somebody has found out how to mint it without end) while an order that
/// buys or sells it has been filled in part and not been counted yet. Whoever leaves takes the others and a claim on it.
contract A27OrdersTest is CowFixture {
    uint256 internal constant SOLD = 10_000e6;

    function setUp() public override {
        super.setUp();
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        ISettler.BatchOrder memory order = _orderAtQuote(1, 3, SOLD);
        _arm(order);
        _settlePart(order, SOLD / 2, 0);
    }

    function _say(uint256 i, uint256 balance) internal {
        vm.mockCall(address(tokens[i]), abi.encodeCall(IERC20.balanceOf, (address(vault))), abi.encode(balance));
    }

    function depart(uint256 skip) external {
        vm.prank(alice);
        vault.redeemSkipping(SHARES / 2, _none(), alice, skip);
    }

    function testFuzz_it_holds_nobody_else_back(uint256 balance, uint256 bits, bool sold) public {
        uint256 i = sold ? 1 : 3;
        _say(i, balance >> bound(bits, 0, 255));
        uint256[5] memory had;
        for (uint256 k; k < 5; ++k) {
            had[k] = tokens[k].balanceOf(alice);
        }
        this.depart(1 << i);
        assertGe(tokens[0].balanceOf(alice) - had[0], amounts()[0] / 2);
        assertGe(tokens[2].balanceOf(alice) - had[2], amounts()[2] / 2);
        assertGe(tokens[4].balanceOf(alice) - had[4], amounts()[4] / 2);
        // and again, once it has been counted, and once it is over
        vm.prank(strategist);
        try settler.disarm(address(vault)) {} catch {}
        vm.prank(alice);
        vault.redeemSkipping(SHARES / 4, _none(), alice, 1 << i);
    }

    /// What was never there cannot be told from what was sold: the token is lost for whoever leaves, and nothing else is.
    function testFuzz_nor_does_a_token_that_told_too_much_when_the_order_was_armed(uint256 bits) public {
        vm.prank(strategist);
        settler.disarm(address(vault));
        ISettler.BatchOrder memory order = _orderAtQuote(1, 3, SOLD / 2);
        _say(1, type(uint256).max >> bound(bits, 15, 255));
        vm.prank(strategist);
        try settler.arm(address(vault), order) {} catch {}
        vm.clearMockedCalls();
        uint256 had = tokens[4].balanceOf(alice);
        this.depart(2);
        assertEq(tokens[4].balanceOf(alice) - had, amounts()[4] / 2);
    }

    function test_control_where_it_counts_in_full_nobody_leaves() public {
        _without(Guard.Absurd);
        _say(3, 1 << 200);
        uint256 wealth = _wealthD18(alice);
        vm.expectRevert();
        this.depart(1 << 3);
        vm.expectRevert();
        this.depart(31);
        assertEq(_wealthD18(alice), wealth, "$500,000 stay behind");
    }

    function test_honest_a_moderate_gift_counts_in_full() public {
        tokens[3].mint(address(vault), 1e24);
        this.depart(0);
        assertApproxEqAbs(vault.unitsOf(address(tokens[3])), (1e24 + 102.475e18) * 1e18 / 1000, 1e36);
    }
}
