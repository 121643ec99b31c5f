// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {Guard} from "../fixture/Weak.sol";

contract PriceAttackTest is Fixture {
    /// @dev A filler names the price: nothing.
    function _buyForNothing() internal returns (int256 gainD18) {
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        int256 before = int256(_wealthD18(stranger));
        _fill(stranger, 1, 3, 4000e6);
        return int256(_wealthD18(stranger)) - before;
    }

    function test_a_filler_gains_the_floor_discount_at_most() public {
        assertLe(_buyForNothing(), 40e18);
    }

    function test_control_without_a_price_everything_is_free() public {
        _without(Guard.Price);
        assertEq(_buyForNothing(), 4000e18);
    }

    /// @dev The oracle stops, the market moves on, and somebody buys at the price of two hours ago.
    function _outliveTheFeed() internal {
        ISettler.Intent memory intent = _intent(3, 1, 1000);
        intent.deadline = uint32(block.timestamp + 3 hours);
        _propose(intent);
        vm.warp(block.timestamp + 2 hours);
    }

    function test_a_stale_price_is_no_price() public {
        _outliveTheFeed();
        _expect(IOracleHub.OracleHub__NoPrice.selector);
        _fill(stranger, 3, 1, 2e18);
    }

    function test_control_without_a_heartbeat_the_move_is_the_fillers() public {
        _without(Guard.Heartbeat);
        _outliveTheFeed();
        uint256 paid = _fill(stranger, 3, 1, 2e18);
        feeds[3].set(2400e8);
        assertGt(_worthD18(3, 2e18), _worthD18(1, paid) + 800e18);
    }
}
