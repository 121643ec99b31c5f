// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBreaker} from "../../src/interfaces/IBreaker.sol";
import {ITimelock} from "../../src/interfaces/ITimelock.sol";
import {BreakerFixture} from "../fixture/BreakerFixture.sol";

contract BreakerSetDropTest is BreakerFixture {
    function test_the_first_counts_at_once_with_a_mark_and_others_after_the_delay() public {
        assertEq(fuse.referenceD18(address(vault)), fuse.navPerShareD18(address(vault)));
        IBreaker.Drop memory blind = IBreaker.Drop(9999, 1);
        vm.startPrank(curator);
        _expect(ITimelock.Timelock__NotReady.selector);
        fuse.setDrop(address(vault), blind);
        fuse.queue(abi.encodeCall(IBreaker.setDrop, (address(vault), blind)));
        vm.stopPrank();
        _wait(policy.delay());
        vm.prank(curator);
        fuse.setDrop(address(vault), blind);
        (uint16 maxBps,) = fuse.dropOf(address(vault));
        assertEq(maxBps, 9999);
    }

    function testFuzz_a_drop_of_nothing_of_everything_or_without_time_is_refused(uint16 maxBps, uint32 fade) public {
        bool good = maxBps != 0 && maxBps < 10_000 && fade != 0;
        fuse = _newBreaker();
        vm.prank(curator);
        if (!good) _expect(IBreaker.Breaker__BadDrop.selector);
        fuse.setDrop(address(vault), IBreaker.Drop(maxBps, fade));
        if (!good) {
            _expect(IBreaker.Breaker__NoDrop.selector);
            _trip(IBreaker.Kind.Nav, 0);
        }
    }
}
