// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {LeverageFixture} from "../fixture/LeverageFixture.sol";

contract AaveLeverageRedeemTest is LeverageFixture {
    function test_everybody_can_leave_after_any_time() public {
        _serve();
        _wait(200 days);
        uint256 equityD18 = _equityD18();
        uint256 wealth = _wealthD18(alice);
        uint256 shares = lever.balanceOf(alice);
        vm.prank(alice);
        lever.redeem(shares, type(uint256).max, 0, alice, false);
        assertApproxEqRel(_wealthD18(alice) - wealth, equityD18, 1e12);
        assertLt(_equityD18(), 0.01e18, "a millionth of a millionth of the shares stays");
    }

    function test_the_exit_in_kind_needs_no_cash() public {
        _serve();
        tokens[DEBT].mint(borrower, 1);
        _supply(borrower, 2, 100 * amounts()[2]);
        _borrow(borrower, COLLATERAL, tokens[COLLATERAL].balanceOf(_aToken(COLLATERAL)));
        uint256 health = lever.healthD18();
        vm.startPrank(alice);
        vm.expectRevert();
        lever.redeem(400e18, type(uint256).max, 0, alice, false);
        (, uint256 out) = lever.redeem(400e18, type(uint256).max, 0, alice, true);
        vm.stopPrank();
        assertApproxEqAbs(lever.aToken().balanceOf(alice), out, 1);
        assertGe(lever.healthD18(), health, "those who stay are no worse off");
    }

    /// Neither tokens nor aTokens: the pool lets nothing out before it is settled or liquidated.
    function test_under_a_health_of_one_nobody_leaves_before_it_is_settled() public {
        _serve();
        feeds[COLLATERAL].set(1200e8);
        assertLt(lever.healthD18(), 1e18);
        vm.startPrank(alice);
        for (uint256 i; i < 2; ++i) {
            vm.expectRevert(bytes("35")); // HEALTH_FACTOR_LOWER_THAN_LIQUIDATION_THRESHOLD
            lever.redeem(100e18, type(uint256).max, 0, alice, i == 0);
        }
        vm.stopPrank();
        _wait(1 hours);
        for (uint256 i; i < 3; ++i) {
            if (leverRule.ready(address(lever))) _serve();
            _wait(1 hours);
        }
        vm.prank(alice);
        lever.redeem(100e18, type(uint256).max, 0, alice, false);
    }

    function test_redeeming_needs_no_oracle_of_ours() public {
        _serve();
        vm.warp(block.timestamp + 30 days);
        vm.prank(alice);
        lever.redeem(100e18, type(uint256).max, 0, alice, false);
    }
}
