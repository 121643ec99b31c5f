// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {BasketVault} from "../../src/BasketVault.sol";
import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {HostileFiller} from "../fixture/HostileFiller.sol";

contract VaultTrustingFillers is BasketVault {
    constructor(address settler_) BasketVault(settler_) {}

    function _requirePaid(address, uint256, uint256) internal pure override {}
}

/// A filler takes the token it is sent and pays less than the quote.
abstract contract Underpayment is Fixture {
    HostileFiller internal thief = new HostileFiller();

    /// @dev $4,000, so that the loss stays under the day's budget and only the payment stands in the way.
    function _steal(uint256 payment) internal {
        tokens[3].mint(address(thief), payment);
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        thief.plan(payment, new HostileFiller.Call[](0));
        thief.fill(settler, address(vault), address(tokens[1]), address(tokens[3]), 4000e6);
    }
}

contract UnderpaymentTest is Underpayment {
    function testFuzz_a_filler_pays_the_quote_or_gets_nothing(uint256 payment) public {
        uint256 snapshot = vm.snapshotState();
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        uint256 quoted = _quote(1, 3, 4000e6);
        vm.revertToState(snapshot);
        payment = bound(payment, 0, 2 * quoted);
        if (payment >= quoted) return _steal(payment);
        vm.expectRevert(
            abi.encodeWithSelector(IBasketVault.BasketVault__Underpaid.selector, address(tokens[3]), quoted, payment)
        );
        this.steal(payment);
    }

    function steal(uint256 payment) external {
        _steal(payment);
    }
}

contract UnderpaymentControl is Underpayment {
    function _newVault() internal override returns (BasketVault) {
        return new VaultTrustingFillers(address(settler));
    }

    function test_without_the_check_the_vault_is_robbed() public {
        uint256 nav = _navD18();
        _steal(0);
        assertApproxEqAbs(_navD18(), nav - 4000e18, 0.05e18);
        assertEq(_wealthD18(address(thief)), 4000e18);
    }
}
