// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {PoolSwaps} from "../../src/periphery/PoolSwaps.sol";
import {Zap} from "../../src/periphery/Zap.sol";
import {ZapOut} from "../../src/periphery/ZapOut.sol";
import {ZapFixture} from "../fixture/ZapFixture.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

contract ZapOutTest is ZapFixture {
    /// @dev Bob has `shares` and nothing else.
    function _order(uint256 to, uint256 shares, uint256 minOut) internal returns (ZapOut.Order memory) {
        vm.prank(alice);
        vault.transfer(bob, shares);
        vm.prank(bob);
        vault.approve(address(zapOut), shares);
        return ZapOut.Order(vault, shares, address(tokens[to]), minOut, bob, block.timestamp);
    }

    /// @dev Sales of all assets but the wanted one: of a part, and then of all that is left.
    function _sales(uint256 to, uint256 shares, uint256 part) internal view returns (ZapOut.Sale[] memory sales) {
        sales = new ZapOut.Sale[](8);
        uint256 n;
        for (uint256 i; i < 5; ++i) {
            if (i == to) continue;
            uint256 amount = vault.unitsOf(address(tokens[i])) * shares / 1e36;
            sales[n++] = ZapOut.Sale(address(tokens[i]), PoolSwaps.Route(amount * part / 100 + 1, _hops(i, to)));
            sales[n++] = ZapOut.Sale(address(tokens[i]), PoolSwaps.Route(type(uint256).max, _hops(i, to)));
        }
    }

    function _zap(ZapOut.Order memory order, ZapOut.Sale[] memory sales) internal returns (uint256) {
        vm.prank(bob);
        return zapOut.zap(order, sales);
    }

    function testFuzz_one_token_for_the_shares_and_nothing_stays_behind(uint256 to, uint256 shares, uint256 part)
        public
    {
        to = bound(to, 0, 4);
        shares = bound(shares, 1e18, 200e18);
        part = bound(part, 1, 90);
        uint256 received = _zap(_order(to, shares, 0), _sales(to, shares, part));
        assertEq(vault.balanceOf(bob), 0);
        assertEq(tokens[to].balanceOf(bob), received);
        assertEq(_wealthD18(bob), _worthD18(to, received), "there is nothing else");
        assertApproxEqRel(_worthD18(to, received), shares * 1000, 0.012e18);
        _assertClean(address(zapOut));
    }

    function testFuzz_what_is_not_sold_is_paid_in_kind(uint256 part) public {
        part = bound(part, 1, 99);
        ZapOut.Sale[] memory all = _sales(1, 10e18, part);
        ZapOut.Sale[] memory sales = new ZapOut.Sale[](1);
        sales[0] = all[4];
        uint256 received = _zap(_order(1, 10e18, 0), sales);
        assertApproxEqRel(_worthD18(1, received), 2000e18 + 2000e18 * part / 100, 0.002e18);
        assertApproxEqRel(_wealthD18(bob), 10_000e18, 0.001e18);
        assertApproxEqAbs(_worthD18(0, tokens[0].balanceOf(bob)), 2000e18, 0.01e18);
        _assertClean(address(zapOut));
    }

    function test_the_receiver_gets_the_minimum_or_nothing_happens() public {
        ZapOut.Order memory order = _order(1, 10e18, 0);
        ZapOut.Sale[] memory sales = _sales(1, 10e18, 50);
        uint256 snapshot = vm.snapshotState();
        uint256 received = _zap(order, sales);
        vm.revertToState(snapshot);
        order.minOut = received + 1;
        vm.expectRevert(abi.encodeWithSelector(ZapOut.ZapOut__TooLittle.selector, received, received + 1));
        _zap(order, sales);
        order.minOut = received;
        assertEq(_zap(order, sales), received);
    }

    function test_what_the_receiver_has_already_does_not_count() public {
        ZapOut.Order memory order = _order(1, 10e18, 10_001e6);
        ZapOut.Sale[] memory sales = _sales(1, 10e18, 50);
        tokens[1].mint(bob, 50_000e6);
        _expect(ZapOut.ZapOut__TooLittle.selector);
        _zap(order, sales);
    }

    function test_a_route_ends_in_the_token_that_is_wanted() public {
        ZapOut.Order memory order = _order(1, 10e18, 0);
        ZapOut.Sale[] memory sales = _sales(1, 10e18, 50);
        sales[4].route.hops = _hops(2, 3);
        _expect(ZapOut.ZapOut__WrongEnd.selector);
        _zap(order, sales);
    }

    function test_a_late_zap_is_refused() public {
        ZapOut.Order memory order = _order(1, 10e18, 0);
        order.deadline = block.timestamp - 1;
        ZapOut.Sale[] memory sales = _sales(1, 10e18, 50);
        vm.expectRevert(abi.encodeWithSelector(Zap.Zap__Expired.selector, block.timestamp - 1, block.timestamp));
        _zap(order, sales);
    }

    function test_nobody_elses_approval_is_used() public {
        ZapOut.Order memory order = _order(1, 10e18, 0);
        order.to = stranger;
        ZapOut.Sale[] memory sales = _sales(1, 10e18, 50);
        address carol = makeAddr("carol");
        _expect(IERC20Errors.ERC20InsufficientAllowance.selector);
        vm.prank(carol);
        zapOut.zap(order, sales);
        assertEq(vault.balanceOf(bob), 10e18);
    }
}
