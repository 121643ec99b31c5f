// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {Hook} from "../fixture/HookToken.sol";
import {HookedBatchFixture} from "../fixture/HookedBatchFixture.sol";
import {Guard} from "../fixture/Weak.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

/// A33: a batch auction asks whether all its orders are good, and then takes what they sell, one after the other. A token that
/// somebody else sells calls a thief between the two, who redeems his shares: the vault's order was good, and is no more.
contract A33OrdersTest is HookedBatchFixture {
    /// @dev The intent sells all of asset 1, and the order all of the intent. A tenth of the asset is held for Alice's claim.
    function _claimed() internal {
        vm.prank(alice);
        vault.redeemSkipping(SHARES / 10, _none(), alice, 2);
        _propose(_intent(1, 3, 10_000));
        _wait(10 minutes);
        (uint256 sellable,) = settler.room(address(vault), address(tokens[1]));
        order = _orderAtQuote(1, 3, sellable);
        _arm(order);
    }

    /// @dev The order is small for those who are there when it is armed.
    function _small() internal {
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        order = _orderAtQuote(1, 3, 180e6);
        _arm(order);
    }

    /// @dev The thief has `shares`, and redeems them when he is called.
    function _redeems(uint256 shares) internal {
        vm.prank(alice);
        vault.transfer(address(thief), shares);
        _planned(address(vault), abi.encodeCall(IBasketVault.redeem, (shares, _none(), address(thief))));
    }

    function _claim() internal view returns (uint256) {
        return vault.claimOf(alice, address(tokens[1]));
    }

    // ------------------------------------------------------------------- claims

    function test_what_is_held_for_a_claim_is_not_sold() public {
        _claimed();
        _redeems(90e18);
        _expect(IERC20Errors.ERC20InsufficientAllowance.selector);
        this.settleHooked();
        assertEq(_claim(), 20_000e6);
        assertEq(tokens[1].balanceOf(address(vault)), 200_000e6, "nothing happened at all");
    }

    function test_control_where_the_allowance_stays_a_claim_is_sold() public {
        _without(Guard.Reach);
        _claimed();
        _redeems(90e18);
        _settleHooked(order.sellAmount);
        assertEq(_claim(), 20_000e6);
        assertEq(tokens[1].balanceOf(address(vault)), 2000e6, "$18,000 of Alice's are gone");
    }

    // --------------------------------------------------------------------- loss

    function test_a_sale_is_not_left_to_fewer_than_it_was_charged_to() public {
        _small();
        uint256 perShareD18 = _navD18() * ONE / vault.totalSupply();
        _redeems(SHARES * 99 / 100);
        _expect(IERC20Errors.ERC20InsufficientAllowance.selector);
        this.settleHooked();
        assertEq(_navD18() * ONE / vault.totalSupply(), perShareD18);
    }

    function test_control_where_the_allowance_stays_those_who_stay_lose_ninety_times_the_charge() public {
        _without(Guard.Reach);
        _small();
        uint256 perShareD18 = _navD18() * ONE / vault.totalSupply();
        uint256 chargedD18 = settler.bucketsOf(address(vault)).lossD18;
        _redeems(SHARES * 99 / 100);
        _settleHooked(order.sellAmount);
        uint256 lostD18 = (perShareD18 - _navD18() * ONE / vault.totalSupply()) * ONE / perShareD18;
        assertGt(lostD18, 89 * chargedD18);
        assertApproxEqAbs(lostD18, 0.00018e18, 0.00001e18, "$1.80 of the $10,000 that stay");
    }

    // -------------------------------------------------------------------- fills

    /// @dev The order is all that the intent sells, and the thief buys as much before it is taken.
    function _fillBetween() internal {
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        (uint256 sellable,) = settler.room(address(vault), address(tokens[1]));
        order = _orderAtQuote(1, 3, sellable);
        _arm(order);
        Hook.Call[] memory calls = new Hook.Call[](1);
        calls[0] = _filling(1, 3, sellable);
        thief.plan(calls);
        _settleHooked(sellable);
    }

    function test_the_room_that_an_order_was_checked_for_is_not_filled_by_another() public {
        _fillBetween();
        assertEq(thief.answers()[0], ISettler.Settler__SellsPastBand.selector);
        (, uint256 owned,) = vault.position(address(tokens[1]), address(tokens[1]));
        assertEq(owned, 180_000e6);
    }

    function test_control_where_it_is_twice_as_much_is_sold_as_the_intent_wants() public {
        _without(Guard.Room);
        _fillBetween();
        (, uint256 owned,) = vault.position(address(tokens[1]), address(tokens[1]));
        assertEq(owned, 160_000e6, "$20,000 past the band");
    }

    /// @dev The thief has the strategist's key as well: the next intent owes the old order nothing, and sells all the rest.
    function _proposeBetween() internal {
        vm.prank(alice);
        vault.redeemSkipping(SHARES / 10, _none(), alice, 2);
        _propose(_intent(1, 3, 10_000));
        _wait(10 minutes);
        order = _orderAtQuote(1, 3, 20_000e6);
        _arm(order);
        ISettler.Intent memory next = _intent(1, 3, 10_000);
        next.decay = 0;
        Hook.Call[] memory calls = new Hook.Call[](2);
        calls[0] = Hook.Call(address(settler), abi.encodeCall(ISettler.propose, (next)));
        calls[1] = _filling(1, 3, 180_000e6);
        thief.plan(calls);
    }

    function test_a_next_intent_does_not_sell_what_is_held_for_a_claim_either() public {
        strategist = address(thief);
        _without(Guard.None);
        _proposeBetween();
        _expect(IERC20Errors.ERC20InsufficientAllowance.selector);
        this.settleHooked();
        assertEq(tokens[1].balanceOf(address(vault)), 200_000e6);
    }

    function test_control_where_the_allowance_stays_a_next_intent_sells_a_claim() public {
        strategist = address(thief);
        _without(Guard.Reach);
        _proposeBetween();
        _settleHooked(order.sellAmount);
        assertEq(thief.answers()[1], 0);
        assertEq(_claim(), 20_000e6);
        assertEq(tokens[1].balanceOf(address(vault)), 0, "all $20,000 of Alice's are gone");
    }

    // ------------------------------------------------------------------ honestly

    function test_honest_others_fill_what_is_beside_the_order() public {
        _small();
        (uint256 beside,) = settler.room(address(vault), address(tokens[1]));
        assertEq(beside, 20_000e6 - 180e6);
        Hook.Call[] memory calls = new Hook.Call[](1);
        calls[0] = _filling(1, 3, beside);
        thief.plan(calls);
        _settleHooked(order.sellAmount);
        assertEq(thief.answers()[0], 0);
        (, uint256 owned,) = vault.position(address(tokens[1]), address(tokens[1]));
        assertApproxEqAbs(owned, 180_000e6, 1);
    }

    /// Whoever redeems in between, by a little or by much: what goes through covers the claims and costs no more than was charged.
    function testFuzz_honest_a_small_redemption_in_between_holds_nothing_back(uint256 part, uint256 sold) public {
        vm.prank(alice);
        vault.redeemSkipping(SHARES / 10, _none(), alice, 2);
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        order = _orderAtQuote(1, 3, 9000e6);
        _arm(order);
        uint256 perShareD18 = _navD18() * ONE / vault.totalSupply();
        uint256 chargedD18 = settler.bucketsOf(address(vault)).lossD18;
        _redeems(bound(part, 1e12, SHARES * 9 / 100));
        _settleHooked(bound(sold, 1, order.sellAmount));
        assertEq(thief.answers()[0], 0, "he was paid");
        (, uint256 owned,) = vault.position(address(tokens[1]), address(tokens[1]));
        assertLe(owned + _claim(), tokens[1].balanceOf(address(vault)));
        uint256 leftD18 = _navD18() * ONE / vault.totalSupply();
        assertGe(leftD18 + perShareD18 * chargedD18 / ONE + perShareD18 / 1e9, perShareD18);
    }

    function test_honest_an_order_that_was_stopped_is_armed_anew() public {
        _small();
        vm.expectEmit(address(vault));
        emit IBasketVault.Stopped(settler.hashOrder(order));
        vm.prank(alice);
        vault.redeem(SHARES * 99 / 100, _none(), alice);
        assertEq(_left(), 0);
        assertFalse(settler.isOrderGood(address(vault), 0));
        vm.prank(strategist);
        settler.disarm(address(vault));
        order = _cowOrder(address(vault), 1, 3, 18e6, _quote(1, 3, 18e6));
        _arm(order);
        _settlePart(order, 18e6, 0);
        assertEq(_left(), 0);
    }
}
