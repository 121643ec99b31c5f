// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISettler} from "../../src/interfaces/ISettler.sol";
import {CowFixture} from "../fixture/CowFixture.sol";
import {Guard} from "../fixture/Weak.sol";

/// An order is armed, then what it sells becomes ten per cent dearer, and a solver settles it at the old limit.
contract A06Test is CowFixture {
    uint256 internal constant SOLD = 4000e6;

    ISettler.BatchOrder internal order;

    function _armed() internal {
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        order = _orderAtQuote(1, 3, SOLD);
        _arm(order);
    }

    function settle() external {
        _settlePart(order, SOLD, 0);
    }

    function testFuzz_once_the_price_is_stale_the_order_is_void(uint256 driftBps) public {
        _armed();
        feeds[1].set(uint128(1e8 + bound(driftBps, 1, 5000) * 1e4));
        vm.expectRevert("GPv2: invalid eip1271 signature");
        this.settle();
    }

    function test_it_is_void_between_two_parts_as_well() public {
        _armed();
        _settlePart(order, SOLD / 2, 0);
        feeds[1].set(1.1e8);
        vm.expectRevert("GPv2: invalid eip1271 signature");
        this.settle();
    }

    function testFuzz_no_order_is_armed_for_longer_than_the_policys_minutes(uint256 life) public {
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        order = _orderAtQuote(1, 3, SOLD);
        order.validTo = uint32(block.timestamp + bound(life, 30 minutes + 1, 365 days));
        _expect(ISettler.Settler__BadOrder.selector);
        _arm(order);
    }

    function test_honest_while_the_price_holds_the_order_is_settled() public {
        _armed();
        uint256 nav = _navD18();
        _settlePart(order, SOLD, 0);
        assertApproxEqAbs(_navD18(), nav - 40e18, 0.01e18, "one per cent of $4,000");
    }

    function test_control_without_asking_again_the_move_is_the_solvers() public {
        _without(Guard.FreshLimit);
        _armed();
        feeds[1].set(1.1e8);
        uint256 nav = _navD18();
        _settlePart(order, SOLD, 0);
        // $4,400 for $3,960
        assertApproxEqAbs(nav - _navD18(), 440e18, 0.01e18);
    }

    /// @dev The life of an order is one of its terms, and so is who is paid.
    function test_control_without_the_terms_the_proceeds_are_anybodys() public {
        _without(Guard.OrderTerms);
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        order = _orderAtQuote(1, 3, SOLD);
        order.receiver = stranger;
        _arm(order);
        uint256 wealth = _wealthD18(address(vault));
        _settlePart(order, SOLD, 0);
        assertApproxEqAbs(wealth - _wealthD18(address(vault)), 4000e18, 0.01e18);
    }
}
