// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {PositionFeed} from "../../src/sources/PositionFeed.sol";
import {PositionFixture} from "../fixture/PositionFixture.sol";

contract PositionFeedTest is PositionFixture {
    function _feed(uint256 i) internal returns (PositionFeed feed) {
        feed = new PositionFeed(sleeveAdapters[i], hub);
        IOracleHub.Listing memory how = listing(address(feed));
        how.maxAnswer = type(uint96).max;
        hub.list(address(sleeves[i]), how);
    }

    function testFuzz_the_hub_prices_a_share_like_what_it_redeems_for(uint128[5] memory answers) public {
        for (uint256 i; i < tokens.length; ++i) {
            _feed(i);
            feeds[i].set(uint128(bound(answers[i], prices()[i] / 100, 100 * uint256(prices()[i]))));
            (uint256 priceD18, uint256 scale) = hub.priced(address(sleeves[i]));
            assertEq(scale, 10 ** decimals()[i]);
            // A million whole shares, so that atoms of the token without decimals do not matter.
            uint256 worthD18 = _worthD18(i, sleeves[i].convertToAssets(1e6 * scale));
            assertApproxEqRel(priceD18 * 1e6, worthD18, 1e12);
        }
    }

    function test_it_is_as_old_as_the_price_of_what_is_inside_however_often_the_adapter_is_poked() public {
        PositionFeed feed = _feed(1);
        (uint80 id,, uint256 startedAt, uint256 updatedAt, uint80 answeredIn) = feed.latestRoundData();
        assertEq(id, answeredIn);
        assertEq(startedAt, updatedAt);
        assertEq(updatedAt, block.timestamp);
        vm.warp(block.timestamp + 50 minutes);
        sleeveAdapters[1].poke();
        (,,, uint256 after_,) = feed.latestRoundData();
        assertEq(after_, updatedAt);
    }

    function test_without_a_usable_price_inside_there_is_no_answer() public {
        PositionFeed feed = _feed(1);
        vm.warp(block.timestamp + 61 minutes);
        vm.expectRevert(
            abi.encodeWithSelector(
                PositionFeed.PositionFeed__NoPrice.selector, address(tokens[1]), IOracleHub.Status.Stale
            )
        );
        feed.latestRoundData();
        (,, IOracleHub.Status status) = hub.peek(address(sleeves[1]));
        assertTrue(status == IOracleHub.Status.FeedFailed);
    }

    function test_a_gift_to_the_position_moves_no_price() public {
        PositionFeed feed = new PositionFeed(idleAdapters[3], hub);
        (, int256 before,,,) = feed.latestRoundData();
        tokens[3].mint(address(idles[3]), 100 * amounts()[3]);
        (, int256 later,,,) = feed.latestRoundData();
        assertEq(later, before);
        assertEq(before, 2000e18);
        assertEq(feed.description(), "IDL / USD");
        assertEq(feed.decimals(), 18);
    }
}
