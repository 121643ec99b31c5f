// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {VaultFiller} from "../../src/periphery/VaultFiller.sol";
import {AggregatorFixture} from "../fixture/AggregatorFixture.sol";
import {Guard} from "../fixture/Weak.sol";

/// A20: the aggregator's API answers with calldata whose receiver is the attacker instead of the filler or the vault. The
/// bytes cannot be read on chain; what arrives at the vault can.
contract A20Test is AggregatorFixture {
    address internal thief = makeAddr("thief");

    function testFuzz_nothing_is_sold_for_what_somebody_else_receives(uint256 out, address receiver) public {
        vm.assume(receiver != address(0) && receiver != address(vault) && receiver != address(aggregator));
        vm.assume(receiver != address(router));
        out = bound(out, 0, 100e18);
        _expect(IBasketVault.BasketVault__Underpaid.selector);
        _fillBy(aggregator, 0, _data(SOLD, out, receiver));
        assertEq(tokens[3].balanceOf(receiver), 0);
    }

    /// @dev What is not diverted reaches the filler first.
    function testFuzz_a_part_that_is_diverted_is_missed_by_the_callers_own_floor(uint256 kept) public {
        kept = bound(kept, _quote(1, 3, SOLD), FAIR - 1);
        tokens[3].mint(address(aggregator), kept);
        vm.expectRevert(abi.encodeWithSelector(VaultFiller.VaultFiller__TooLittle.selector, kept, FAIR));
        _fillBy(aggregator, FAIR, _data(SOLD, FAIR - kept, thief));
    }

    function testFuzz_without_that_floor_it_is_the_price_range_of_the_policy_at_most(uint256 kept) public {
        kept = bound(kept, _quote(1, 3, SOLD), FAIR - 1);
        uint256 nav = _navD18();
        tokens[3].mint(address(aggregator), kept);
        _fillBy(aggregator, 0, _data(SOLD, FAIR - kept, thief));
        assertLe(_wealthD18(thief), 40e18, "one per cent of $4,000");
        assertLe(nav - _navD18(), 40e18 + 1e16);
    }

    function test_honest_the_vault_or_the_filler_may_be_the_receiver() public {
        uint256 snapshot = vm.snapshotState();
        assertEq(_fillBy(aggregator, FAIR, _data(SOLD, FAIR, address(aggregator))), FAIR);
        vm.revertToState(snapshot);
        assertEq(_fillBy(aggregator, FAIR, _data(SOLD, FAIR, address(vault))), FAIR);
    }

    function test_control_where_arrival_is_not_checked_the_sale_is_the_thiefs() public {
        _without(Guard.Payment);
        uint256 nav = _navD18();
        _fillBy(aggregator, 0, _data(SOLD, FAIR, thief));
        assertEq(_wealthD18(thief), 4000e18);
        assertApproxEqAbs(_navD18(), nav - 4000e18, 0.05e18);
    }
}
