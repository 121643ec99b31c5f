// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

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
        tokens[1].mint(address(vault), 1_000_000e6);
        vm.prank(alice);
        vault.mint(10e18, _none(), alice);
        (, uint256 exposureAfter, uint256 heldAfter) = cppi.standingOf(address(vault));
        assertApproxEqAbs(exposureAfter, exposure, DUST);
        assertApproxEqAbs(heldAfter, held, DUST);
    }
}
