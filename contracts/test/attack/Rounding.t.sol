// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Fixture} from "../fixture/Fixture.sol";
import {Guard} from "../fixture/Weak.sol";

/// Many small mints and redemptions, each of which rounds.
contract RoundingTest is Fixture {
    function _grind(uint256 shares, uint256 times) internal returns (int256 gainD18) {
        int256 before = int256(_wealthD18(stranger));
        vm.startPrank(stranger);
        for (uint256 i; i < times; ++i) {
            vault.mint(shares, _none(), stranger);
        }
        for (uint256 i; i < times; ++i) {
            vault.redeem(shares, _none(), stranger);
        }
        vm.stopPrank();
        return int256(_wealthD18(stranger)) - before;
    }

    function testFuzz_grinding_never_pays(uint256 shares, uint256 times) public {
        uint256 nav = _navD18();
        assertLe(_grind(bound(shares, 1, 1e16), bound(times, 1, 10)), 0);
        assertGe(_navD18(), nav, "nor does it cost the others");
    }

    function test_control_rounding_for_the_caller_pays_atoms_out_of_nothing() public {
        _without(Guard.Rounding);
        // every redemption of one share atom brings an atom of everything: a cent of the token without decimals
        assertGt(_grind(1, 100), 0.9e18);
    }
}
