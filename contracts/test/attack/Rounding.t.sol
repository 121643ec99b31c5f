// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {BasketVault} from "../../src/BasketVault.sol";
import {Fixture} from "../fixture/Fixture.sol";

contract VaultRoundingForTheCaller is BasketVault {
    constructor(address settler_) BasketVault(settler_) {}

    function _atomsUp(uint256 unitsD36, uint256 shares) internal pure override returns (uint256) {
        return unitsD36 * shares / 1e36;
    }

    function _atomsDown(uint256 unitsD36, uint256 shares) internal pure override returns (uint256) {
        return (unitsD36 * shares + 1e36 - 1) / 1e36;
    }
}

/// Many small mints and redemptions, each of which rounds.
abstract contract Rounding is Fixture {
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
}

contract RoundingTest is Rounding {
    function testFuzz_grinding_never_pays(uint256 shares, uint256 times) public {
        uint256 nav = _navD18();
        assertLe(_grind(bound(shares, 1, 1e16), bound(times, 1, 20)), 0);
        assertGe(_navD18() + 5, nav, "nor does it cost the others");
    }
}

contract RoundingControl is Rounding {
    function _newVault() internal override returns (BasketVault) {
        return new VaultRoundingForTheCaller(address(settler));
    }

    function test_rounding_for_the_caller_pays_atoms_out_of_nothing() public {
        // every redemption of one share atom brings an atom of everything: a cent of the token without decimals
        assertGt(_grind(1, 100), 0.9e18);
    }
}
