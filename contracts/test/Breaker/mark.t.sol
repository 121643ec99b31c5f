// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBreaker} from "../../src/interfaces/IBreaker.sol";
import {BreakerFixture} from "../fixture/BreakerFixture.sol";

contract BreakerMarkTest is BreakerFixture {
    /// Whoever marks whenever and at whatever price: what a drop is measured against is never lower for it.
    function testFuzz_no_mark_lowers_the_reference(uint64[8] calldata answers, uint32[8] calldata times) public {
        for (uint256 i; i < 8; ++i) {
            _wait(bound(times[i], 1, 3 days));
            feeds[2].set(uint128(bound(answers[i], 1e8, 100_000e8)));
            uint256 before = fuse.referenceD18(address(vault));
            uint256 navD18 = fuse.navPerShareD18(address(vault));
            vm.prank(stranger);
            fuse.mark(address(vault));
            uint256 now_ = fuse.referenceD18(address(vault));
            assertEq(now_, before > navD18 ? before : navD18, "the higher of the two, and nothing else");
        }
    }

    /// Marking in between changes nothing: the reference fades by the clock, from the highest mark.
    function testFuzz_it_fades_by_the_largest_drop_in_its_time(uint32 time) public {
        uint256 top = fuse.referenceD18(address(vault));
        feeds[2].set(1e8);
        feeds[3].set(1e8);
        _wait(bound(time, 0, FADE));
        fuse.mark(address(vault));
        uint256 fadedBps = bound(time, 0, FADE) * MAX_DROP_BPS / FADE;
        assertEq(fuse.referenceD18(address(vault)), top * (10_000 - fadedBps) / 10_000);
    }

    function test_it_fades_to_nothing_and_no_further() public {
        _wait(60 days);
        assertEq(fuse.referenceD18(address(vault)), 0);
        fuse.mark(address(vault));
        assertEq(fuse.referenceD18(address(vault)), fuse.navPerShareD18(address(vault)));
    }

    /// A high that nobody had asked about would be the drop of the moment in which somebody asks.
    function test_before_there_is_a_drop_to_speak_of_nothing_is_marked() public {
        fuse = _newBreaker();
        vm.prank(stranger);
        fuse.mark(address(vault));
        _wait(1 days);
        feeds[2].set(1e8);
        feeds[3].set(1e8);
        vm.prank(curator);
        fuse.setDrop(address(vault), drop());
        assertEq(fuse.referenceD18(address(vault)), fuse.navPerShareD18(address(vault)));
        _expect(IBreaker.Breaker__NoDrop.selector);
        _trip(IBreaker.Kind.Nav, 0);
    }

    function test_without_a_usable_price_nothing_is_marked() public {
        feeds[2].setAt(60_000e8, block.timestamp - 2 hours);
        vm.expectRevert();
        fuse.mark(address(vault));
    }
}
