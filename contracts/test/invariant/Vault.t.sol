// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Guard} from "../fixture/Weak.sol";
import {InvariantFixture} from "./InvariantFixture.sol";

/// @title What stays true of a vault whatever anybody does to it, in any order. Where each of the sixteen is looked at:
/// @dev - I1 conservation: after every step, for one token after another (InvariantFixture); fees on transfer: Weird.
/// - I2 price, I3 bands, I6 size: after every fill and every part of an order (IntentMoves, OrderMoves).
/// - I4 losses, I5 turnover: over every window that ends now (World), of fills, of orders when armed, of moves.
/// - I7 cooldown and trigger, I15 nonce and cancelling: after every intent (IntentMoves).
/// - I8 quarantine and exit floors: prices are looked up at the feeds, not at the hub (World).
/// - I9 rounding, I10 gifts in drops, I11 leaving, whatever is broken (ShareMoves).
/// - I12 one kind of operation in a transaction (PositionMoves), nobody answered meanwhile (Weird), nothing but redeeming
///   in the middle of an auction's settlement (OrderMoves).
/// - I13 allowances: after every step (InvariantFixture).
/// - I14 ceilings: no bounds above them, whoever asks (PolicyMoves). There are no fees and no fee shares: the supply changes
///   by minting and redeeming alone.
/// - I16 moves keep their value, under caps and cover (PositionMoves).
/// Each sentence is tried against a build without its guard: the same walk must break that sentence first.
contract VaultInvariants is InvariantFixture {
    /// forge-config: default.invariant.runs = 32
    /// forge-config: nightly.invariant.runs = 1000
    /// forge-config: nightly.invariant.depth = 200
    function invariant_nobody_can_break_any_of_these() public {
        _assertAll();
    }

    /// @dev A fixed walk: a fifth of an asset is sold back and forth, and a little more than is offered is asked for; and
    /// everybody else does what they can.
    function _walk() internal {
        for (uint256 i; i < 60 && bytes(handler.broken()).length == 0; ++i) {
            uint256 seed = uint256(keccak256(abi.encode(i)));
            (uint256 from, uint256 to) = _way(i);
            _trade(i, seed);
            _guards(i, seed >> 80);
            _orders(i, from, to, seed >> 96);
            _positions(i, seed >> 112);
        }
    }

    /// @dev Nothing but trading, as fast as the cooldown lets: what is used up has no time to leak.
    function _tradeAll() internal {
        for (uint256 i; i < 60 && bytes(handler.broken()).length == 0; ++i) {
            _trade(i, uint256(keccak256(abi.encode(i))));
        }
    }

    function _way(uint256 i) private pure returns (uint256, uint256) {
        return i % 2 == 0 ? (uint256(1), uint256(1)) : (uint256(3), uint256(3));
    }

    function _trade(uint256 i, uint256 seed) private {
        (uint256 from, uint256 to) = _way(i);
        handler.propose(from, to, 3000, 0, 100 + (1 << 32));
        handler.wait(10 minutes);
        handler.fill(seed, from, to, seed % 100);
        handler.fill(seed, from, to, 101);
        handler.fill(seed, from, to, 99);
        handler.mint(seed, seed >> 48);
        handler.redeem(seed, seed >> 56, seed >> 64);
        handler.sync(seed);
        if (i % 8 == 0) handler.movePrice(seed >> 72, 9900 + i);
    }

    function _orders(uint256 i, uint256 from, uint256 to, uint256 seed) private {
        handler.propose(from, to, 500, 0, 100 + (1 << 32));
        handler.arm(from, to, 50, i % 8 == 4 ? 4 : 1, 8 + i % 8);
        handler.arm(from, to, 101, 1, 1 + i % 7);
        handler.movePrice(to, 9990);
        handler.execute(50, seed % 8, 0);
        handler.movePrice(from, 10_500);
        handler.execute(100, 0, 0);
        handler.disarm(i);
        handler.wait(30 minutes);
        handler.disarm(3);
    }

    function _positions(uint256 i, uint256 seed) private {
        handler.tend(i, seed);
        handler.allocate(seed);
        handler.mixTwo(seed, seed >> 8);
        handler.deallocate(seed % 50, i % 2 == 0);
        handler.donate(seed, seed >> 16);
        handler.claim(seed, seed >> 8);
        handler.claim(seed >> 2, seed >> 10);
    }

    function _guards(uint256 i, uint256 seed) private {
        handler.pullTrigger(i);
        handler.propose(1, 1, 100, 0, 8);
        handler.propose(1, 1, 100, 0, 8 + (1 << 32));
        handler.propose(1, 1, 100, 0, 8 + (1 << 32));
        handler.pullTrigger(1);
        handler.trespass(seed, seed >> 8);
        if (i % 4 == 0) handler.loosen(seed, seed >> 8);
        if (i % 8 == 1) handler.tighten(seed);
        if (i % 8 == 2) handler.dismiss(1);
        if (i % 8 == 2) handler.breakFeed(seed, 3);
        if (i % 8 == 3) handler.breakFeed(seed, 0);
        if (i % 8 == 6) handler.quarantine(seed, 3);
        if (i % 8 == 7) handler.setClass(3, 8000, 0);
    }

    function test_the_walk_does_everything_and_breaks_nothing() public {
        _walk();
        assertEq(handler.broken(), "");
        for (uint256 i; i < 6; ++i) {
            _assertAll();
        }
        assertGt(handler.fills(), 40, "fills");
        assertGt(handler.proposals(), 50, "proposals");
        assertGt(handler.mints(), 50, "mints");
        assertGt(handler.exits(), 50, "exits");
        assertGt(handler.arms(), 20, "arms");
        assertGt(handler.settlements(), 20, "settlements");
        assertGt(handler.moves(), 20, "moves");
        assertGt(handler.attempts(), 20, "mixed");
        assertGt(handler.loosened(), 2, "loosened");
    }

    function _assertBroken(Guard guard, string memory sentence) internal {
        _without(guard);
        _walk();
        assertEq(handler.broken(), sentence);
    }

    function _assertBrokenByTrading(Guard guard, string memory sentence) internal {
        _without(guard);
        _tradeAll();
        assertEq(handler.broken(), sentence);
    }

    function test_control_without_a_price() public {
        _assertBroken(Guard.Price, "a fill pays the oracle's price less the floor discount");
    }

    function test_control_without_bands() public {
        _assertBroken(Guard.Bands, "a sale ends at the band");
    }

    function test_control_without_the_loss_cap() public {
        _assertBrokenByTrading(Guard.LossCap, "losses stay in their budget");
    }

    function test_control_without_the_turnover_cap() public {
        _assertBrokenByTrading(Guard.TurnoverCap, "turnover stays in its budget");
    }

    function test_control_without_a_largest_fill() public {
        _assertBroken(Guard.FillSize, "one sale is at most so large a part");
    }

    function test_control_without_a_cooldown() public {
        _assertBroken(Guard.Cooldown, "between two intents lies the cooldown");
    }

    function test_control_without_a_trigger() public {
        _assertBroken(Guard.Trigger, "an intent opens only while its trigger is true");
    }

    function test_control_without_quarantine() public {
        _assertBroken(Guard.Quarantine, "what is quarantined is not bought");
    }

    function test_control_without_a_price_of_what_is_quarantined() public {
        _without(Guard.Price);
        handler.propose(1, 1, 300, 0, 100 + (1 << 32));
        handler.quarantine(2, 1);
        handler.fill(0, 1, 1, 50);
        assertEq(handler.broken(), "what is quarantined is not sold under its exit floor");
    }

    function test_control_without_rounding_for_the_vault() public {
        _assertBroken(Guard.Rounding, "a mint takes at least its share");
    }

    function test_control_without_drops() public {
        _assertBroken(Guard.Sync, "a gift counts in drops of a hundredth a day");
    }

    function test_control_without_a_lock_on_operations() public {
        _assertBroken(Guard.OperationLock, "mint, redeem, fill and allocate never mix");
    }

    function test_control_without_looking_for_a_payment() public {
        _assertBroken(Guard.Whole, "in the middle of a settlement nothing but redeeming is possible");
    }

    function test_control_without_a_limit() public {
        _assertBroken(Guard.Limit, "an order asks for no less than a fill");
    }

    function test_control_without_a_fresh_limit() public {
        _assertBroken(Guard.FreshLimit, "a fill pays the oracle's price less the floor discount");
    }

    function test_control_without_terms_of_orders() public {
        _assertBroken(Guard.OrderTerms, "an order pays the vault");
    }

    function test_control_without_ceilings() public {
        _assertBroken(Guard.Ceilings, "no bounds are above the ceiling, whoever asks");
    }

    function test_control_without_a_delay() public {
        _assertBroken(Guard.Delay, "what loosens waits in the open");
    }

    function test_control_without_deciding() public {
        _assertBroken(Guard.Deciding, "only who decides loosens");
    }

    function test_control_without_a_nonce() public {
        _assertBroken(Guard.Nonce, "the nonce counts the intents");
    }

    function test_control_without_measuring_moves() public {
        _without(Guard.MoveLoss);
        handler.tend(3, 40);
        handler.allocate(10);
        assertEq(handler.broken(), "a move keeps its value");
    }

    function test_control_without_a_cap_on_a_risk() public {
        (capBps, coverBps) = (10_000, type(uint16).max);
        _assertBroken(Guard.Caps, "what bears a risk stays under its cap");
    }

    function test_control_without_a_cap() public {
        (riskCapBps, coverBps) = (10_000, type(uint16).max);
        _assertBroken(Guard.Caps, "a position stays under its cap");
    }

    function test_control_without_cover() public {
        (riskCapBps, capBps) = (10_000, 10_000);
        _without(Guard.Caps);
        for (uint256 i; i < 4; ++i) {
            handler.tend(1, type(uint256).max);
            handler.allocate(10);
        }
        assertEq(handler.broken(), "a position is covered by what it could pay out now");
    }

    function test_control_an_approval_would_be_seen() public {
        vm.prank(address(vault));
        tokens[2].approve(address(mixer), 1);
        vm.expectRevert();
        this.lookAtAll();
    }

    function lookAtAll() external {
        for (uint256 i; i < 6; ++i) {
            _assertAll();
        }
    }
}
