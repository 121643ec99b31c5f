// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {BasketVault} from "../../src/BasketVault.sol";
import {Factory} from "../../src/Factory.sol";
import {PoolSwaps} from "../../src/periphery/PoolSwaps.sol";
import {Zap} from "../../src/periphery/Zap.sol";
import {ZapIn} from "../../src/periphery/ZapIn.sol";
import {ZapFixture} from "../fixture/ZapFixture.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

contract ZapInTest is ZapFixture {
    /// @dev Bob has `maxIn` of asset `from` and nothing else.
    function _order(uint256 from, uint256 maxIn, uint256 shares) internal returns (ZapIn.Order memory) {
        tokens[from].mint(bob, maxIn);
        vm.prank(bob);
        tokens[from].approve(address(zapIn), maxIn);
        return ZapIn.Order(vault, address(tokens[from]), maxIn, shares, bob, block.timestamp);
    }

    function _zap(ZapIn.Order memory order, PoolSwaps.Route[] memory routes) internal returns (uint256) {
        vm.prank(bob);
        return zapIn.zap(order, routes);
    }

    function testFuzz_exactly_the_shares_for_at_most_the_price_and_nothing_stays_behind(
        uint256 from,
        uint256 shares,
        uint256 excessBps
    ) public {
        from = bound(from, 0, 4);
        shares = bound(shares, 1e16, 20e18);
        excessBps = bound(excessBps, 200, 5000);
        PoolSwaps.Route[] memory routes = _buying(from, shares, excessBps);
        uint256 maxIn = _sumOf(routes) + _needed(from, from, shares, 200);
        uint256 spent = _zap(_order(from, maxIn, shares), routes);
        assertEq(vault.balanceOf(bob), shares);
        assertEq(tokens[from].balanceOf(bob), maxIn - spent, "the rest of the money is back");
        assertApproxEqRel(
            _worthD18(from, maxIn), _wealthD18(bob) + shares * 1000, 0.012e18, "so is all else, but for fees"
        );
        _assertClean(address(zapIn));
    }

    function test_shares_may_go_to_somebody_else_and_leftovers_come_back() public {
        PoolSwaps.Route[] memory routes = _buying(1, 1e18, 300);
        ZapIn.Order memory order = _order(1, 1100e6, 1e18);
        order.to = stranger;
        uint256 held = tokens[3].balanceOf(stranger);
        _zap(order, routes);
        assertEq(vault.balanceOf(stranger), 1e18);
        assertEq(tokens[3].balanceOf(stranger), held);
        assertGt(tokens[3].balanceOf(bob), 0);
    }

    function test_the_operation_is_refused_as_a_whole_if_anything_is_missing() public {
        ZapIn.Order memory order = _order(1, 1100e6, 1e18);
        PoolSwaps.Route[] memory routes = _buying(1, 1e18, 300);
        routes[3].amountIn /= 2;
        _expect(IERC20Errors.ERC20InsufficientAllowance.selector);
        _zap(order, routes);
        assertEq(tokens[1].balanceOf(bob), 1100e6);
    }

    function test_no_more_than_the_maximum_is_taken() public {
        PoolSwaps.Route[] memory routes = _buying(1, 1e18, 300);
        ZapIn.Order memory order = _order(1, 2000e6, 1e18);
        order.maxIn = _sumOf(routes) - 1;
        _expect(IERC20Errors.ERC20InsufficientBalance.selector);
        _zap(order, routes);
    }

    /// Bought for a vault that has no such asset, it would lie here for the next caller.
    function test_a_route_that_ends_in_no_asset_of_the_vault_is_refused() public {
        PoolSwaps.Route[] memory routes = new PoolSwaps.Route[](2);
        routes[0] = PoolSwaps.Route(600e6, _hops(1, 3));
        routes[1] = PoolSwaps.Route(100e6, _hops(1, 2));
        ZapIn.Order memory order = _order(1, 1300e6, 1e18);
        order.vault = _ofTwo();
        vm.expectRevert(abi.encodeWithSelector(ZapIn.ZapIn__WrongEnd.selector, address(tokens[2])));
        _zap(order, routes);
        routes[1].hops = _hops(1, 1);
        _zap(order, routes);
        assertEq(
            BasketVault(address(order.vault)).balanceOf(bob), 1e18, "a route of no hops buys nothing and harms nobody"
        );
        _assertClean(address(zapIn));
    }

    /// @dev A vault of assets 1 and 3, a share of which is worth $1,000.
    function _ofTwo() private returns (BasketVault) {
        Factory.Plan memory plan = Factory.Plan({
            name: "Two",
            symbol: "TWO",
            assets: new address[](2),
            amounts: new uint256[](2),
            shares: 100e18,
            sharesTo: alice,
            roles: roles(),
            bounds: bounds(),
            rules: new address[](0),
            salt: 0
        });
        (plan.assets[0], plan.assets[1]) = (address(tokens[1]), address(tokens[3]));
        (plan.amounts[0], plan.amounts[1]) = (50_000e6, 25e18);
        tokens[1].mint(address(this), 50_000e6);
        tokens[3].mint(address(this), 25e18);
        tokens[1].approve(address(factory), 50_000e6);
        tokens[3].approve(address(factory), 25e18);
        return BasketVault(factory.create(plan));
    }

    function test_a_late_zap_is_refused() public {
        ZapIn.Order memory order = _order(1, 1100e6, 1e18);
        order.deadline = block.timestamp - 1;
        PoolSwaps.Route[] memory routes = _buying(1, 1e18, 300);
        vm.expectRevert(abi.encodeWithSelector(Zap.Zap__Expired.selector, block.timestamp - 1, block.timestamp));
        _zap(order, routes);
    }

    function test_nobody_elses_approval_is_used() public {
        ZapIn.Order memory order = _order(1, 1100e6, 1e18);
        PoolSwaps.Route[] memory routes = _buying(1, 1e18, 300);
        address carol = makeAddr("carol");
        _expect(IERC20Errors.ERC20InsufficientAllowance.selector);
        vm.prank(carol);
        zapIn.zap(order, routes);
        assertEq(tokens[1].balanceOf(bob), 1100e6);
    }

    function test_strays_hold_no_zap_back() public {
        tokens[1].mint(address(zapIn), 5000e6);
        PoolSwaps.Route[] memory routes = _buying(1, 1e18, 300);
        assertEq(_zap(_order(1, 1100e6, 1e18), routes), 0);
        _assertClean(address(zapIn));
    }
}
