// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Rule} from "../../src/rules/Rule.sol";
import {CppiFixture} from "../fixture/CppiFixture.sol";

contract RatchetTest is CppiFixture {
    function test_a_vault_without_insurance_has_no_peak() public {
        _expect(Rule.Rule__NotConfigured.selector);
        cppi.ratchet(address(vault));
    }

    /// One per cent a day: of the last peak, for the time since, and for a day at most.
    function testFuzz_a_peak_rises_with_the_share_and_no_faster_than_allowed(uint16[6] memory moves, uint32 pause)
        public
    {
        _configure(_config());
        cppi.ratchet(address(vault));
        (uint256 peak, uint256 notedAt) = cppi.peakOf(address(vault));
        assertEq(peak, 1000e18, "the first counts in full");
        for (uint256 i; i < 6; ++i) {
            _wait(bound(pause, 0, 3 days));
            _moveRisky(bound(moves[i], 5000, 12_000));
            uint256 elapsed = block.timestamp - notedAt;
            uint256 top = peak + peak * 100 * (elapsed < 1 days ? elapsed : 1 days) / (10_000 * 1 days);
            uint256 share = _shareD18();
            vm.prank(stranger);
            cppi.ratchet(address(vault));
            (uint256 next, uint256 nextAt) = cppi.peakOf(address(vault));
            uint256 wanted = share > top ? top : share;
            assertEq(next, wanted > peak ? wanted : peak);
            assertEq(nextAt, wanted > peak ? block.timestamp : notedAt);
            (peak, notedAt) = (next, nextAt);
        }
    }
}
