// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {HostileFiller} from "../fixture/HostileFiller.sol";
import {Guard} from "../fixture/Weak.sol";

/// Whoever may start an auction sets its prices too low, or lets it run on after the market has jumped, and bids himself.
contract A10Test is Fixture {
    uint256 internal constant SOLD = 3000e6;

    HostileFiller internal bidder = new HostileFiller();

    function _started() internal {
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
    }

    function _bid(uint256 payment) internal {
        tokens[3].mint(address(bidder), payment);
        bidder.plan(payment, new HostileFiller.Call[](0));
        bidder.fill(settler, address(vault), address(tokens[1]), address(tokens[3]), SOLD);
    }

    function bid(uint256 payment) external {
        _bid(payment);
    }

    function testFuzz_the_launcher_prices_inside_the_policy_only(uint16 startPremBps, uint16 floorDiscBps) public {
        ISettler.Intent memory intent = _intent(1, 3, 1000);
        (intent.startPremBps, intent.floorDiscBps) = (startPremBps, floorDiscBps);
        if (startPremBps > bounds().maxStartPremBps || floorDiscBps > bounds().maxFloorDiscBps) {
            _expect(ISettler.Settler__BadPriceRange.selector);
        }
        _propose(intent);
    }

    function test_the_launcher_cannot_even_start_where_targets_are_stale() public {
        ISettler.Intent memory intent = _intent(1, 3, 8000);
        feeds[1].set(1.3e8);
        _expect(ISettler.Settler__TargetOffNav.selector);
        _propose(intent);
    }

    function testFuzz_a_bid_is_held_to_the_price_of_its_moment(uint256 jumpBps) public {
        _started();
        uint256 old = _quote(1, 3, SOLD);
        feeds[1].set(uint128(1e8 * bound(jumpBps, 10_001, 20_000) / 10_000));
        assertGt(_quote(1, 3, SOLD), old);
        _expect(IBasketVault.BasketVault__Underpaid.selector);
        this.bid(old);
    }

    function test_prices_narrowed_after_the_start_count_at_once() public {
        _started();
        uint256 old = _quote(1, 3, SOLD);
        IPolicy.Bounds memory tight = bounds();
        tight.maxFloorDiscBps = 10;
        vm.prank(sentinel);
        policy.tighten(address(vault), tight);
        _expect(IBasketVault.BasketVault__Underpaid.selector);
        this.bid(old);
        _bid(_quote(1, 3, SOLD));
    }

    function test_honest_after_the_jump_the_auction_goes_on_at_the_new_price() public {
        _started();
        feeds[1].set(1.3e8);
        uint256 nav = _navD18();
        _bid(_quote(1, 3, SOLD));
        assertApproxEqAbs(_navD18(), nav - 39e18, 0.01e18, "one per cent of $3,900");
    }

    function test_control_without_the_oracles_floor_the_jump_is_the_bidders() public {
        _without(Guard.Price);
        _started();
        feeds[1].set(1.3e8);
        uint256 nav = _navD18();
        // the price of before: $2,970 for $3,900
        _bid(1.485e18);
        assertApproxEqAbs(nav - _navD18(), 930e18, 0.01e18);
    }
}
