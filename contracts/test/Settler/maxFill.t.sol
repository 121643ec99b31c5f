// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {Fixture} from "../fixture/Fixture.sol";

contract MaxFillTest is Fixture {
    /// @dev One per cent of $1,000,000 in one fill.
    function bounds() internal view override returns (IPolicy.Bounds memory narrow) {
        narrow = super.bounds();
        narrow.maxFillBps = 100;
    }

    function setUp() public override {
        super.setUp();
        _propose(_intent(3, 1, 2000));
        _wait(10 minutes);
    }

    function _setClass(uint16 maxFloorDiscBps, uint16 maxFillBps) internal {
        vm.prank(sentinel);
        policy.setClass(address(vault), address(tokens[3]), IPolicy.Class(0, maxFloorDiscBps, maxFillBps, false));
    }

    /// @dev Tokens at $2,000 of which `capBps` of NAV may go in one fill.
    function _tryAround(uint256 amount, uint256 capBps) internal {
        amount = bound(amount, 1e15, 20e18);
        bool inside = amount * 2000 <= capBps * 100e18;
        if (!inside) {
            vm.expectRevert(
                abi.encodeWithSelector(ISettler.Settler__FillTooLarge.selector, amount * 2000 / 1e6, capBps * 1e14)
            );
        }
        _fill(stranger, 3, 1, amount);
    }

    function testFuzz_one_fill_sells_no_more_than_its_part_of_nav(uint256 amount) public {
        // whole micros of NAV, so that the level in the reason is exact
        _tryAround(bound(amount, 1e3, 20e6) * 1e12, 100);
    }

    function testFuzz_a_class_may_ask_for_less(uint256 amount, uint16 ownBps) public {
        ownBps = uint16(bound(ownBps, 1, 200));
        _setClass(0, ownBps);
        _tryAround(bound(amount, 1e3, 20e6) * 1e12, ownBps < 100 ? ownBps : 100);
    }

    function test_the_next_fill_may_be_as_large() public {
        for (uint256 i; i < 4; ++i) {
            _fill(stranger, 3, 1, 5e18);
        }
    }

    function test_it_is_the_price_of_now_that_counts() public {
        feeds[3].set(2500e8);
        _expect(ISettler.Settler__FillTooLarge.selector);
        _fill(stranger, 3, 1, 4.01e18);
        _fill(stranger, 3, 1, 4e18);
    }

    function testFuzz_a_class_may_ask_for_a_better_price(uint16 ownBps) public {
        _setClass(ownBps, 0);
        uint256 disc = ownBps == 0 || ownBps > 100 ? 100 : ownBps;
        assertEq(_quote(3, 1, 1e18), 2000e6 * (10_000 - disc) / 10_000);
    }

    function test_what_is_bought_has_no_such_limit() public {
        vm.prank(sentinel);
        policy.setClass(address(vault), address(tokens[1]), IPolicy.Class(0, 1, 1, false));
        assertEq(_fill(stranger, 3, 1, 5e18), 9900e6);
    }
}
