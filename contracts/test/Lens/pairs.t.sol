// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Lens} from "../../src/Lens.sol";
import {ILens} from "../../src/interfaces/ILens.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {CowFixture} from "../fixture/CowFixture.sol";

contract LensPairsTest is CowFixture {
    Lens internal lens;

    function setUp() public override {
        super.setUp();
        lens = new Lens(policy, hub, settler, allocator);
    }

    function test_without_a_live_intent_there_is_none() public view {
        assertEq(lens.pairs(address(vault)).length, 0);
        assertEq(lens.pair(address(vault), address(tokens[1]), address(tokens[3])).sellAmount, 0);
    }

    function test_the_pair_of_an_intent_is_named_with_what_it_costs_now() public {
        _propose(_intent(1, 3, 1000));
        ILens.Pair[] memory list = lens.pairs(address(vault));
        assertEq(list.length, 1);
        assertEq(list[0].sell, address(tokens[1]));
        assertEq(list[0].buy, address(tokens[3]));
        assertEq(list[0].buyAmount, _quote(1, 3, list[0].sellAmount));
        assertApproxEqRel(list[0].inD18, list[0].outD18 * 10_050 / 10_000, 1e12, "50 bps above the oracle at first");
        assertApproxEqRel(list[0].outD18, 20_000e18, 0.01e18);
    }

    /// @dev Whatever it names goes through, over every pair of decimals and at every price.
    function testFuzz_what_is_named_can_be_filled(uint256 from, uint256 to, uint256 bps, uint256 time) public {
        from = bound(from, 0, 4);
        to = (from + 1 + bound(to, 0, 3)) % 5;
        _propose(_intent(from, to, bound(bps, 1, 5000)));
        _wait(bound(time, 0, 1 hours));
        ILens.Pair memory found = lens.pair(address(vault), address(tokens[from]), address(tokens[to]));
        if (found.sellAmount == 0) return;
        assertEq(_fill(stranger, from, to, found.sellAmount), found.buyAmount);
    }

    /// @dev One per cent more is one too much for a room, the largest fill, or a bucket.
    function testFuzz_and_no_more(uint256 bps, uint256 time, uint256 maxFillBps) public {
        IPolicy.Bounds memory tight = bounds();
        tight.maxFillBps = uint16(bound(maxFillBps, 10, 10_000));
        vm.prank(sentinel);
        policy.tighten(address(vault), tight);
        _propose(_intent(1, 3, bound(bps, 100, 9000)));
        _wait(bound(time, 0, 1 hours));
        ILens.Pair memory found = lens.pair(address(vault), address(tokens[1]), address(tokens[3]));
        assertGt(found.sellAmount, 0);
        vm.prank(stranger);
        (bool ok,) = address(settler)
            .call(
                abi.encodeCall(
                    ISettler.fill,
                    (address(vault), found.sell, found.buy, found.sellAmount * 101 / 100, type(uint256).max, "")
                )
            );
        assertFalse(ok);
        _fill(stranger, 1, 3, found.sellAmount);
    }

    function test_what_the_loss_bucket_has_left_is_the_limit() public {
        _propose(_intent(1, 3, 9000));
        _wait(10 minutes);
        ILens.Pair memory found = lens.pair(address(vault), address(tokens[1]), address(tokens[3]));
        // 50 bps of $1,000,000 at one per cent under the oracle would be $500,000: the band ends first
        assertApproxEqRel(found.outD18, 180_000e18, 0.02e18);
        IPolicy.Bounds memory tight = bounds();
        tight.lossCapBpsPerDay = 5;
        vm.prank(sentinel);
        policy.tighten(address(vault), tight);
        found = lens.pair(address(vault), address(tokens[1]), address(tokens[3]));
        assertApproxEqRel(found.outD18, 50_000e18, 1e12, "5 bps of NAV at one per cent");
        _fill(stranger, 1, 3, found.sellAmount);
        assertEq(lens.pairs(address(vault)).length, 0, "nothing is left to lose");
    }

    function test_a_pair_without_a_price_is_left_out_and_the_others_stay() public {
        ISettler.Intent memory intent = _intent(1, 3, 1000);
        intent.legs[4].sellDownTo = intent.legs[4].buyUpTo = intent.legs[4].sellDownTo * 99 / 100;
        _propose(intent);
        assertEq(lens.pairs(address(vault)).length, 2);
        feeds[4].setAt(0, block.timestamp);
        ILens.Pair[] memory list = lens.pairs(address(vault));
        assertEq(list.length, 1);
        assertEq(list[0].sell, address(tokens[1]));
    }

    function test_an_armed_order_is_told_with_what_is_left_of_it() public {
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        ISettler.BatchOrder memory order = _orderAtQuote(1, 3, 4000e6);
        bytes32 digest = _arm(order);
        _settlePart(order, 1000e6, 0);
        ILens.State memory state = lens.look(address(vault));
        assertEq(state.armedDigest, digest);
        assertEq(state.armedLeft, 3000e6);
        assertTrue(state.armedGood);
        assertEq(state.armed.buyAmount, order.buyAmount);
        feeds[1].set(1.1e8);
        assertFalse(lens.look(address(vault)).armedGood, "the market has left its limit behind");
    }
}
