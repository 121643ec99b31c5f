// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {CowFixture} from "../fixture/CowFixture.sol";
import {ICowSettlement} from "../fixture/ICowSettlement.sol";
import {Guard} from "../fixture/Weak.sol";

/// A vault's armed order from beginning to end, over the real settlement.
contract ArmedOrderTest is CowFixture {
    uint256 internal constant SOLD = 10_000e6;
    uint256 internal constant PAID = 4.95e18;

    ISettler.BatchOrder internal order;

    function setUp() public virtual override {
        super.setUp();
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        order = _orderAtQuote(1, 3, SOLD);
        _arm(order);
    }

    function settlePart(uint256 sold, uint256 extra) external {
        _settlePart(order, sold, extra);
    }

    function settleWith(uint256 sold, ICowSettlement.Interaction[][3] memory interactions) external {
        _settleCow(order, address(vault), "", sold, _limitFor(order, sold), interactions);
    }

    /// @dev Everything the shares own is here, and nothing but the rest of the order may be taken.
    function _assertSound(uint256 left) internal view {
        (,, uint256[] memory balances) = vault.holdings();
        for (uint256 i; i < balances.length; ++i) {
            assertLe(balances[i], tokens[i].balanceOf(address(vault)));
            assertApproxEqAbs(balances[i], tokens[i].balanceOf(address(vault)), 4, "and all of it counts");
            assertEq(tokens[i].allowance(address(vault), relayer), i == 1 ? left : 0);
        }
        assertEq(_left(), left);
    }

    function test_a_full_fill_brings_what_was_asked_for() public {
        _settlePart(order, SOLD, 0);
        (,, uint256[] memory balances) = vault.holdings();
        assertEq(balances[1], amounts()[1] - SOLD);
        assertEq(balances[3], amounts()[3] + PAID);
        _assertSound(0);
        vm.expectRevert();
        this.settlePart(1, 0);
    }

    function test_four_tenths_and_then_six() public {
        _settlePart(order, 4000e6, 0);
        assertEq(cow.filledAmount(_uid(order, address(vault))), 4000e6);
        _assertSound(6000e6);
        vm.expectRevert("GPv2: order filled");
        this.settlePart(6000e6 + 1, 0);
        _settlePart(order, 6000e6, 0);
        (,, uint256[] memory balances) = vault.holdings();
        assertEq(balances[1], amounts()[1] - SOLD);
        assertEq(balances[3], amounts()[3] + PAID);
        _assertSound(0);
    }

    function testFuzz_what_is_paid_beyond_the_limit_is_the_vaults(uint256 first, uint256 second, uint256 extra) public {
        first = bound(first, 1, SOLD - 1);
        second = bound(second, 1, SOLD - first);
        // the second part still has to fit into the room that the first one's gift has left
        extra = bound(extra, 0, 5e18);
        _settlePart(order, first, extra);
        _assertSound(SOLD - first);
        _settlePart(order, second, 0);
        _assertSound(SOLD - first - second);
        (,, uint256[] memory balances) = vault.holdings();
        assertApproxEqAbs(balances[1], amounts()[1] - first - second, 1);
        assertApproxEqAbs(balances[3], amounts()[3] + _limitFor(order, first) + extra + _limitFor(order, second), 2);
    }

    function test_after_its_time_nothing_is_sold() public {
        _settlePart(order, 4000e6, 0);
        vm.warp(order.validTo + 1);
        vm.expectRevert("GPv2: invalid eip1271 signature");
        this.settlePart(6000e6, 0);
        vm.prank(stranger);
        settler.disarm(address(vault));
        _assertSound(0);
    }

    function test_a_stale_price_sells_nothing() public {
        _settlePart(order, 4000e6, 0);
        feeds[3].set(1990e8);
        vm.expectRevert("GPv2: invalid eip1271 signature");
        this.settlePart(6000e6, 0);
        feeds[3].set(2000e8);
        _settlePart(order, 6000e6, 0);
    }

    /// The auction's own record says that all was sold: the vault does not read it.
    function test_an_invalidated_order_has_sold_nothing() public {
        uint256 nav = _navD18();
        bytes memory uid = _uid(order, address(vault));
        vm.prank(address(vault));
        cow.invalidateOrder(uid);
        assertEq(cow.filledAmount(uid), type(uint256).max);
        assertEq(_navD18(), nav);
        _assertSound(SOLD);
        vm.expectRevert();
        this.settlePart(1, 0);
        vm.prank(strategist);
        settler.disarm(address(vault));
        assertEq(_navD18(), nav);
        _assertSound(0);
    }

    /// After its time the auction's record can be set back to nothing: the vault does not read it, and nothing is sold again.
    function test_a_record_set_back_to_nothing_changes_nothing() public {
        _settlePart(order, SOLD, 0);
        vm.warp(order.validTo + 1);
        bytes[] memory uids = new bytes[](1);
        uids[0] = _uid(order, address(vault));
        bytes memory free = abi.encodeCall(ICowSettlement.freeFilledAmountStorage, (uids));
        vm.prank(solver);
        cow.settle(
            new address[](0), new uint256[](0), new ICowSettlement.Trade[](0), _only(0, _call(address(cow), free))
        );
        assertEq(cow.filledAmount(uids[0]), 0);
        (,, uint256[] memory balances) = vault.holdings();
        assertEq(balances[1], amounts()[1] - SOLD);
        vm.expectRevert("GPv2: invalid eip1271 signature");
        this.settlePart(1, 0);
        _assertSound(0);
    }

    function testFuzz_people_come_and_go_between_two_parts(uint256 first, uint256 in_, uint256 out) public {
        // Atoms that rounding leaves in the vault can hide an atom sold; what that brought then waits for a sync.
        first = bound(first, 1e6, SOLD - 1e6);
        in_ = bound(in_, 1e12, SHARES / 2);
        out = bound(out, 1e12, SHARES / 10);
        _settlePart(order, first, 0);
        uint256 navD18 = _navD18() * ONE / vault.totalSupply();
        vm.prank(stranger);
        vault.mint(in_, _none(), stranger);
        _assertSound(SOLD - first);
        vm.prank(alice);
        vault.redeem(out, _none(), alice);
        _assertSound(SOLD - first);
        assertApproxEqRel(_navD18() * ONE / vault.totalSupply(), navD18, 1e12, "nobody is diluted");
        _settlePart(order, SOLD - first, 0);
        _assertSound(0);
        vm.prank(strategist);
        settler.disarm(address(vault));
        _assertSound(0);
    }

    function testFuzz_others_fill_between_two_parts(uint256 first, uint256 filled) public {
        first = bound(first, 1, SOLD - 1);
        filled = bound(filled, 1, SOLD);
        _settlePart(order, first, 0);
        uint256 paid = _fill(stranger, 1, 3, filled);
        _assertSound(SOLD - first);
        _settlePart(order, SOLD - first, 0);
        (,, uint256[] memory balances) = vault.holdings();
        assertApproxEqAbs(balances[1], amounts()[1] - SOLD - filled, 2);
        assertApproxEqAbs(balances[3], amounts()[3] + PAID + paid, 4);
        _assertSound(0);
    }

    // ------------------------------------------ a hostile solver, in the middle of it

    function _inTheMiddle(address target, bytes memory data)
        internal
        pure
        returns (ICowSettlement.Interaction[][3] memory)
    {
        return _only(1, _call(target, data));
    }

    function _fundMinter() internal {
        for (uint256 i; i < 5; ++i) {
            tokens[i].mint(address(cow), amounts()[i]);
            vm.prank(address(cow));
            tokens[i].approve(address(vault), type(uint256).max);
        }
    }

    function test_in_the_middle_nobody_mints() public {
        _fundMinter();
        bytes memory mint = abi.encodeCall(IBasketVault.mint, (ONE, _none(), solver));
        _expect(IBasketVault.BasketVault__InTheMiddle.selector);
        this.settleWith(SOLD, _inTheMiddle(address(vault), mint));
        this.settleWith(SOLD, _only(2, _call(address(vault), mint)));
        _assertSound(0);
    }

    function test_in_the_middle_nobody_fills() public {
        tokens[3].mint(address(cow), 100e18);
        vm.prank(address(cow));
        tokens[3].approve(address(vault), type(uint256).max);
        bytes memory fill = abi.encodeCall(
            ISettler.fill, (address(vault), address(tokens[1]), address(tokens[3]), 1e6, type(uint256).max, "")
        );
        _expect(IBasketVault.BasketVault__InTheMiddle.selector);
        this.settleWith(SOLD / 2, _inTheMiddle(address(settler), fill));
    }

    function test_in_the_middle_nobody_is_told_what_a_share_consists_of() public {
        _expect(IBasketVault.BasketVault__InTheMiddle.selector);
        this.settleWith(SOLD, _inTheMiddle(address(vault), abi.encodeCall(IBasketVault.holdings, ())));
        address sell = address(tokens[1]);
        _expect(IBasketVault.BasketVault__InTheMiddle.selector);
        this.settleWith(SOLD, _inTheMiddle(address(vault), abi.encodeCall(IBasketVault.position, (sell, sell))));
    }

    /// A solver who holds shares redeems them while what was sold is out and nothing has come back: those who stay lose no
    /// more than the order was charged for, and who leaves gains nothing.
    function testFuzz_redeeming_in_the_middle_takes_nothing_from_those_who_stay(uint256 part, uint256 sold, bool skips)
        public
    {
        part = bound(part, 1e12, SHARES * 99 / 100);
        sold = bound(sold, 1, SOLD);
        uint256 perShareD18 = _navD18() * ONE / vault.totalSupply();
        vm.prank(alice);
        vault.transfer(address(cow), part);
        // what was sold may be short: a claim on it instead
        bytes memory redeem = abi.encodeCall(IBasketVault.redeemSkipping, (part, _none(), solver, skips ? 2 : 0));
        this.settleWith(sold, _inTheMiddle(address(vault), redeem));
        _assertNoMoreLostThanCharged(perShareD18);
        uint256 claimedD18 = _worthD18(1, vault.claimOf(address(cow), address(tokens[1])));
        assertLe(_wealthD18(solver) + claimedD18, perShareD18 * part / ONE, "no more than his part");
    }

    /// The holder of nearly all shares has an order armed that is small for him, leaves, and lets the few who stay bear it.
    function testFuzz_redeeming_before_it_is_settled_takes_nothing_from_those_who_stay(uint256 part, uint256 sold)
        public
    {
        part = bound(part, 1e12, SHARES * 99 / 100);
        sold = bound(sold, 1, SOLD);
        uint256 perShareD18 = _navD18() * ONE / vault.totalSupply();
        vm.prank(alice);
        vault.redeem(part, _none(), alice);
        if (part > SHARES / 10) vm.expectRevert("GPv2: invalid eip1271 signature");
        this.settlePart(sold, 0);
        _assertNoMoreLostThanCharged(perShareD18);
    }

    function test_control_paid_as_if_nothing_were_sold_he_leaves_a_tenfold_loss_behind() public {
        _without(Guard.Bearers);
        uint256 perShareD18 = _navD18() * ONE / vault.totalSupply();
        vm.prank(alice);
        vault.transfer(address(cow), SHARES * 9 / 10);
        bytes memory redeem = abi.encodeCall(IBasketVault.redeem, (SHARES * 9 / 10, _none(), solver));
        this.settleWith(SOLD, _inTheMiddle(address(vault), redeem));
        uint256 lostD18 = (perShareD18 - _navD18() * ONE / vault.totalSupply()) * ONE / perShareD18;
        assertGt(lostD18, 8 * settler.bucketsOf(address(vault)).lossD18);
        assertApproxEqAbs(lostD18, 0.001e18, 0.0001e18, "$100 of the $100,000 that stay");
    }

    function test_control_leaving_before_it_is_settled_he_leaves_fifty_times_the_loss_behind() public {
        _without(Guard.Bearers);
        vm.startPrank(strategist);
        settler.disarm(address(vault));
        order = _orderAtQuote(1, 3, 180e6);
        vm.stopPrank();
        ISettler.Buckets memory before = settler.bucketsOf(address(vault));
        _arm(order);
        uint256 chargedD18 = settler.bucketsOf(address(vault)).lossD18 - before.lossD18;
        uint256 perShareD18 = _navD18() * ONE / vault.totalSupply();
        vm.prank(alice);
        vault.redeem(SHARES * 99 / 100, _none(), alice);
        _settlePart(order, 180e6, 0);
        uint256 lostD18 = (perShareD18 - _navD18() * ONE / vault.totalSupply()) * ONE / perShareD18;
        assertGt(lostD18, 50 * chargedD18);
        assertApproxEqAbs(lostD18, 0.00018e18, 0.00001e18, "$1.80 of the $10,000 that stay");
    }

    /// A look at the middle of a settlement that took it for the end would miss what comes in after it.
    function test_control_without_waiting_for_the_end_the_proceeds_are_missed() public {
        _without(Guard.Whole);
        _fundMinter();
        uint256 nav = _navD18();
        this.settleWith(SOLD, _inTheMiddle(address(vault), abi.encodeCall(IBasketVault.mint, (ONE, _none(), solver))));
        // a share was paid for with $1,000, and $9,900 came in that nobody counted
        assertApproxEqAbs(_navD18(), nav + 1000e18 - 10_000e18, 20e18);
    }

    function _assertNoMoreLostThanCharged(uint256 perShareD18) internal view {
        uint256 leftD18 = _navD18() * ONE / vault.totalSupply();
        uint256 chargedD18 = settler.bucketsOf(address(vault)).lossD18;
        assertGe(leftD18 + perShareD18 * chargedD18 / ONE + perShareD18 / 1e9, perShareD18);
        (,, uint256[] memory balances) = vault.holdings();
        for (uint256 i; i < balances.length; ++i) {
            uint256 claimed = vault.claimOf(address(cow), address(tokens[i]));
            assertLe(balances[i] + claimed, tokens[i].balanceOf(address(vault)));
        }
    }
}
