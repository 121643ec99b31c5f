// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBreaker} from "../../src/interfaces/IBreaker.sol";
import {ITimelock} from "../../src/interfaces/ITimelock.sol";
import {BreakerFixture} from "../fixture/BreakerFixture.sol";

contract BreakerSetBandTest is BreakerFixture {
    function test_the_first_band_counts_at_once_and_others_after_the_delay() public {
        IBreaker.Band memory wider = IBreaker.Band(0.5e18, 1.5e18);
        vm.startPrank(curator);
        fuse.setBand(address(vault), address(tokens[0]), wider);
        _expect(ITimelock.Timelock__NotReady.selector);
        fuse.setBand(address(vault), address(tokens[1]), wider);
        fuse.queue(abi.encodeCall(IBreaker.setBand, (address(vault), address(tokens[1]), wider)));
        vm.warp(block.timestamp + policy.delay());
        fuse.setBand(address(vault), address(tokens[1]), wider);
        (uint128 lowD18,) = fuse.bandOf(address(vault), address(tokens[1]));
        assertEq(lowD18, 0.5e18);
    }

    function test_nobody_but_the_curator_sets_what_counts_as_evidence() public {
        address[4] memory others = [owner, strategist, sentinel, stranger];
        for (uint256 i; i < 4; ++i) {
            vm.startPrank(others[i]);
            _expect(ITimelock.Timelock__NotAllowed.selector);
            fuse.setBand(address(vault), address(tokens[0]), IBreaker.Band(0, 1));
            _expect(ITimelock.Timelock__NotAllowed.selector);
            fuse.setDrop(address(vault), drop());
            vm.stopPrank();
        }
    }

    function test_a_band_upside_down_is_refused() public {
        vm.prank(curator);
        _expect(IBreaker.Breaker__BadBand.selector);
        fuse.setBand(address(vault), address(tokens[0]), IBreaker.Band(1e18, 1e18));
    }
}
