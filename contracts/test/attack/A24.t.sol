// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {DeskFixture} from "../fixture/DeskFixture.sol";
import {Guard} from "../fixture/Weak.sol";

/// Very many very small mints, redemptions, claims and requests, each of which rounds: single atoms add up, and with a tiny
/// supply every atom counts.
contract A24Test is DeskFixture {
    uint256[5] private _units;

    function _remember() private {
        for (uint256 i; i < 5; ++i) {
            _units[i] = vault.unitsOf(address(tokens[i]));
        }
    }

    /// @dev What every share consists of has not become less, and what is owned and claimed is there.
    function _nobodyPoorer() private view {
        for (uint256 i; i < 5; ++i) {
            address token = address(tokens[i]);
            assertGe(vault.unitsOf(token), _units[i]);
            (, uint256 owned,) = vault.position(token, token);
            assertGe(tokens[i].balanceOf(address(vault)), owned + vault.claimOf(stranger, token));
        }
    }

    function _grind(uint256 shares, uint256 times) private returns (int256 gainD18) {
        int256 before = int256(_wealthD18(stranger));
        for (uint256 i; i < times; ++i) {
            vm.prank(stranger);
            vault.mint(shares, _none(), stranger);
        }
        for (uint256 i; i < times; ++i) {
            vm.prank(stranger);
            vault.redeem(shares, _none(), stranger);
        }
        return int256(_wealthD18(stranger)) - before;
    }

    function testFuzz_grinding_never_pays(uint256 shares, uint256 times) public {
        _remember();
        assertLe(_grind(bound(shares, 1, 1e16), bound(times, 1, 10)), 0);
        _nobodyPoorer();
    }

    function test_a_thousand_mints_and_redemptions_of_one_atom_never_pay() public {
        _remember();
        assertLe(_grind(1, 1000), 0);
        _nobodyPoorer();
    }

    /// @dev Any order of actions on one to three share atoms, also when the supply is no larger.
    function testFuzz_no_sequence_of_tiny_actions_makes_anybody_poorer(uint256 seed, bool tiny) public {
        if (tiny) {
            uint256 all = vault.balanceOf(alice) - 3;
            vm.prank(alice);
            vault.redeem(all, _none(), alice); // three atoms are left, besides the locked ones
        }
        _remember();
        uint256 before = _wealthD18(stranger);
        for (uint256 n; n < 30; ++n) {
            seed = uint256(keccak256(abi.encode(seed)));
            _act(seed % 4, 1 + (seed >> 8) % 3, (seed >> 16) % 32);
            _nobodyPoorer();
        }
        uint256 held = vault.balanceOf(stranger);
        vm.startPrank(stranger);
        if (held != 0) vault.redeem(held, _none(), stranger);
        vm.stopPrank();
        for (uint256 i; i < 5; ++i) {
            _act(3, 0, i);
        }
        assertLe(_wealthD18(stranger), before);
    }

    function _act(uint256 kind, uint256 shares, uint256 bits) private {
        uint256 held = vault.balanceOf(stranger);
        address token = address(tokens[bits % 5]);
        vm.startPrank(stranger);
        if (kind == 0) vault.mint(shares, _none(), stranger);
        if (kind == 1 && held >= shares) vault.redeem(shares, _none(), stranger);
        if (kind == 2 && held >= shares) vault.redeemSkipping(shares, _none(), stranger, bits);
        if (kind == 3 && vault.claimOf(stranger, token) != 0) vault.claim(token, stranger);
        vm.stopPrank();
    }

    function test_no_shares_for_nothing_and_nothing_for_no_shares() public {
        vm.startPrank(stranger);
        uint256[] memory paid = vault.mint(1, _none(), stranger);
        for (uint256 i; i < 5; ++i) {
            assertGt(paid[i], 0, "one share atom costs an atom of everything");
        }
        vm.expectRevert();
        vault.mint(0, _none(), stranger);
        vm.expectRevert();
        vault.redeem(0, _none(), stranger);
    }

    /// @dev Dust requests of two users, sold and claimed atom by atom.
    function testFuzz_claims_from_the_desk_in_atoms_add_up_to_no_more(uint256 bobs, uint256 carols, uint256 sold)
        public
    {
        (bobs, carols) = (bound(bobs, 1, 3), bound(carols, 1, 3));
        sold = bound(sold, 1, bobs + carols);
        _enter(bob, bobs);
        _enter(carol, carols);
        _lock();
        uint256 got = _fillSome(true, sold);
        _wait(1 days);
        desk.finish();
        _claimInAtoms(bob);
        _claimInAtoms(carol);
        assertLe(vault.balanceOf(bob) + vault.balanceOf(carol), got);
        assertLe(tokens[1].balanceOf(bob) + tokens[1].balanceOf(carol), bobs + carols - sold);
    }

    function _claimInAtoms(address who) private {
        vm.startPrank(who);
        while (desk.maxDeposit(who) != 0) {
            desk.deposit(1, who);
        }
        if (desk.reclaimable(true, who) != 0) desk.reclaim(true, who, who);
        vm.stopPrank();
    }

    function test_honest_mint_and_redemption_cost_an_atom_of_each_token_at_most() public {
        uint256 before = _wealthD18(stranger);
        vm.startPrank(stranger);
        uint256[] memory paid = vault.mint(7e18, _none(), stranger);
        uint256[] memory back = vault.redeem(7e18, _none(), stranger);
        for (uint256 i; i < 5; ++i) {
            assertLe(paid[i] - back[i], 1);
        }
        assertLe(before - _wealthD18(stranger), 0.02e18);
    }

    function test_control_rounding_for_the_caller_pays_atoms_out_of_nothing() public {
        _without(Guard.Rounding);
        // every redemption of one share atom brings an atom of everything: a cent of the token without decimals
        assertGt(_grind(1, 100), 0.9e18);
    }
}
