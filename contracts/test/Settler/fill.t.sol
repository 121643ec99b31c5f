// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {Fixture} from "../fixture/Fixture.sol";

contract FillTest is Fixture {
    function testFuzz_the_vault_gets_what_the_quote_says(uint256 from, uint256 to, uint256 part, uint256 time) public {
        from = bound(from, 0, 4);
        to = bound(to, 0, 4);
        vm.assume(from != to);
        _propose(_intent(from, to, 500));
        vm.warp(block.timestamp + bound(time, 0, 30 minutes));
        (uint256 sellable,) = settler.room(address(vault), address(tokens[from]));
        // 90 %, as a premium makes the purchase larger than the sale
        uint256 amount = bound(part, 1, sellable * 9 / 10);
        uint256 quoted = _quote(from, to, amount);
        uint256 paidBefore = tokens[to].balanceOf(stranger);
        uint256 gotBefore = tokens[from].balanceOf(stranger);
        (,, uint256[] memory before) = vault.holdings();

        assertEq(_fill(stranger, from, to, amount), quoted);

        assertEq(tokens[to].balanceOf(stranger), paidBefore - quoted);
        assertEq(tokens[from].balanceOf(stranger), gotBefore + amount);
        (,, uint256[] memory afterwards) = vault.holdings();
        assertApproxEqAbs(afterwards[from], before[from] - amount, 1);
        assertApproxEqAbs(afterwards[to], before[to] + quoted, 1);
        assertGe(_worthD18(to, quoted) * 10_000 + 1e4, _worthD18(from, amount) * 9900, "the floor");
    }

    function test_a_fill_is_announced_with_what_it_cost() public {
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        // $10,000 of $1,000,000 at 1 % under the oracle: 1 % turnover, 0.01 % loss
        vm.expectEmit(address(settler));
        emit ISettler.Filled(
            address(vault),
            1,
            stranger,
            address(tokens[1]),
            address(tokens[3]),
            10_000e6,
            4.95e18,
            4.95e18,
            0.0001e18,
            0.01e18
        );
        _fill(stranger, 1, 3, 10_000e6);
        ISettler.Buckets memory buckets = settler.bucketsOf(address(vault));
        assertEq(buckets.lossD18, 0.0001e18);
        assertEq(buckets.turnoverD18, 0.01e18);
    }

    function test_nothing_is_filled_before_after_or_without_an_intent() public {
        _expect(ISettler.Settler__NotLive.selector);
        _fill(stranger, 1, 3, 1e6);
        ISettler.Intent memory intent = _intent(1, 3, 1000);
        intent.notBefore += 60;
        _propose(intent);
        _expect(ISettler.Settler__NotLive.selector);
        _fill(stranger, 1, 3, 1e6);
        _wait(60);
        _fill(stranger, 1, 3, 1e6);
        _wait(1 hours);
        _expect(ISettler.Settler__NotLive.selector);
        _fill(stranger, 1, 3, 1e6);
    }

    function test_nothing_is_not_filled() public {
        _propose(_intent(1, 3, 1000));
        vm.expectRevert(ISettler.Settler__ZeroAmount.selector);
        _fill(stranger, 1, 3, 0);
    }

    function test_the_filler_states_the_most_it_pays() public {
        _propose(_intent(1, 3, 1000));
        uint256 quoted = _quote(1, 3, 1000e6);
        _expect(ISettler.Settler__PriceAboveLimit.selector);
        vm.prank(stranger);
        settler.fill(address(vault), address(tokens[1]), address(tokens[3]), 1000e6, quoted - 1, "");
        vm.prank(stranger);
        settler.fill(address(vault), address(tokens[1]), address(tokens[3]), 1000e6, quoted, "");
    }

    function testFuzz_no_sale_ends_below_the_band(uint256 beyond) public {
        _propose(_intent(1, 3, 500));
        (uint256 sellable,) = settler.room(address(vault), address(tokens[1]));
        assertEq(sellable, 10_000e6);
        _expect(ISettler.Settler__SellsPastBand.selector);
        _fill(stranger, 1, 3, bound(beyond, sellable + 1, 2 * sellable));
        _wait(10 minutes);
        _fill(stranger, 1, 3, sellable);
        (sellable,) = settler.room(address(vault), address(tokens[1]));
        assertEq(sellable, 0);
    }

    function test_no_purchase_ends_above_the_band() public {
        ISettler.Intent memory intent = _intent(1, 3, 500);
        intent.legs[3] = _scaled(intent.legs[3], 9900);
        _propose(intent);
        _expect(ISettler.Settler__BuysPastBand.selector);
        _fill(stranger, 1, 3, 9500e6);
    }

    function testFuzz_a_token_on_target_is_neither_sold_nor_bought(uint256 from, uint256 to) public {
        from = bound(from, 0, 4);
        to = bound(to, 0, 4);
        vm.assume(from != to && !(from == 1 && to == 3));
        _propose(_intent(1, 3, 500));
        _wait(10 minutes);
        // 100 tokens of no decimals, so that not even rounding leaves room
        uint256 amount = 100 * 10 ** decimals()[from] / 100;
        vm.expectRevert();
        _fill(stranger, from, to, amount);
    }

    function test_a_missing_price_stops_the_fill() public {
        _propose(_intent(1, 3, 1000));
        feeds[3].setAt(2000e8, block.timestamp - 1 hours - 1);
        _expect(IOracleHub.OracleHub__NoPrice.selector);
        _fill(stranger, 1, 3, 1e6);
        feeds[3].set(2000e8);
        feeds[0].setAt(1, 1);
        _fill(stranger, 1, 3, 1e6);
    }

    function test_a_new_intent_ends_the_legs_of_the_last_one() public {
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        _propose(_intent(3, 1, 1000));
        _expect(ISettler.Settler__SellsPastBand.selector);
        _fill(stranger, 1, 3, 1000e6);
        _fill(stranger, 3, 1, 0.1e18);
    }

    function test_a_tightened_floor_counts_for_the_live_intent() public {
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        assertEq(_quote(1, 3, 2000e6), 0.99e18);
        IPolicy.Bounds memory tighter = bounds();
        tighter.maxFloorDiscBps = 30;
        vm.prank(sentinel);
        policy.tighten(address(vault), tighter);
        assertEq(_quote(1, 3, 2000e6), 0.997e18);
    }
}
