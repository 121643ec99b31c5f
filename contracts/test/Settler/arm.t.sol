// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {CowFixture} from "../fixture/CowFixture.sol";
import {Fixture} from "../fixture/Fixture.sol";

/// An intent sells $20,000 of asset 1 for asset 3, and has come down to its floor: 1 % under the oracle.
contract SettlerArmTest is CowFixture {
    uint256 internal constant SOLD = 10_000e6;
    uint256 internal constant AT_FLOOR = 4.95e18;

    function setUp() public override {
        super.setUp();
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
    }

    function _refused(bytes4 why, ISettler.BatchOrder memory order) internal {
        _expect(why);
        _arm(order);
    }

    function test_the_vault_signs_for_what_the_strategist_arms() public {
        ISettler.BatchOrder memory order = _orderAtQuote(1, 3, SOLD);
        assertEq(order.buyAmount, AT_FLOOR);
        bytes32 digest = _arm(order);
        assertEq(digest, _digest(order), "as the settlement hashes it");
        (bytes32 armed, uint256 left) = vault.armed();
        assertEq(armed, digest);
        assertEq(left, SOLD);
        assertEq(tokens[1].allowance(address(vault), relayer), SOLD, "exactly what is to be sold");
        assertEq(vault.isValidSignature(digest, ""), vault.isValidSignature.selector);
    }

    function testFuzz_every_field_is_hashed_as_the_settlement_does(ISettler.BatchOrder memory order) public view {
        order.kind = keccak256(abi.encode(order.kind));
        assertEq(settler.hashOrder(order), _digest(order));
    }

    function test_only_the_strategist_arms() public {
        ISettler.BatchOrder memory order = _orderAtQuote(1, 3, SOLD);
        address[6] memory others = [owner, curator, sentinel, breaker, solver, stranger];
        for (uint256 i; i < others.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(ISettler.Settler__NotAllowed.selector, address(vault), others[i]));
            vm.prank(others[i]);
            settler.arm(address(vault), order);
        }
    }

    function testFuzz_nobody_else_is_paid(address receiver) public {
        vm.assume(receiver != address(vault));
        ISettler.BatchOrder memory order = _orderAtQuote(1, 3, SOLD);
        order.receiver = receiver;
        _refused(ISettler.Settler__BadOrder.selector, order);
    }

    function testFuzz_an_order_is_a_sale_of_plain_tokens_without_fee(bytes32 other, uint256 fee) public {
        vm.assume(other != KIND_SELL && other != BALANCE_ERC20);
        ISettler.BatchOrder memory order = _orderAtQuote(1, 3, SOLD);
        order.kind = other;
        _refused(ISettler.Settler__BadOrder.selector, order);
        order = _orderAtQuote(1, 3, SOLD);
        order.sellTokenBalance = other;
        _refused(ISettler.Settler__BadOrder.selector, order);
        order = _orderAtQuote(1, 3, SOLD);
        order.buyTokenBalance = other;
        _refused(ISettler.Settler__BadOrder.selector, order);
        order = _orderAtQuote(1, 3, SOLD);
        order.feeAmount = bound(fee, 1, type(uint256).max);
        _refused(ISettler.Settler__BadOrder.selector, order);
        order = _orderAtQuote(1, 3, SOLD);
        order.sellAmount = 0;
        _refused(ISettler.Settler__BadOrder.selector, order);
    }

    function testFuzz_an_order_ends_within_the_policys_minutes(uint256 life) public {
        ISettler.BatchOrder memory order = _orderAtQuote(1, 3, SOLD);
        order.validTo = uint32(block.timestamp - 1);
        _refused(ISettler.Settler__BadOrder.selector, order);
        order.validTo = uint32(block.timestamp + bound(life, bounds().maxOrderLife + 1, 1000 days));
        _refused(ISettler.Settler__BadOrder.selector, order);
        order.validTo = uint32(block.timestamp + bound(life, 0, bounds().maxOrderLife));
        _arm(order);
    }

    function testFuzz_the_limit_is_the_quote_or_better(uint256 amount, uint256 limit) public {
        ISettler.BatchOrder memory order = _orderAtQuote(1, 3, bound(amount, 1e6, 2 * SOLD));
        uint256 quoted = order.buyAmount;
        order.buyAmount = bound(limit, 0, quoted - 1);
        _refused(ISettler.Settler__LimitUnderQuote.selector, order);
        order.buyAmount = quoted;
        _arm(order);
    }

    function test_an_order_fits_into_the_room_of_both_legs() public {
        (uint256 sellable,) = settler.room(address(vault), address(tokens[1]));
        (, uint256 buyable) = settler.room(address(vault), address(tokens[3]));
        ISettler.BatchOrder memory order = _orderAtQuote(1, 3, sellable + 1);
        order.buyAmount = buyable;
        _refused(ISettler.Settler__SellsPastBand.selector, order);
        order = _cowOrder(address(vault), 1, 3, sellable, buyable + 1);
        _refused(ISettler.Settler__BuysPastBand.selector, order);
        _arm(_cowOrder(address(vault), 1, 3, sellable, buyable));
    }

    function testFuzz_both_budgets_are_charged_for_all_of_it_at_the_floor(uint256 amount, uint256 early) public {
        // at the start of a decline the limit is above the oracle, and the worst that can come of it is still the floor
        _propose(_intent(1, 3, 1000));
        _wait(bound(early, 0, 10 minutes));
        amount = bound(amount, 1e6, 2 * SOLD * 99 / 100);
        ISettler.Buckets memory before = settler.bucketsOf(address(vault));
        ISettler.BatchOrder memory order = _orderAtQuote(1, 3, amount);
        _arm(order);
        ISettler.Buckets memory charged = settler.bucketsOf(address(vault));
        // of the nine tenths of the NAV that must be left when it is settled
        uint256 soldD18 = _worthD18(1, amount) * ONE / (_navD18() * 9 / 10);
        assertApproxEqAbs(charged.turnoverD18 - before.turnoverD18, soldD18, 2);
        assertApproxEqAbs(charged.lossD18 - before.lossD18, soldD18 / 100, 2);
        // what is not filled is not given back
        vm.prank(strategist);
        settler.disarm(address(vault));
        assertEq(settler.bucketsOf(address(vault)).lossD18, charged.lossD18);
        assertEq(settler.bucketsOf(address(vault)).turnoverD18, charged.turnoverD18);
    }

    function test_an_order_that_could_break_a_budget_is_not_armed() public {
        IPolicy.Bounds memory caps = bounds();
        caps.lossCapBpsPerDay = 0;
        vm.prank(sentinel);
        policy.tighten(address(vault), caps);
        _refused(ISettler.Settler__LossCapHit.selector, _orderAtQuote(1, 3, SOLD));
        caps.turnoverCapBpsPerDay = 0;
        caps.maxFloorDiscBps = 0;
        vm.prank(sentinel);
        policy.tighten(address(vault), caps);
        _refused(ISettler.Settler__TurnoverCapHit.selector, _orderAtQuote(1, 3, SOLD));
        caps.maxFillBps = 50;
        vm.prank(sentinel);
        policy.tighten(address(vault), caps);
        _refused(ISettler.Settler__FillTooLarge.selector, _orderAtQuote(1, 3, SOLD));
    }

    function test_there_is_one_order_at_a_time() public {
        _arm(_orderAtQuote(1, 3, SOLD));
        _refused(IBasketVault.BasketVault__AlreadyArmed.selector, _orderAtQuote(1, 3, SOLD / 2));
        vm.prank(strategist);
        settler.disarm(address(vault));
        _arm(_orderAtQuote(1, 3, SOLD / 2));
        assertEq(_left(), SOLD / 2);
    }

    /// What is missing when it is armed would else be taken for sold and not paid, and hold the vault back until it is over.
    function test_what_a_token_took_away_before_is_a_loss_and_no_sale() public {
        deal(address(tokens[1]), address(vault), amounts()[1] - SOLD);
        ISettler.BatchOrder memory order = _orderAtQuote(1, 3, SOLD / 2);
        _arm(order);
        _settlePart(order, SOLD / 2, 0);
        (, uint256 owned,) = vault.position(address(tokens[1]), address(tokens[1]));
        assertApproxEqAbs(owned, amounts()[1] - SOLD - SOLD / 2, 2);
    }

    function test_an_order_serves_the_live_intent_only() public {
        ISettler.BatchOrder memory order = _orderAtQuote(1, 3, SOLD);
        vm.prank(sentinel);
        settler.cancel(address(vault));
        _refused(ISettler.Settler__NotLive.selector, order);
    }

    function test_what_is_quarantined_is_not_bought() public {
        ISettler.BatchOrder memory order = _orderAtQuote(1, 3, SOLD);
        vm.prank(sentinel);
        policy.quarantine(address(vault), address(tokens[3]));
        _refused(ISettler.Settler__Quarantined.selector, order);
    }
}

contract SettlerArmWithoutAuctionTest is Fixture {
    function test_where_there_is_no_batch_auction_nothing_is_armed() public {
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        ISettler.BatchOrder memory order = ISettler.BatchOrder({
            sellToken: address(tokens[1]),
            buyToken: address(tokens[3]),
            receiver: address(vault),
            sellAmount: 1000e6,
            buyAmount: 1e18,
            validTo: uint32(block.timestamp + 5 minutes),
            appData: 0,
            feeAmount: 0,
            kind: keccak256("sell"),
            partiallyFillable: true,
            sellTokenBalance: keccak256("erc20"),
            buyTokenBalance: keccak256("erc20")
        });
        _expect(ISettler.Settler__BadOrder.selector);
        vm.prank(strategist);
        settler.arm(address(vault), order);
    }
}
