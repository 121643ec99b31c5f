// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ILeverage} from "../../src/interfaces/ILeverage.sol";
import {LeverageFixture} from "../fixture/LeverageFixture.sol";

/// A stranger supplies a crumb of another asset in the position's name. Later the pool stops lending against that asset, as it
/// does with every asset it gives up, and from then on lets nothing but that crumb out of the position.
contract AaveLeverageShedTest is LeverageFixture {
    uint256 internal constant GIFT = 2;

    function setUp() public override {
        super.setUp();
        _serve();
        tokens[GIFT].mint(stranger, 10);
        vm.startPrank(stranger);
        tokens[GIFT].approve(address(pool), 10);
        pool.supply(address(tokens[GIFT]), 10, address(lever), 0);
        vm.stopPrank();
        configurator.configureReserveAsCollateral(address(tokens[GIFT]), 0, 8500, 10_500);
    }

    function _redeem(bool inKind) internal {
        vm.prank(alice);
        lever.redeem(100e18, type(uint256).max, 0, alice, inKind);
    }

    function _delever() internal {
        _proposeMove(-1000);
        (uint256 amount,) = settler.room(address(lever), address(tokens[COLLATERAL]));
        _take(COLLATERAL, DEBT, amount);
    }

    function delever() external {
        _delever();
    }

    function test_control_a_crumb_holds_everything_back() public {
        vm.startPrank(alice);
        vm.expectRevert(bytes("57")); // LTV_VALIDATION_FAILED
        lever.redeem(100e18, type(uint256).max, 0, alice, false);
        vm.expectRevert(bytes("57"));
        lever.redeem(100e18, type(uint256).max, 0, alice, true);
        vm.stopPrank();
        vm.expectRevert(bytes("57"));
        this.delever();
    }

    function test_anyone_sheds_it_and_all_is_as_before() public {
        uint256 health = lever.healthD18();
        vm.prank(stranger);
        lever.shed(address(tokens[GIFT]));
        assertApproxEqRel(lever.healthD18(), health, 1e12);
        _redeem(false);
        _redeem(true);
        _delever();
        assertGt(lever.healthD18(), health);
    }

    function test_the_collateral_is_not_shed() public {
        address token = address(tokens[COLLATERAL]);
        vm.expectRevert(abi.encodeWithSelector(ILeverage.AaveLeverage__NotAGift.selector, token));
        lever.shed(token);
    }

    /// A gift that the position leans on stays until it does not: the pool sees to that.
    function test_nothing_is_shed_that_keeps_it_from_liquidation() public {
        _supplyFor(address(lever), 4, 40_000e24);
        _move(COLLATERAL, 4000);
        assertGt(lever.healthD18(), 1e18);
        vm.expectRevert(bytes("35")); // HEALTH_FACTOR_LOWER_THAN_LIQUIDATION_THRESHOLD
        lever.shed(address(tokens[4]));
    }

    function _supplyFor(address who, uint256 i, uint256 amount) private {
        tokens[i].mint(stranger, amount);
        vm.startPrank(stranger);
        tokens[i].approve(address(pool), amount);
        pool.supply(address(tokens[i]), amount, who, 0);
        vm.stopPrank();
    }

    function _move(uint256 i, uint256 bps) private {
        feeds[i].set(uint128(prices()[i] * bps / 10_000));
    }
}
