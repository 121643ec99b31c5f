// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {OracleHub} from "../../src/OracleHub.sol";
import {TestFeed} from "../../src/demo/TestFeed.sol";
import {TestToken} from "../../src/demo/TestToken.sol";
import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

contract ListTest is Fixture {
    TestToken internal token;
    TestFeed internal feed;

    function setUp() public override {
        super.setUp();
        token = new TestToken("T", "T", 18, address(this));
        feed = new TestFeed("T / USD", 8, 10, 1000e8, address(this));
        feed.set(1e8);
    }

    function _good() internal view returns (IOracleHub.Listing memory list) {
        list = listing(address(feed));
        (list.minAnswer, list.maxAnswer) = (11, 1000e8 - 1);
    }

    function _refused(IOracleHub.Listing memory list, bytes32 reason) internal {
        vm.expectRevert(abi.encodeWithSelector(IOracleHub.OracleHub__BadListing.selector, address(token), reason));
        hub.list(address(token), list);
    }

    function test_a_first_listing_counts_at_once() public {
        vm.expectEmit(address(hub));
        emit IOracleHub.Listed(address(token), _good(), 18);
        hub.list(address(token), _good());
        assertEq(hub.price(address(token)), 1e18);
        uint96 kept = hub.listingOf(address(token)).maxAnswer;
        assertLe(kept, 1000e8 - 1, "never looser than asked for");
        assertApproxEqRel(kept, 1000e8 - 1, 0.0001e18);
    }

    function test_only_the_owner_lists() public {
        vm.startPrank(stranger);
        _expect(Ownable.OwnableUnauthorizedAccount.selector);
        hub.list(address(token), _good());
        _expect(Ownable.OwnableUnauthorizedAccount.selector);
        hub.relist(address(token), _good());
        _expect(Ownable.OwnableUnauthorizedAccount.selector);
        hub.revoke(address(token));
    }

    function test_bounds_lie_strictly_inside_the_circuit_breaker() public {
        IOracleHub.Listing memory list = _good();
        list.minAnswer = 10;
        _refused(list, "min answer");
        list = _good();
        list.maxAnswer = 1000e8;
        _refused(list, "max answer");
    }

    function test_a_listing_makes_sense() public {
        IOracleHub.Listing memory list = _good();
        list.heartbeat = 0;
        _refused(list, "bounds");
        list = _good();
        list.minAnswer = list.maxAnswer;
        _refused(list, "bounds");
        list = _good();
        list.secondary = list.primary;
        (list.secondaryHeartbeat, list.maxDivergenceBps) = (60, 60);
        _refused(list, "secondary");
        list.secondary = address(feeds[1]);
        list.maxDivergenceBps = 0;
        _refused(list, "secondary");
        feed.setAt(1e8, 1);
        _refused(_good(), "no usable price now");
    }

    function test_decimals_have_limits() public {
        token = new TestToken("T", "T", 25, address(this));
        _refused(_good(), "token decimals");
        token = new TestToken("T", "T", 18, address(this));
        feed = new TestFeed("T / USD", 19, 10, 1000e8, address(this));
        feed.set(1e8);
        _refused(_good(), "feed decimals");
    }

    function test_a_change_of_a_listing_waits() public {
        hub.list(address(token), _good());
        IOracleHub.Listing memory other = _good();
        other.heartbeat = 2 hours;
        hub.list(address(token), other);
        assertEq(hub.listingOf(address(token)).heartbeat, 1 hours);
        _expect(IOracleHub.OracleHub__NotReady.selector);
        hub.relist(address(token), other);
        vm.warp(block.timestamp + 1 days);
        feed.set(1e8);
        _expect(IOracleHub.OracleHub__NotReady.selector);
        hub.relist(address(token), _good());
        hub.relist(address(token), other);
        assertEq(hub.listingOf(address(token)).heartbeat, 2 hours);
        _expect(IOracleHub.OracleHub__NotReady.selector);
        hub.relist(address(token), other);
    }

    function test_an_announced_change_can_be_withdrawn() public {
        hub.list(address(token), _good());
        hub.list(address(token), _good());
        hub.revoke(address(token));
        vm.warp(block.timestamp + 1 days);
        _expect(IOracleHub.OracleHub__NotReady.selector);
        hub.relist(address(token), _good());
    }

    function test_a_deployment_cannot_choose_a_short_delay() public {
        _expect(IOracleHub.OracleHub__BadListing.selector);
        new OracleHub(address(this), 1 days - 1, address(0));
    }
}
