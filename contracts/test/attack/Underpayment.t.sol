// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {HostileFiller} from "../fixture/HostileFiller.sol";
import {Guard} from "../fixture/Weak.sol";

/// A filler takes the token it is sent and pays less than the quote.
contract UnderpaymentTest is Fixture {
    HostileFiller internal thief = new HostileFiller();

    /// @dev $4,000, so that the loss stays under the day's budget and only the payment stands in the way.
    function _steal(uint256 payment) internal {
        tokens[3].mint(address(thief), payment);
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        thief.plan(payment, new HostileFiller.Call[](0));
        thief.fill(settler, address(vault), address(tokens[1]), address(tokens[3]), 4000e6);
    }

    function steal(uint256 payment) external {
        _steal(payment);
    }

    function testFuzz_a_filler_pays_the_quote_or_gets_nothing(uint256 payment) public {
        // $4,000 at 1 % under $2,000 each
        uint256 quoted = 1.98e18;
        payment = bound(payment, 0, 2 * quoted);
        if (payment >= quoted) return _steal(payment);
        vm.expectRevert(
            abi.encodeWithSelector(IBasketVault.BasketVault__Underpaid.selector, address(tokens[3]), quoted, payment)
        );
        this.steal(payment);
    }

    function test_control_without_the_check_the_vault_is_robbed() public {
        _without(Guard.Payment);
        uint256 nav = _navD18();
        _steal(0);
        assertApproxEqAbs(_navD18(), nav - 4000e18, 0.05e18);
        assertEq(_wealthD18(address(thief)), 4000e18);
    }
}
