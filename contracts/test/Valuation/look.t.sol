// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Valuation} from "../../src/Valuation.sol";
import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {HubFixture} from "../fixture/HubFixture.sol";

contract Looker {
    function look(IOracleHub hub, address token, IPolicy.Class calldata class)
        external
        view
        returns (Valuation.Value memory)
    {
        return Valuation.look(hub, token, class);
    }

    function ask(Valuation.Value calldata value, IPolicy.Class calldata class) external pure returns (uint256) {
        return Valuation.askD18(value, class);
    }
}

contract ValuationLookTest is HubFixture {
    Looker internal looker;

    function setUp() public override {
        super.setUp();
        looker = new Looker();
    }

    function _look(uint128 exitFloorD18, bool quarantined) internal view returns (Valuation.Value memory) {
        return looker.look(hub, address(tokens[3]), IPolicy.Class(exitFloorD18, 7, 9, quarantined));
    }

    function _ask(Valuation.Value memory value, uint128 exitFloorD18) internal view returns (uint256) {
        return looker.ask(value, IPolicy.Class(exitFloorD18, 7, 9, false));
    }

    function _price(uint256 seed) internal returns (uint256 priceD18) {
        uint128 answer = uint128(bound(seed, 3, 1e15 - 1));
        feeds[3].set(answer);
        return uint256(answer) * 1e10;
    }

    function _stale() internal {
        vm.warp(block.timestamp + 1 hours + 1);
    }

    function testFuzz_a_healthy_token_counts_for_its_price_whatever_its_exit_floor(uint256 seed, uint128 floor) public {
        uint256 priceD18 = _price(seed);
        Valuation.Value memory value = _look(floor, false);
        assertEq(value.priceD18, priceD18);
        assertEq(_ask(value, floor), priceD18);
        assertEq(value.markD18, priceD18);
        assertEq(value.scale, 1e18);
        assertFalse(value.quarantined);
    }

    function testFuzz_a_guardians_quarantine_takes_the_higher_of_price_and_floor(uint256 seed, uint128 floor) public {
        uint256 priceD18 = _price(seed);
        Valuation.Value memory value = _look(floor, true);
        assertEq(_ask(value, floor), priceD18 > floor ? priceD18 : floor);
        assertEq(value.markD18, _ask(value, floor), "nothing is lost by selling at it");
        assertEq(value.priceD18, priceD18, "it counts for no more than it is worth");
        assertTrue(value.quarantined);
    }

    function testFuzz_without_its_oracle_it_counts_for_its_exit_floor(uint256 seed, uint128 floor, bool quarantined)
        public
    {
        floor = uint128(bound(floor, 1, type(uint128).max));
        uint256 lastD18 = _price(seed);
        _stale();
        Valuation.Value memory value = _look(floor, quarantined);
        assertEq(value.priceD18, floor, "also if the last answer was higher");
        assertEq(_ask(value, floor), floor);
        assertEq(value.markD18, lastD18 > floor ? lastD18 : floor, "a loss is measured against the last answer");
        assertEq(value.scale, 1e18);
        assertTrue(value.quarantined);
    }

    function testFuzz_without_its_oracle_and_a_floor_it_has_no_price(uint256 seed, bool quarantined) public {
        uint256 lastD18 = _price(seed);
        uint256 updatedAt = block.timestamp;
        _stale();
        vm.expectRevert(
            abi.encodeWithSelector(
                IOracleHub.OracleHub__NoPrice.selector, address(tokens[3]), IOracleHub.Status.Stale, lastD18, updatedAt
            )
        );
        _look(0, quarantined);
    }

    function test_a_feed_that_says_nothing_leaves_only_the_floor() public {
        _say(0, block.timestamp);
        Valuation.Value memory value = _look(1500e18, false);
        assertEq(value.priceD18, 1500e18);
        assertEq(_ask(value, 1500e18), 1500e18);
        assertEq(value.markD18, 1500e18);
        assertTrue(value.quarantined);
    }

    /// Nobody knows how many atoms a whole one has: at a floor per atom one would count for all else together.
    function testFuzz_a_token_that_is_not_listed_has_no_price_whatever_its_exit_floor(uint128 floor, bool quarantined)
        public
    {
        address other = address(_newToken(3));
        vm.expectRevert(
            abi.encodeWithSelector(
                IOracleHub.OracleHub__NoPrice.selector, other, IOracleHub.Status.Unlisted, uint256(0), uint256(0)
            )
        );
        looker.look(hub, other, IPolicy.Class(floor, 0, 0, quarantined));
    }
}
