// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {TestFeed} from "../../src/demo/TestFeed.sol";
import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {HubFixture} from "../fixture/HubFixture.sol";

/// A token crashes below what its aggregator can say: the feed keeps answering its floor of $1,500, and everybody sells the
/// token to whoever believes that. The vault means to buy it.
contract A37Test is HubFixture {
    TestFeed internal clamped;
    TestFeed internal second;

    function setUp() public override {
        super.setUp();
        clamped = new TestFeed("TOK / USD", 8, 1500e8, 1e13, address(this));
        second = new TestFeed("TOK / USD", 8, 1, 1e13, address(this));
        _refresh();
    }

    function _refresh() internal override {
        clamped.set(2000e8);
        second.set(2000e8);
    }

    function _listing(uint96 minAnswer) internal view returns (IOracleHub.Listing memory list) {
        list = listing(address(clamped));
        (list.minAnswer, list.maxAnswer) = (minAnswer, 1e13 - 1);
    }

    function _listingWithSecond() internal view returns (IOracleHub.Listing memory list) {
        list = _listing(1500e8 + 1);
        (list.secondary, list.secondaryHeartbeat, list.maxDivergenceBps) = (address(second), 1 hours, 200);
    }

    /// @dev The token falls to `truth`. The vault buys it, as it meant to, if it believes the feed.
    function _crashTo(uint128 truth) internal {
        _open(1, 3);
        clamped.set(truth);
        second.set(truth);
    }

    function _dumpD18(uint128 truth) internal returns (int256) {
        return _gainWhileLyingD18(1, 3, 14_000e6, truth);
    }

    function _assertNotBought(IOracleHub.Status reason) internal {
        assertEq(uint8(_status()), uint8(reason));
        _expect(IOracleHub.OracleHub__NoPrice.selector);
        _fill(stranger, 1, 3, 14_000e6);
        vm.prank(alice);
        vault.redeem(SHARES / 10, _none(), alice);
    }

    function test_the_floor_of_a_feed_is_no_price() public {
        _adopt(_listing(1500e8 + 1));
        _crashTo(500e8);
        (, int256 answer,,,) = clamped.latestRoundData();
        assertEq(answer, 1500e8);
        _assertNotBought(IOracleHub.Status.OutOfBounds);
    }

    function test_the_ceiling_of_a_feed_is_no_price() public {
        _adopt(_listing(1500e8 + 1));
        _open(1, 3);
        clamped.set(type(uint96).max);
        _assertNotBought(IOracleHub.Status.OutOfBounds);
    }

    function test_bounds_that_the_feed_never_reaches_cannot_be_listed() public {
        vm.expectRevert(
            abi.encodeWithSelector(IOracleHub.OracleHub__BadListing.selector, address(tokens[3]), bytes32("min answer"))
        );
        this.adopt(_listing(1500e8));
    }

    function adopt(IOracleHub.Listing memory list) external {
        _adopt(list);
    }

    function test_control_at_the_floor_of_its_feed_the_vault_buys_what_is_worth_a_third() public {
        _adopt(_listing(1500e8 + 1));
        _overlook(IOracleHub.Status.OutOfBounds);
        _crashTo(500e8);
        assertGt(_dumpD18(500e8), 9000e18);
    }

    /// Above its floor the feed is merely wrong: it says $1,600 when the second one says $1,200.
    function test_a_second_opinion_that_differs_freezes_the_token() public {
        _adopt(_listingWithSecond());
        _crashTo(1600e8);
        second.set(1200e8);
        _assertNotBought(IOracleHub.Status.Diverged);
    }

    function test_control_without_the_second_opinion_the_difference_is_lost() public {
        _adopt(_listingWithSecond());
        _overlook(IOracleHub.Status.Diverged);
        _crashTo(1600e8);
        second.set(1200e8);
        assertGt(_dumpD18(1200e8), 3500e18);
    }

    function test_honest_a_fall_that_the_feed_can_say_is_traded_at() public {
        _adopt(_listingWithSecond());
        _crashTo(1900e8);
        assertApproxEqRel(_dumpD18(1900e8), 140e18, 0.001e18);
    }
}
