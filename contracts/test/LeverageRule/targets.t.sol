// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IRule} from "../../src/interfaces/IRule.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {LeverageRule} from "../../src/rules/LeverageRule.sol";
import {IAaveLiquidation} from "../fixture/AaveFixture.sol";
import {LeverageFixture} from "../fixture/LeverageFixture.sol";

contract LeverageRuleTest is LeverageFixture {
    /// @dev The largest fall from one step to the next that the band is made for: 1.45 * 0.75 is above 1.
    uint256 internal constant STEP_BPS = 2500;

    function _setPrice(uint256 answer) internal {
        feeds[COLLATERAL].set(uint128(answer));
    }

    function testFuzz_ready_exactly_outside_of_the_band(uint256 price) public {
        _serve();
        price = bound(price, 1300e8, 4000e8);
        _setPrice(price);
        uint256 health = lever.healthD18();
        assertEq(leverRule.ready(address(lever)), health < 1.45e18 || health > 1.8e18);
        (, IRule.Terms memory terms) = leverRule.targets(address(lever));
        assertEq(terms.startPremBps, health < 1.25e18 ? 0 : 50);
        assertEq(terms.decay, health < 1.25e18 ? 1 minutes : 10 minutes);
    }

    /// @dev The legs, filled at the oracle's prices, would land on the target: checked against the formula's meaning.
    function testFuzz_the_legs_land_on_the_target(uint256 price) public {
        _serve();
        price = bound(price, 1300e8, 4000e8);
        _setPrice(price);
        (ISettler.Leg[] memory legs,) = leverRule.targets(address(lever));
        uint256 supply = lever.totalSupply();
        uint256 collateralD18 = _worthD18(COLLATERAL, legs[0].sellDownTo * supply / ONE);
        uint256 debt = 400_000e6 - legs[1].sellDownTo * supply / ONE;
        uint256 debtD18 = _worthD18(DEBT, debt);
        if (debt == 400_000e6) return assertGt(lever.healthD18(), 1.6e18, "the line is the end");
        assertApproxEqRel(collateralD18 * 85 / 100 * ONE / debtD18, 1.6e18, 0.0001e18);
        assertEq(legs[0].sellDownTo, legs[0].buyUpTo);
        assertEq(legs[1].sellDownTo, legs[1].buyUpTo);
    }

    function test_strangers_lever_a_fresh_position_to_its_target() public {
        assertTrue(leverRule.ready(address(lever)));
        _serve();
        assertApproxEqRel(lever.healthD18(), 1.6e18, 0.01e18);
        assertFalse(leverRule.ready(address(lever)));
    }

    /// @dev Moves the price along a path of falls and rises drawn from `seed`; strangers serve the rule, or nobody does.
    function _walk(uint256 seed, bool served) internal {
        (, int256 answer,,,) = feeds[COLLATERAL].latestRoundData();
        uint256 price = uint256(answer);
        for (uint256 i; i < 12; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            // Two falls for every rise.
            price = seed % 3 == 0
                ? price * (10_000 + (seed >> 8) % 1500) / 10_000
                : price * (10_000 - (seed >> 8) % STEP_BPS) / 10_000;
            _wait(4 hours);
            _setPrice(price);
            if (!served) continue;
            assertGt(lever.healthD18(), 1e18, "liquidatable");
            _assertNotLiquidatable();
            if (leverRule.ready(address(lever))) _serve();
            assertGe(lever.healthD18(), 1.45e18, "back in the band");
        }
    }

    function _assertNotLiquidatable() private {
        (address c, address d) = (address(tokens[COLLATERAL]), address(tokens[DEBT]));
        // 45: the health factor is not below the threshold
        vm.expectRevert(bytes("45"));
        IAaveLiquidation(address(pool)).liquidationCall(c, d, address(lever), 1e6, false);
    }

    /// forge-config: default.fuzz.runs = 48
    /// forge-config: nightly.fuzz.runs = 2000
    function testFuzz_through_a_crash_strangers_keep_it_out_of_liquidation(uint256 seed) public {
        _serve();
        _walk(seed, true);
    }

    function test_control_most_such_crashes_liquidate_it_if_nobody_serves() public {
        _serve();
        uint256 liquidated;
        for (uint256 seed; seed < 10; ++seed) {
            _setPrice(prices()[COLLATERAL]);
            _walk(seed, false);
            if (lever.healthD18() < 1e18) ++liquidated;
        }
        assertGe(liquidated, 5);
    }

    function test_in_an_emergency_even_a_position_below_one_is_delevered_by_who_pays_first() public {
        _serve();
        _wait(1 hours);
        _setPrice(1200e8);
        assertLt(lever.healthD18(), 1e18);
        _serve();
        assertGt(lever.healthD18(), 1.45e18);
    }

    function test_a_band_that_makes_no_sense_is_refused() public {
        LeverageRule fresh = new LeverageRule(policy, hub);
        for (uint256 i; i < 8; ++i) {
            LeverageRule.Config memory c = _band();
            if (i == 0) c.emergencyD18 = 1e18;
            if (i == 1) c.emergencyD18 = c.lowD18 + 1;
            if (i == 2) c.lowD18 = c.targetD18;
            if (i == 3) c.highD18 = c.targetD18;
            if (i == 4) c.emergencyTerms.startPremBps = 1;
            if (i == 5) c.emergencyTerms.decay = c.terms.decay + 1;
            if (i == 6) c.emergencyTerms.floorDiscBps = c.terms.floorDiscBps - 1;
            if (i == 7) (c.lowD18, c.targetD18) = (1.4e18, 1.49e18);
            vm.prank(_decider());
            _expect(LeverageRule.LeverageRule__BadConfig.selector);
            fresh.configure(address(lever), c);
        }
    }
}
