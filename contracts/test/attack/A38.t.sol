// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {HubFixture} from "../fixture/HubFixture.sol";

/// A rollup's sequencer was down and is back for ten seconds: feeds still say what was true before, and whoever is first
/// trades at it. The vault means to sell token 3, which rose to $2,400 meanwhile.
contract A38Test is HubFixture {
    address internal constant UPTIME = address(0x0051);

    function setUp() public override {
        super.setUp();
        _listenTo(UPTIME);
        _sayOfSequencer(0, block.timestamp - 1 days);
        _open(3, 1);
    }

    function _sayOfSequencer(int256 down, uint256 since) internal {
        _sayAt(UPTIME, down, since);
    }

    /// @dev Gone for half an hour, back for `time`; the feeds have not caught up, and are within their heartbeats.
    function _comeBack(uint256 time) internal {
        vm.warp(block.timestamp + 40 minutes);
        _sayOfSequencer(0, block.timestamp - time);
    }

    function test_while_it_is_down_there_are_no_prices() public {
        _sayOfSequencer(1, block.timestamp - 10);
        _assertOnlyInKind(IOracleHub.Status.SequencerDown);
    }

    function test_ten_seconds_after_it_is_back_there_are_none() public {
        _comeBack(10);
        _assertOnlyInKind(IOracleHub.Status.SequencerDown);
    }

    function test_a_feed_that_does_not_know_since_when_is_not_believed() public {
        _sayOfSequencer(0, 0);
        _assertOnlyInKind(IOracleHub.Status.SequencerDown);
    }

    function test_until_the_grace_is_over_there_are_none() public {
        _sayOfSequencer(0, block.timestamp - 1 hours);
        _assertOnlyInKind(IOracleHub.Status.SequencerDown);
        _sayOfSequencer(0, block.timestamp - 1 hours - 1);
        assertEq(uint8(_status()), uint8(IOracleHub.Status.Ok));
    }

    function test_nothing_is_proposed_either() public {
        _comeBack(10);
        _expect(IOracleHub.OracleHub__NoPrice.selector);
        this.propose();
    }

    function propose() external {
        _propose(_intent(3, 1, 500));
    }

    function test_control_the_first_to_trade_takes_the_move() public {
        _overlook(IOracleHub.Status.SequencerDown);
        _comeBack(10);
        assertGt(_gainWhileLyingD18(3, 1, 2e18, 2400e8), 800e18);
    }

    function test_honest_an_hour_later_trade_goes_on_at_new_prices() public {
        vm.warp(block.timestamp + 40 minutes);
        feeds[1].set(1e8);
        feeds[3].set(2400e8);
        _sayOfSequencer(0, block.timestamp - 1 hours - 1);
        assertApproxEqRel(_gainD18(3, 1, 2e18), 48e18, 0.001e18);
    }
}
