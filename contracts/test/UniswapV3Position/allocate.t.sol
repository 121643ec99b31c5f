// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {BasketVault} from "../../src/BasketVault.sol";
import {Factory} from "../../src/Factory.sol";
import {IAllocator} from "../../src/interfaces/IAllocator.sol";
import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {IUniswapV3Position} from "../../src/interfaces/IUniswapV3Position.sol";
import {PositionFeed} from "../../src/sources/PositionFeed.sol";
import {LiquidityFixture} from "../fixture/LiquidityFixture.sol";

/// A vault of two tokens and a position in their pool, through the allocator: in, out, and in kind to whoever redeems.
contract UniswapV3PositionAllocateTest is LiquidityFixture {
    uint256 internal constant USD = 200_000;

    PositionFeed internal feed;
    BasketVault internal basket;

    function setUp() public override {
        super.setUp();
        feed = new PositionFeed(position, hub);
        IOracleHub.Listing memory terms = listing(address(feed));
        terms.maxAnswer = 1e27;
        hub.list(address(position), terms);
        basket = _createBasket();
        _permit(address(position));
    }

    function _createBasket() private returns (BasketVault) {
        Factory.Plan memory plan = Factory.Plan({
            name: "Liquid",
            symbol: "LIQ",
            assets: _tokens(),
            amounts: new uint256[](3),
            shares: SHARES,
            sharesTo: alice,
            roles: roles(),
            bounds: bounds(),
            rules: new address[](0),
            salt: "liquid"
        });
        (plan.amounts[1], plan.amounts[2]) = (_atoms(zero, USD), _atoms(one, USD));
        tokens[zero].mint(address(this), plan.amounts[1]);
        tokens[one].mint(address(this), plan.amounts[2]);
        tokens[zero].approve(address(factory), plan.amounts[1]);
        tokens[one].approve(address(factory), plan.amounts[2]);
        return BasketVault(factory.create(plan));
    }

    /// @dev Half of the NAV; what could be taken out must cover it but for atoms and the pool's wobble; every risk as much as that.
    function _permit(address adapter) private {
        _decide(abi.encodeCall(IPolicy.setCap, (address(basket), adapter, IPolicy.Cap(5000, 10_100))));
        bytes32[] memory risks = position.riskIds();
        for (uint256 i; i < risks.length; ++i) {
            _decide(abi.encodeCall(IPolicy.setRiskCap, (address(basket), risks[i], 5000)));
        }
    }

    function _decide(bytes memory call) private {
        vm.prank(curator);
        policy.queue(call);
        _wait(1 days);
        vm.prank(curator);
        (bool ok,) = address(policy).call(call);
        assertTrue(ok);
    }

    /// @dev The three tokens in ascending order, and what each of them does.
    function _sorted(int256[] memory deltas) internal view returns (address[] memory list, int256[] memory sorted) {
        (list, sorted) = (_tokens(), deltas);
        for (uint256 i; i < 2; ++i) {
            for (uint256 k; k < 2; ++k) {
                if (list[k] < list[k + 1]) continue;
                (list[k], list[k + 1]) = (list[k + 1], list[k]);
                (sorted[k], sorted[k + 1]) = (sorted[k + 1], sorted[k]);
            }
        }
    }

    /// @dev Into the position with `usd`, and `marginBps` more than it costs.
    function _allocate(uint256 usd, uint256 marginBps) internal returns (uint256 shares) {
        shares = _sharesFor(usd);
        (uint256 cost0, uint256 cost1) = position.costOf(shares);
        (cost0, cost1) = (cost0 + cost0 * marginBps / 10_000, cost1 + cost1 * marginBps / 10_000);
        (address[] memory list, int256[] memory deltas) =
            _sorted(_deltas(int256(shares), -int256(cost0), -int256(cost1)));
        vm.prank(strategist);
        allocator.allocate(address(basket), address(position), list, deltas, "");
    }

    function _deallocate(address by, uint256 shares) internal {
        (address[] memory list, int256[] memory deltas) = _sorted(_deltas(-int256(shares), 0, 0));
        vm.prank(by);
        allocator.deallocate(address(basket), address(position), list, deltas, "");
    }

    function allocate(uint256 usd, uint256 marginBps) external {
        _allocate(usd, marginBps);
    }

    function _basketD18() internal view returns (uint256 sumD18) {
        (,, uint256[] memory balances) = basket.holdings();
        sumD18 = balances[0] * hub.price(address(position)) / 10 ** position.decimals();
        return sumD18 + _usdD18(balances[1], balances[2]);
    }

    function testFuzz_what_goes_in_and_out_keeps_its_value(uint256 usd, uint256 marginBps) public {
        usd = bound(usd, 100, 150_000);
        uint256 navD18 = _basketD18();
        uint256 shares = _allocate(usd, bound(marginBps, 0, 5));
        (,, uint256[] memory balances) = basket.holdings();
        assertApproxEqAbs(balances[0], shares, 1);
        assertApproxEqAbs(_basketD18(), navD18, 1e18, "a dollar of $400,000");
        _deallocate(strategist, balances[0]);
        (,, balances) = basket.holdings();
        assertLe(balances[0], 1);
        assertApproxEqAbs(_basketD18(), navD18, 1e18);
    }

    function test_it_does_not_go_in_while_the_pool_is_off() public {
        _moveTo(10_200);
        _expect(IUniswapV3Position.UniswapV3Position__OffOracle.selector);
        this.allocate(50_000, 0);
    }

    function test_it_goes_in_as_far_as_its_cap() public {
        _allocate(190_000, 0);
        _expect(IAllocator.Allocator__AdapterCapHit.selector);
        this.allocate(20_000, 0);
    }

    function test_a_margin_that_loses_too_much_is_refused_where_others_hold_the_position_too() public {
        _enter(other, _sharesFor(5_000_000));
        _expect(IAllocator.Allocator__MoveLoses.selector);
        this.allocate(50_000, 20);
    }

    function test_a_guardian_takes_it_out_wherever_the_pool_is() public {
        uint256 shares = _allocate(100_000, 0);
        uint256 navD18 = _basketD18();
        _moveTo(8000);
        _deallocate(sentinel, shares / 2);
        assertGe(_basketD18() + 1e18, navD18, "out of line the position is worth more than its rate, never less");
    }

    function test_who_redeems_gets_shares_of_the_position_and_takes_them_apart() public {
        uint256 shares = _allocate(100_000, 0);
        _moveTo(7000);
        vm.warp(block.timestamp + 365 days);
        vm.prank(alice);
        basket.redeem(SHARES / 2, _none(), alice);
        assertApproxEqAbs(position.balanceOf(alice), shares / 2, 2);
        (uint256 had0, uint256 had1) = _held(alice);
        uint256 mine = position.balanceOf(alice);
        vm.prank(alice);
        position.redeem(mine, 0, 0, alice);
        (uint256 has0, uint256 has1) = _held(alice);
        assertGt(has0, had0);
        assertGt(has1, had1);
    }

    function testFuzz_the_feed_says_what_the_shares_are_worth(uint256 oracle, uint256 poolBps) public {
        _enter(holder, _sharesFor(1_000_000));
        _oracleMoves(zero, bound(oracle, 5000, 20_000));
        uint256 priceD18 = hub.price(address(position));
        _moveTo(bound(poolBps, 5000, 20_000));
        assertEq(hub.price(address(position)), priceD18, "whatever the pool says");
        _moveTo(10_000);
        (uint256 got0, uint256 got1) = _worthOut(holder);
        uint256[] memory rates = position.rateD18s();
        uint256 shares = position.balanceOf(address(holder));
        assertApproxEqRel(
            priceD18 * shares / 10 ** position.decimals(),
            _usdD18(rates[0] * shares / 1e18, rates[1] * shares / 1e18),
            1e9
        );
        assertGe(_usdD18(got0, got1) + 1e18, priceD18 * shares / 10 ** position.decimals());
    }
}
