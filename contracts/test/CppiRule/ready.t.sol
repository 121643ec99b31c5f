// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {Rule} from "../../src/rules/Rule.sol";
import {CppiFixture} from "../fixture/CppiFixture.sol";

contract ReadyTest is CppiFixture {
    function test_a_vault_without_insurance_is_not_asked_for() public {
        _expect(Rule.Rule__NotConfigured.selector);
        cppi.ready(address(vault));
    }

    /// Of a share of 200 + 800x, three times what is above 800 may be at risk; 800x is.
    function testFuzz_what_is_at_risk_is_held_against_three_times_the_cushion(uint16 moved) public {
        _configure(_config());
        uint256 bps = bound(moved, 5000, 20_000);
        _moveRisky(bps);
        (uint256 floor, uint256 exposure, uint256 held) = cppi.standingOf(address(vault));
        uint256 share = 200e18 + 0.08e18 * bps;
        assertEq(floor, 800e18);
        assertApproxEqAbs(held, 0.08e18 * bps * ONE / share, 1);
        uint256 wanted = share > floor ? 3 * (share - floor) * ONE / share : 0;
        if (wanted > 0.9e18) wanted = 0.9e18;
        assertApproxEqAbs(exposure, wanted, 3);
        bool sells = held > exposure + 0.01e18;
        bool buys = exposure > held + 0.03e18;
        assertEq(cppi.ready(address(vault)), sells || buys);
    }

    function test_purchases_wait_and_sales_do_not() public {
        _configure(_config());
        _serve(cppi);
        _wait(1 hours);
        _moveRisky(11_000);
        assertFalse(cppi.ready(address(vault)), "it would buy, but the last intent was an hour ago");
        _wait(1 days);
        assertTrue(cppi.ready(address(vault)));
        _serve(cppi);
        _wait(1 hours);
        _moveRisky(10_000);
        assertTrue(cppi.ready(address(vault)), "it sells as soon as the last intent is over");
        _serve(cppi);
        assertFalse(cppi.ready(address(vault)));
    }

    function test_a_gift_lifts_no_cushion_and_a_mint_moves_nothing() public {
        _configure(_config());
        _serve(cppi);
        (, uint256 exposure, uint256 held) = cppi.standingOf(address(vault));
        vm.prank(alice);
        vault.mint(10e18, _none(), alice);
        tokens[1].mint(address(vault), 1_000_000e6);
        (, uint256 exposureAfter, uint256 heldAfter) = cppi.standingOf(address(vault));
        assertApproxEqAbs(exposureAfter, exposure, DUST);
        assertApproxEqAbs(heldAfter, held, DUST);
    }

    /// A risky asset's feed dies in a fall. With an exit floor it counts for that, is sold there, and holds nothing else back.
    function test_a_missing_price_of_an_asset_with_an_exit_floor_stops_no_sale() public {
        _configure(_config());
        IPolicy.Class memory class = policy.classOf(address(vault), address(tokens[3]));
        class.exitFloorD18 = 1500e18;
        bytes memory call = abi.encodeCall(IPolicy.setClass, (address(vault), address(tokens[3]), class));
        vm.prank(_decider());
        policy.queue(call);
        _wait(1 days);
        vm.prank(_decider());
        policy.setClass(address(vault), address(tokens[3]), class);
        _moveRisky(9500);
        feeds[3].setAt(1900e8, 1);
        assertTrue(cppi.ready(address(vault)));
        uint256 held = tokens[3].balanceOf(address(vault));
        vm.prank(stranger);
        settler.proposeByRule(address(vault), address(cppi));
        vm.prank(stranger);
        settler.fill(address(vault), address(tokens[3]), address(tokens[1]), 1e18, type(uint256).max, "");
        assertEq(tokens[3].balanceOf(address(vault)), held - 1e18);
    }

    function test_a_missing_price_without_an_exit_floor_stops_the_rule() public {
        _configure(_config());
        feeds[3].setAt(1, 1);
        _expect(IOracleHub.OracleHub__NoPrice.selector);
        cppi.ready(address(vault));
    }
}
