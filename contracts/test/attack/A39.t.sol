// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {TestFeed} from "../../src/demo/TestFeed.sol";
import {TestToken} from "../../src/demo/TestToken.sol";
import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {HubFixture} from "../fixture/HubFixture.sol";

/// Whoever lists tokens errs, as many have: a feed of other decimals than it tells, the pair upside down, the rate of a
/// staked token without the price of what it is staked for, another token's feed, a pool that does not exist. Token 3 is worth $2,000.
contract A39Test is HubFixture {
    TestFeed internal wrong;

    /// @dev Raw answers of 8 decimals that are wrong for token 3, each by more than an order of magnitude.
    function _mistakes() internal pure returns (uint128[4] memory) {
        return [
            uint128(2000e18), // 18 decimals, told as 8
            0.0005e8, // dollars in token 3, not token 3 in dollars
            1.05e8, // staked token in token, and no price of the token
            50_000e8 // bitcoin
        ];
    }

    function _feed(uint128 answer) internal {
        wrong = new TestFeed("TOK / USD", 8, 0, type(int192).max, address(this));
        wrong.set(answer);
    }

    function _refresh() internal override {
        (, int256 answer,,,) = wrong.latestRoundData();
        wrong.set(uint128(uint256(answer)));
    }

    /// @dev With the right feed as a reference, from which it may differ by 5 %; bounds that stop nothing.
    function _checkedByReference() internal view returns (IOracleHub.Listing memory list) {
        list = listing(address(wrong));
        (list.minAnswer, list.maxAnswer) = (1, type(uint96).max);
        (list.secondary, list.secondaryHeartbeat, list.maxDivergenceBps) = (address(feeds[3]), 1 hours, 500);
    }

    /// @dev With what is expected of it: between $1,000 and $4,000.
    function _checkedByBounds() internal view returns (IOracleHub.Listing memory list) {
        list = listing(address(wrong));
        (list.minAnswer, list.maxAnswer) = (1000e8, 4000e8);
    }

    function adopt(IOracleHub.Listing memory list) external {
        _adopt(list);
    }

    function _refused(IOracleHub.Listing memory list) internal {
        vm.expectRevert(
            abi.encodeWithSelector(
                IOracleHub.OracleHub__BadListing.selector, address(tokens[3]), bytes32("no usable price now")
            )
        );
        this.adopt(list);
        feeds[3].set(2000e8);
        assertEq(hub.price(address(tokens[3])), 2000e18, "the old listing holds");
    }

    function test_a_wrong_feed_is_not_listed_beside_a_reference() public {
        for (uint256 i; i < 4; ++i) {
            _feed(_mistakes()[i]);
            _refused(_checkedByReference());
        }
    }

    function test_a_wrong_feed_is_not_listed_inside_what_is_expected_of_it() public {
        for (uint256 i; i < 4; ++i) {
            _feed(_mistakes()[i]);
            _refused(_checkedByBounds());
        }
    }

    function test_a_feed_of_nothing_is_not_listed() public {
        _feed(0);
        _refused(_checkedByReference());
        _refused(_checkedByBounds());
    }

    function test_a_first_listing_is_checked_as_well() public {
        TestToken token = new TestToken("Another", "TOK", 18, address(this));
        _feed(_mistakes()[0]);
        IOracleHub.Listing[2] memory lists = [_checkedByBounds(), _checkedByReference()];
        for (uint256 i; i < 2; ++i) {
            _expect(IOracleHub.OracleHub__BadListing.selector);
            hub.list(address(token), lists[i]);
        }
    }

    /// Before a change of a listing takes effect, everybody sees it and may ask its feeds: announcing changes no price.
    function test_a_change_is_seen_before_it_counts() public {
        _feed(_mistakes()[3]);
        IOracleHub.Listing memory list = _checkedByReference();
        vm.expectEmit(address(hub));
        emit IOracleHub.RelistQueued(address(tokens[3]), list, block.timestamp + 1 days);
        hub.list(address(tokens[3]), list);
        assertEq(hub.price(address(tokens[3])), 2000e18);
    }

    /// @dev The wrong feed comes into force while the vault sells `from` for `to`, proposed at the right price.
    function _adoptDuringASale(IOracleHub.Listing memory list, uint256 from, uint256 to) internal {
        hub.list(address(tokens[3]), list);
        _wait(1 days);
        _open(from, to);
        hub.relist(address(tokens[3]), list);
    }

    function test_control_every_mistake_costs_nearly_all_that_is_filled() public {
        _overlook(IOracleHub.Status.Diverged);
        for (uint256 i; i < 4; ++i) {
            uint256 snapshot = vm.snapshotState();
            _feed(_mistakes()[i]);
            bool tooLow = i == 1 || i == 2;
            (uint256 from, uint256 to) = tooLow ? (uint256(3), uint256(1)) : (uint256(1), uint256(3));
            _adoptDuringASale(_checkedByReference(), from, to);
            assertGt(_gainD18(from, to, tooLow ? 2e18 : 4000e6), 3800e18);
            vm.revertToState(snapshot);
        }
    }

    function test_honest_a_right_feed_is_listed_and_traded_at() public {
        _feed(2010e8);
        _adoptDuringASale(_checkedByReference(), 1, 3);
        feeds[3].set(2010e8);
        assertApproxEqRel(_gainD18(1, 3, 4000e6), 40e18, 0.001e18);
    }
}
