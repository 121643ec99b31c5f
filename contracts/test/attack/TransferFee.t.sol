// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {TestToken} from "../../src/demo/TestToken.sol";
import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {FeeToken} from "../fixture/FeeToken.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {Guard} from "../fixture/Weak.sol";

/// A token starts to charge a fee on transfers; what the shares own must not exceed what is there.
contract TransferFeeTest is Fixture {
    function _newToken(uint256 i) internal override returns (TestToken) {
        return i == 1 ? new FeeToken(decimals()[i], address(this)) : super._newToken(i);
    }

    function _charge(FeeToken.Fee fee) internal {
        FeeToken(address(tokens[1])).charge(fee);
    }

    function _missing() internal view returns (uint256) {
        (, uint256 owned,) = vault.position(address(tokens[1]), address(tokens[3]));
        uint256 here = tokens[1].balanceOf(address(vault));
        return owned > here ? owned - here : 0;
    }

    function test_a_fee_on_what_comes_in_reverts() public {
        _charge(FeeToken.Fee.FromReceiver);
        _expect(IBasketVault.BasketVault__BalanceMismatch.selector);
        vm.prank(stranger);
        vault.mint(1e18, _none(), stranger);
    }

    function test_a_fee_on_what_goes_out_reverts_and_can_be_skipped() public {
        _charge(FeeToken.Fee.OnTop);
        vm.startPrank(alice);
        _expect(IBasketVault.BasketVault__BalanceMismatch.selector);
        vault.redeem(1e18, _none(), alice);
        vault.redeemSkipping(1e18, _none(), alice, 2);
        assertEq(_missing(), 0);
    }

    function test_a_fee_on_a_sale_or_a_purchase_reverts() public {
        _propose(_intent(1, 3, 1000));
        _charge(FeeToken.Fee.OnTop);
        _expect(IBasketVault.BasketVault__BalanceMismatch.selector);
        _fill(stranger, 1, 3, 1000e6);
        _charge(FeeToken.Fee.FromReceiver);
        _wait(10 minutes);
        _propose(_intent(3, 1, 1000));
        _expect(IBasketVault.BasketVault__Underpaid.selector);
        _fill(stranger, 3, 1, 1e18);
    }

    function test_control_without_measuring_the_shares_own_more_than_there_is() public {
        _without(Guard.Measuring);
        _charge(FeeToken.Fee.FromReceiver);
        vm.prank(stranger);
        vault.mint(10e18, _none(), stranger);
        assertEq(_missing(), 20e6, "one per cent of what was minted");
        _charge(FeeToken.Fee.OnTop);
        vm.prank(alice);
        vault.redeem(10e18, _none(), alice);
        // the next look takes the first loss from everybody's units, and the fee of this redemption is the next
        uint256 missing = _missing();
        assertApproxEqRel(missing, 20e6, 0.001e18);
        _propose(_intent(1, 3, 1000));
        _fill(stranger, 1, 3, 1000e6);
        assertEq(_missing(), missing + 10e6);
    }
}
