// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {OracleHub} from "../../src/OracleHub.sol";
import {TestFeed} from "../../src/demo/TestFeed.sol";
import {TestToken} from "../../src/demo/TestToken.sol";
import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {StubFeed} from "../fixture/StubFeed.sol";

contract PriceTest is Fixture {
    function _status(uint256 i) internal view returns (IOracleHub.Status status) {
        (,, status) = hub.peek(address(tokens[i]));
    }

    function _assertRefused(uint256 i, IOracleHub.Status status) internal {
        assertEq(uint8(_status(i)), uint8(status));
        _expect(IOracleHub.OracleHub__NoPrice.selector);
        hub.price(address(tokens[i]));
        _expect(IOracleHub.OracleHub__NoPrice.selector);
        hub.priced(address(tokens[i]));
    }

    function testFuzz_prices_have_18_decimals_whatever_the_feed_has(uint8 feedDecimals, uint128 answer) public {
        feedDecimals = uint8(bound(feedDecimals, 0, 18));
        answer = uint128(bound(answer, 2, type(uint96).max - 1));
        TestToken token = new TestToken("T", "T", 18, address(this));
        TestFeed feed = new TestFeed("T / USD", feedDecimals, 0, type(int192).max, address(this));
        feed.set(answer);
        IOracleHub.Listing memory list = listing(address(feed));
        (list.minAnswer, list.maxAnswer) = (1, type(uint96).max);
        hub.list(address(token), list);
        assertEq(hub.price(address(token)), uint256(answer) * 10 ** (18 - feedDecimals));
    }

    function test_a_whole_token_has_the_size_read_at_listing() public view {
        for (uint256 i; i < 5; ++i) {
            (uint256 priceD18, uint256 scale) = hub.priced(address(tokens[i]));
            assertEq(priceD18, uint256(prices()[i]) * 1e10);
            assertEq(scale, 10 ** decimals()[i]);
            assertEq(hub.decimals(address(tokens[i])), decimals()[i]);
            (uint256 samePriceD18, uint256 sameScale, bool ok) = hub.tryPriced(address(tokens[i]));
            assertEq(samePriceD18, priceD18);
            assertEq(sameScale, scale);
            assertTrue(ok);
        }
    }

    function testFuzz_an_answer_counts_until_its_heartbeat(uint256 age) public {
        age = bound(age, 0, 2 hours);
        vm.warp(block.timestamp + age);
        if (age > 1 hours) _assertRefused(1, IOracleHub.Status.Stale);
        else assertEq(hub.price(address(tokens[1])), 1e18);
    }

    function test_an_answer_of_just_its_heartbeat_counts_and_no_older() public {
        vm.warp(block.timestamp + 1 hours);
        assertEq(hub.price(address(tokens[1])), 1e18);
        vm.warp(block.timestamp + 1);
        _assertRefused(1, IOracleHub.Status.Stale);
    }

    function test_an_answer_from_the_future_is_refused() public {
        feeds[1].setAt(1e8, block.timestamp + 1);
        _assertRefused(1, IOracleHub.Status.FromTheFuture);
    }

    function test_an_answer_on_or_beyond_a_bound_is_refused() public {
        feeds[1].set(2);
        _assertRefused(1, IOracleHub.Status.OutOfBounds);
        feeds[1].set(3);
        assertEq(hub.price(address(tokens[1])), 3e10);
        uint96 most = hub.listingOf(address(tokens[1])).maxAnswer;
        feeds[1].set(most);
        _assertRefused(1, IOracleHub.Status.OutOfBounds);
        feeds[1].set(most - 1);
        hub.price(address(tokens[1]));
    }

    function test_a_clamped_answer_is_refused() public {
        feeds[1].set(0);
        (, int256 answer,,,) = feeds[1].latestRoundData();
        assertEq(answer, 1, "the aggregator clamps");
        _assertRefused(1, IOracleHub.Status.OutOfBounds);
    }

    function test_a_token_that_is_not_listed_has_no_price() public {
        (uint256 priceD18, uint256 updatedAt, IOracleHub.Status status) = hub.peek(alice);
        assertEq(priceD18, 0);
        assertEq(updatedAt, 0);
        assertEq(uint8(status), uint8(IOracleHub.Status.Unlisted));
        _expect(IOracleHub.OracleHub__NoPrice.selector);
        hub.decimals(alice);
    }

    function testFuzz_a_feed_that_answers_garbage_has_failed(bytes memory garbage) public {
        StubFeed stub = _listStub();
        stub.say(garbage);
        (,, IOracleHub.Status status) = hub.peek(address(tokens[5]));
        if (garbage.length < 160) assertEq(uint8(status), uint8(IOracleHub.Status.FeedFailed));
    }

    function testFuzz_peeking_never_reverts(uint256[5] memory words) public {
        _listStub().say(abi.encode(words));
        hub.peek(address(tokens[5]));
    }

    function test_zero_negative_absurd_and_reverting_answers_have_failed() public {
        StubFeed stub = _listStub();
        int256[4] memory answers = [int256(0), -1, type(int256).min, type(int256).max];
        for (uint256 i; i < 4; ++i) {
            stub.say(abi.encode(1, answers[i], block.timestamp, block.timestamp, 1));
            _assertRefused(5, IOracleHub.Status.FeedFailed);
        }
        stub.stop();
        _assertRefused(5, IOracleHub.Status.FeedFailed);
    }

    function _listStub() internal returns (StubFeed stub) {
        stub = new StubFeed(abi.encode(1, 1e8, block.timestamp, block.timestamp, 1));
        tokens.push(new TestToken("T", "T", 18, address(this)));
        hub.list(address(tokens[5]), listing(address(stub)));
    }

    /// @dev Token 5, with a second feed of ten decimals.
    function _listWithSecond() internal returns (TestFeed second) {
        second = new TestFeed("T / USD", 10, 1, 1e18, address(this));
        second.set(1e10);
        TestToken token = new TestToken("T", "T", 18, address(this));
        IOracleHub.Listing memory list = listing(address(feeds[1]));
        (list.secondary, list.secondaryHeartbeat, list.maxDivergenceBps) = (address(second), 30 minutes, 100);
        hub.list(address(token), list);
        tokens.push(token);
    }

    function testFuzz_two_feeds_must_agree(uint128 other) public {
        TestFeed second = _listWithSecond();
        other = uint128(bound(other, 0.9e10, 1.1e10));
        second.set(other);
        bool agree = other >= 0.99e10 && other <= 1.01e10;
        if (!agree) _assertRefused(5, IOracleHub.Status.Diverged);
        else assertEq(hub.price(address(tokens[5])), 1e18);
        second.setAt(1e10, block.timestamp - 30 minutes - 1);
        _assertRefused(5, IOracleHub.Status.SecondaryUnusable);
    }

    function test_a_second_feed_that_fails_is_unusable_whatever_it_says_of_its_age() public {
        StubFeed second = new StubFeed(abi.encode(1, 1e8, block.timestamp, block.timestamp, 1));
        IOracleHub.Listing memory list = listing(address(feeds[1]));
        (list.secondary, list.secondaryHeartbeat, list.maxDivergenceBps) = (address(second), 30 minutes, 100);
        tokens.push(new TestToken("T", "T", 18, address(this)));
        hub.list(address(tokens[5]), list);
        second.say(abi.encode(1, 0, block.timestamp, block.timestamp, 1));
        _assertRefused(5, IOracleHub.Status.SecondaryUnusable);
        second.say(abi.encode(1, 1e8, block.timestamp, block.timestamp + 1, 1));
        _assertRefused(5, IOracleHub.Status.SecondaryUnusable);
        second.stop();
        _assertRefused(5, IOracleHub.Status.SecondaryUnusable);
    }

    function test_the_edges_of_what_agrees_agree() public {
        TestFeed second = _listWithSecond();
        uint64[4] memory others = [uint64(0.99e10 - 1), 0.99e10, 1.01e10, 1.01e10 + 1];
        for (uint256 i; i < 4; ++i) {
            second.setAt(others[i], block.timestamp - 30 minutes);
            if (i == 1 || i == 2) assertEq(hub.price(address(tokens[5])), 1e18);
            else _assertRefused(5, IOracleHub.Status.Diverged);
        }
    }

    function test_prices_wait_until_the_sequencer_has_been_up_for_an_hour() public {
        StubFeed sequencer = new StubFeed(_up(block.timestamp - 2 hours));
        OracleHub there = new OracleHub(address(this), 1 days, address(sequencer));
        there.list(address(tokens[1]), listing(address(feeds[1])));
        assertEq(there.price(address(tokens[1])), 1e18);

        bytes[5] memory answers = [
            abi.encode(1, 1, block.timestamp - 2 hours, block.timestamp, 1),
            _up(block.timestamp - 1 hours),
            _up(0),
            _up(block.timestamp + 1),
            _up(type(uint256).max)
        ];
        for (uint256 i; i < answers.length; ++i) {
            sequencer.say(answers[i]);
            (,, IOracleHub.Status status) = there.peek(address(tokens[1]));
            assertEq(uint8(status), uint8(IOracleHub.Status.SequencerDown));
        }
        sequencer.say(_up(block.timestamp - 1 hours - 1));
        assertEq(there.price(address(tokens[1])), 1e18);
    }

    function _up(uint256 since) internal view returns (bytes memory) {
        return abi.encode(1, 0, since, block.timestamp, 1);
    }
}
