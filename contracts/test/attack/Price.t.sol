// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {OracleHub} from "../../src/OracleHub.sol";
import {Settler} from "../../src/Settler.sol";
import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {Fixture} from "../fixture/Fixture.sol";

contract SettlerWithoutPrice is Settler {
    constructor(IPolicy policy_, IOracleHub hub_) Settler(policy_, hub_) {}

    function _requiredUp(Header memory, IPolicy.Bounds memory, Deal memory) internal pure override returns (uint256) {
        return 0;
    }
}

contract HubWithoutHeartbeat is OracleHub {
    constructor(address owner_) OracleHub(owner_, 1 days, address(0)) {}

    function _look(Entry storage entry) internal view override returns (uint256 priceD18, uint256 at_, Status status) {
        (priceD18, at_, status) = super._look(entry);
        if (status == Status.Stale) status = Status.Ok;
    }
}

/// A filler names the price: nothing.
abstract contract NoPrice is Fixture {
    function _gain() internal returns (int256) {
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        int256 before = int256(_wealthD18(stranger));
        _fill(stranger, 1, 3, 4000e6);
        return int256(_wealthD18(stranger)) - before;
    }
}

contract NoPriceTest is NoPrice {
    function test_a_filler_gains_the_floor_discount_at_most() public {
        assertLe(_gain(), 40e18);
    }
}

contract NoPriceControl is NoPrice {
    function _newSettler() internal override returns (Settler) {
        return new SettlerWithoutPrice(policy, hub);
    }

    function test_without_a_price_everything_is_free() public {
        assertEq(_gain(), 4000e18);
    }
}

/// The oracle stops, the market moves on, and somebody buys at yesterday's price.
abstract contract StalePrice is Fixture {
    function _prepare() internal {
        ISettler.Intent memory intent = _intent(3, 1, 1000);
        intent.deadline = uint32(block.timestamp + 3 hours);
        _propose(intent);
        vm.warp(block.timestamp + 2 hours);
    }

    function _gain() internal returns (int256) {
        uint256 bought = 2e18;
        uint256 paid = _fill(stranger, 3, 1, bought);
        feeds[3].set(2400e8);
        feeds[1].set(1e8);
        return int256(_worthD18(3, bought)) - int256(_worthD18(1, paid));
    }
}

contract StalePriceTest is StalePrice {
    function test_a_stale_price_is_no_price() public {
        _prepare();
        _expect(IOracleHub.OracleHub__NoPrice.selector);
        _fill(stranger, 3, 1, 2e18);
    }
}

contract StalePriceControl is StalePrice {
    function _newHub() internal override returns (OracleHub) {
        return new HubWithoutHeartbeat(address(this));
    }

    function test_without_a_heartbeat_the_move_is_the_fillers() public {
        _prepare();
        assertGt(_gain(), 800e18);
    }
}
