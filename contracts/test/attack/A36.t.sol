// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {HubFixture} from "../fixture/HubFixture.sol";
import {Guard} from "../fixture/Weak.sol";

/// A feed that is late, unfinished, from the future, zero or negative: somebody trades at what it says. The vault means to
/// sell token 3.
contract A36Test is HubFixture {
    function setUp() public override {
        super.setUp();
        _open(3, 1);
    }

    function test_an_answer_older_than_its_heartbeat_is_none() public {
        _say(2000e8, block.timestamp - 1 hours);
        assertEq(uint8(_status()), uint8(IOracleHub.Status.Ok));
        _say(2000e8, block.timestamp - 1 hours - 1);
        _assertOnlyInKind(IOracleHub.Status.Stale);
    }

    function test_control_the_price_of_an_hour_ago_is_a_gift() public {
        _overlook(IOracleHub.Status.Stale);
        _say(2000e8, block.timestamp - 1 hours - 1);
        assertGt(_gainWhileLyingD18(3, 1, 2e18, 2400e8), 800e18);
    }

    function test_every_feed_has_its_own_heartbeat() public {
        IOracleHub.Listing memory list = listing(address(feeds[3]));
        list.heartbeat = 1 minutes;
        hub.list(address(tokens[3]), list);
        _wait(1 days);
        hub.relist(address(tokens[3]), list);
        vm.warp(block.timestamp + 2 minutes);
        assertEq(uint8(_status()), uint8(IOracleHub.Status.Stale));
        hub.price(address(tokens[1]));
    }

    function test_a_round_that_was_never_finished_is_none() public {
        _say(2000e8, 0);
        _assertOnlyInKind(IOracleHub.Status.Stale);
    }

    function test_an_answer_from_the_future_is_none() public {
        _say(2000e8, block.timestamp + 1);
        _assertOnlyInKind(IOracleHub.Status.FromTheFuture);
    }

    function test_control_an_answer_from_the_future_never_grows_old() public {
        _overlook(IOracleHub.Status.FromTheFuture);
        _say(2000e8, block.timestamp + 365 days);
        vm.warp(block.timestamp + 45 minutes);
        assertGt(_gainWhileLyingD18(3, 1, 2e18, 2400e8), 800e18);
    }

    function test_zero_and_less_are_no_prices() public {
        _say(0, block.timestamp);
        _assertOnlyInKind(IOracleHub.Status.FeedFailed);
        _say(-2000e8, block.timestamp);
        _assertOnlyInKind(IOracleHub.Status.FeedFailed);
    }

    function test_control_at_zero_everything_is_free() public {
        _overlook(IOracleHub.Status.FeedFailed);
        _say(0, block.timestamp);
        assertEq(_gainWhileLyingD18(3, 1, 2e18, 2000e8), 4000e18);
    }

    function test_a_price_that_is_missing_stops_proposals_too() public {
        vm.warp(block.timestamp + 1 hours);
        _wait(0);
        _say(2000e8, block.timestamp - 1 hours - 1);
        _expect(IOracleHub.OracleHub__NoPrice.selector);
        this.proposeAgain();
    }

    function proposeAgain() external {
        _propose(_intent(3, 1, 500));
    }

    function test_with_an_exit_floor_it_may_be_sold_there_and_not_below() public {
        _nameExit(3, 1990e18);
        _open(3, 1);
        _say(2000e8, block.timestamp - 1 hours - 1);
        assertEq(_quote(3, 1, 1e18), 1990e6, "no discount beside it");
        _fill(stranger, 3, 1, 1e18);
    }

    function test_without_its_oracle_nothing_is_bought_whatever_the_exit_floor() public {
        _nameExit(3, 1990e18);
        _open(1, 3);
        _say(2000e8, block.timestamp - 1 hours - 1);
        vm.expectRevert(
            abi.encodeWithSelector(ISettler.Settler__Quarantined.selector, address(vault), address(tokens[3]))
        );
        _fill(stranger, 1, 3, 2000e6);
    }

    function test_control_a_quarantined_token_is_dumped_on_the_vault() public {
        _without(Guard.Quarantine);
        _nameExit(3, 1990e18);
        _open(1, 3);
        // It really fell to $1,000, and its feed died on the way.
        _say(2000e8, block.timestamp - 1 hours - 1);
        assertGt(_gainWhileLyingD18(1, 3, 4000e6, 1000e8), 1900e18);
    }

    function test_honest_a_feed_on_time_is_traded_at() public {
        _say(2000e8, block.timestamp - 30 minutes);
        assertApproxEqRel(_gainD18(3, 1, 2e18), 40e18, 0.001e18);
    }
}
