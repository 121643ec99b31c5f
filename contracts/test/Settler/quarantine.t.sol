// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {HubFixture} from "../fixture/HubFixture.sol";

/// Token 3 was worth $2,000, may leave at $1,900 without its oracle, and then loses its oracle in one way or another.
contract SettlerQuarantineTest is HubFixture {
    uint128 internal constant FLOOR = 1900e18;

    function setUp() public virtual override {
        super.setUp();
        _nameExit(3, FLOOR);
    }

    /// @dev Two feeds for token 3, which may be one per cent apart.
    function _giveSecondary() internal returns (address secondary) {
        IOracleHub.Listing memory list = listing(address(feeds[3]));
        secondary = makeAddr("second");
        (list.secondary, list.secondaryHeartbeat, list.maxDivergenceBps) = (secondary, 1 hours, 100);
        vm.mockCall(secondary, abi.encodeWithSignature("decimals()"), abi.encode(uint8(8)));
        _sayAt(secondary, 2000e8, block.timestamp + 1 days);
        _adopt(list);
    }

    /// @dev Every way to be without an oracle, but for the sequencer. `_say` leaves the true price in the feed.
    function _break(uint256 kind) internal returns (IOracleHub.Status status) {
        if (kind >= 5) {
            _say(2000e8, block.timestamp);
            _sayAt(makeAddr("second"), kind == 5 ? int256(2030e8) : int256(0), block.timestamp);
            return kind == 5 ? IOracleHub.Status.Diverged : IOracleHub.Status.SecondaryUnusable;
        }
        if (kind == 0) _say(2000e8, block.timestamp - 1 hours - 1);
        if (kind == 1) _say(0, block.timestamp);
        if (kind == 2) _say(2000e8, block.timestamp + 1);
        if (kind == 3) _say(2, block.timestamp);
        if (kind == 4) vm.mockCallRevert(address(feeds[3]), abi.encodeWithSignature("latestRoundData()"), "");
        return [
            IOracleHub.Status.Stale,
            IOracleHub.Status.FeedFailed,
            IOracleHub.Status.FromTheFuture,
            IOracleHub.Status.OutOfBounds,
            IOracleHub.Status.FeedFailed
        ][kind];
    }

    function _openAndBreak(uint256 from, uint256 to, uint256 kind) internal {
        if (kind >= 5) _sayAt(_giveSecondary(), 2000e8, block.timestamp);
        _propose(_intent(from, to, 1000));
        _wait(10 minutes);
        IOracleHub.Status status = _break(kind);
        assertEq(uint8(_status()), uint8(status));
    }

    function testFuzz_whatever_ails_its_oracle_it_is_sold_at_its_exit_floor(uint256 kind, uint256 amount) public {
        _openAndBreak(3, 1, bound(kind, 0, 6));
        amount = bound(amount, 1e12, 9.9e18);
        uint256 required = _quote(3, 1, amount);
        uint256 worth = amount * FLOOR / 1e18;
        assertGe(required * 1e12, worth, "no discount goes below a floor");
        assertLt((required - 1) * 1e12, worth);
        assertEq(_fill(stranger, 3, 1, amount), required);
    }

    function testFuzz_it_is_never_bought(uint256 kind, uint256 amount) public {
        _openAndBreak(1, 3, bound(kind, 0, 6));
        bytes memory reason =
            abi.encodeWithSelector(ISettler.Settler__Quarantined.selector, address(vault), address(tokens[3]));
        amount = bound(amount, 1, 19_000e6);
        vm.expectRevert(reason);
        _fill(stranger, 1, 3, amount);
        vm.expectRevert(reason);
        _quote(1, 3, amount);
    }

    function testFuzz_the_price_falls_from_the_premium_to_the_floor_and_stays(uint256 time) public {
        _propose(_intent(3, 1, 1000));
        time = bound(time, 0, 50 minutes);
        _wait(time);
        _break(0);
        uint256 start = 1909.5e6; // 50 bps above it
        uint256 fallen = time < 10 minutes ? uint256(28.5e6) * time / 10 minutes : 28.5e6; // to 100 bps below
        uint256 expected = start - fallen > 1900e6 ? start - fallen : 1900e6;
        assertApproxEqAbs(_quote(3, 1, 1e18), expected, 1);
    }

    function testFuzz_what_is_lost_against_the_last_answer_is_charged(uint256 amount) public {
        _openAndBreak(3, 1, 0);
        amount = bound(amount, 1e12, 9.9e18);
        _fill(stranger, 3, 1, amount);
        ISettler.Buckets memory buckets = settler.bucketsOf(address(vault));
        assertApproxEqAbs(buckets.lossD18, amount * 100 / 1e6, 1e12, "$100 a token, of $1,000,000");
        assertApproxEqAbs(buckets.turnoverD18, amount * 2000 / 1e6, 1e12);
    }

    function test_the_loss_budget_holds_for_exits_too() public {
        _nameExit(3, 1000e18);
        _openAndBreak(3, 1, 0);
        // 50 bps of $1,000,000 are five tokens at half their last price.
        _expect(ISettler.Settler__LossCapHit.selector);
        _fill(stranger, 3, 1, 5.01e18);
        _fill(stranger, 3, 1, 4.99e18);
        _expect(ISettler.Settler__LossCapHit.selector);
        _fill(stranger, 3, 1, 0.1e18);
    }

    function test_without_an_exit_floor_it_is_held_and_the_others_trade_on() public {
        _openAndBreak(2, 1, 0);
        vm.prank(sentinel);
        policy.setClass(address(vault), address(tokens[3]), IPolicy.Class(0, 0, 0, false));
        assertGt(_fill(stranger, 2, 1, 1e6), 0);
        vm.clearMockedCalls();
        _openAndBreak(3, 1, 0);
        _expect(IOracleHub.OracleHub__NoPrice.selector);
        _fill(stranger, 3, 1, 1e18);
    }

    function test_an_intent_counts_it_at_its_exit_floor() public {
        _break(0);
        ISettler.Intent memory intent = _intent(3, 1, 0);
        // a tenth of token 3, at $1,900, for as much of token 1
        intent.legs[3] = _scaled(intent.legs[3], 9000);
        intent.legs[1].buyUpTo += 19e6;
        intent.legs[1].sellDownTo = intent.legs[1].buyUpTo;
        _propose(intent);
        assertEq(settler.headerOf(address(vault)).navPerShareD18, 990e18, "a hundred tokens at $1,900");
    }

    /// Its price has fallen far under the floor, and somebody with a guardian's key says that it counts for the floor.
    function test_a_guardian_makes_nothing_count_for_more_than_its_price() public {
        feeds[3].set(200e8);
        vm.prank(sentinel);
        policy.quarantine(address(vault), address(tokens[3]));
        _propose(_intent(3, 1, 1000));
        assertEq(settler.headerOf(address(vault)).navPerShareD18, 820e18, "a hundred tokens at $200");
        assertEq(_quote(3, 1, 1e18), 1900e6 * 1.005, "and is sold for no less than the floor, with the premium");
    }

    function test_an_intent_without_a_price_or_a_floor_is_none() public {
        vm.prank(sentinel);
        policy.setClass(address(vault), address(tokens[3]), IPolicy.Class(0, 0, 0, false));
        _break(0);
        ISettler.Intent memory intent = _intent(3, 1, 1000);
        _expect(IOracleHub.OracleHub__NoPrice.selector);
        this.propose(intent);
    }

    function propose(ISettler.Intent calldata intent) external {
        _propose(intent);
    }

    // ------------------------------------------------------------ by a guardian

    function testFuzz_a_guardian_lets_it_leave_at_the_higher_of_price_and_floor(uint256 who, uint256 answer) public {
        _propose(_intent(3, 1, 1000));
        _wait(10 minutes);
        vm.prank([owner, curator, sentinel, breaker][who % 4]);
        policy.quarantine(address(vault), address(tokens[3]));
        answer = bound(answer, 1000e8, 4000e8);
        feeds[3].set(uint128(answer));
        assertApproxEqAbs(_quote(3, 1, 1e18), (answer > 1900e8 ? answer : 1900e8) / 100, 1, "and no discount");
        assertGt(_fill(stranger, 3, 1, 1e18), 0);
        ISettler.Buckets memory buckets = settler.bucketsOf(address(vault));
        assertLe(buckets.lossD18, 1e9, "what is sold at what it counts for loses nothing");
    }

    function test_what_a_guardian_quarantines_is_not_bought() public {
        _propose(_intent(1, 3, 1000));
        vm.prank(sentinel);
        policy.quarantine(address(vault), address(tokens[3]));
        _expect(ISettler.Settler__Quarantined.selector);
        _fill(stranger, 1, 3, 1000e6);
    }

    // -------------------------------------------------------------- the sequencer

    function test_while_the_sequencer_is_down_nothing_is_bought_so_nothing_is_sold() public {
        _nameExit(1, 0.9e18);
        _propose(_intent(3, 1, 1000));
        address up = makeAddr("sequencer");
        _sayAt(up, 1, block.timestamp);
        _listenTo(up);
        assertEq(uint8(_status()), uint8(IOracleHub.Status.SequencerDown));
        vm.expectRevert(
            abi.encodeWithSelector(ISettler.Settler__Quarantined.selector, address(vault), address(tokens[1]))
        );
        _fill(stranger, 3, 1, 1e18);
        _sayAt(up, 0, block.timestamp);
        _wait(1 hours);
        _expect(ISettler.Settler__Quarantined.selector);
        _fill(stranger, 3, 1, 1e18);
        _wait(1);
        _propose(_intent(3, 1, 1000));
        assertGt(_fill(stranger, 3, 1, 1e18), 2000e6, "back, after the grace time, at the oracle's price");
    }
}
