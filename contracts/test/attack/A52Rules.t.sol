// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {CppiRule} from "../../src/rules/CppiRule.sol";
import {CppiFixture} from "../fixture/CppiFixture.sol";

/// A price doubles for a moment and comes back. Somebody notes the peak in between, so that the floor stands above what a
/// share is worth; everything at risk must be sold, and the same somebody buys it at the floor of the auction.
contract A52RulesTest is CppiFixture {
    function setUp() public override {
        super.setUp();
        CppiRule.Config memory config = _config();
        (config.keepBps, config.floorD18, config.sellBandBps) = (8000, 0, 500);
        _configure(config);
        _serve(cppi);
        cppi.ratchet(address(vault));
        _wait(2 days);
    }

    /// @return lossD18 D18{USD} that the vault has lost at unchanged prices
    function _attack() private returns (uint256 lossD18) {
        uint256 before = _navD18();
        _move(3, 20_000);
        vm.prank(stranger);
        cppi.ratchet(address(vault));
        _move(3, 10_000);
        if (cppi.ready(address(vault))) {
            vm.prank(stranger);
            settler.proposeByRule(address(vault), address(cppi));
            _wait(2 minutes);
            _fillAll();
        }
        return before - _navD18();
    }

    function test_a_price_of_a_moment_lifts_the_floor_by_a_day_at_most() public {
        (uint256 floor,,) = cppi.standingOf(address(vault));
        assertEq(_attack(), 0);
        (uint256 lifted,,) = cppi.standingOf(address(vault));
        assertLe(lifted, floor * 10_100 / 10_000 + 1);
        assertGt(lifted, floor);
    }

    function test_control_a_peak_without_a_speed_limit_makes_the_vault_sell_out() public {
        removedRise = true;
        delete tokens;
        delete feeds;
        setUp();
        assertGt(_attack(), 2500e18);
    }

    /// What rises and stays lifts the floor, day by day.
    function test_honest_a_rise_that_lasts_is_followed() public {
        _move(3, 11_000);
        for (uint256 i; i < 10; ++i) {
            vm.prank(stranger);
            cppi.ratchet(address(vault));
            _wait(1 days);
        }
        (uint256 floor,,) = cppi.standingOf(address(vault));
        assertApproxEqAbs(floor, _shareD18() * 8 / 10, 1e9);
    }
}
