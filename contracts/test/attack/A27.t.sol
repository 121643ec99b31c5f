// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {TestToken} from "../../src/demo/TestToken.sol";
import {BrokenToken} from "../fixture/BrokenToken.sol";
import {DeskFixture} from "../fixture/DeskFixture.sol";

/// One token of the basket stops: paused, the vault on its blocklist, reverting, eating all gas, saying no by returning false,
/// paying half. Whoever leaves takes the others and keeps a claim on it; nobody is held back by it, nobody pays for it.
contract A27Test is DeskFixture {
    function _newToken(uint256 i) internal override returns (TestToken) {
        return new BrokenToken(decimals()[i], address(this));
    }

    function _break(uint256 i, uint256 kind) private {
        BrokenToken(address(tokens[i])).breakIt(BrokenToken.Break(kind), address(vault));
    }

    function testFuzz_a_holder_leaves_with_the_rest_and_a_claim(uint256 i, uint256 kind, uint256 shares) public {
        (i, kind) = (bound(i, 0, 4), bound(kind, 1, 6));
        shares = bound(shares, 1e15, vault.balanceOf(alice));
        uint256[] memory due = _due(shares);
        uint256 before = tokens[i].balanceOf(alice);
        _break(i, kind);
        vm.prank(alice);
        uint256[] memory paid = vault.redeemSkipping{gas: 1_000_000}(shares, _none(), alice, 1 << i);
        for (uint256 j; j < 5; ++j) {
            assertEq(paid[j], j == i ? 0 : due[j]);
        }
        assertEq(vault.claimOf(alice, address(tokens[i])), due[i]);
        _break(i, 0);
        if (due[i] == 0) return;
        vm.prank(alice);
        vault.claim(address(tokens[i]), alice);
        assertEq(tokens[i].balanceOf(alice), before + due[i], "the claim is paid when the token works again");
    }

    function testFuzz_any_set_of_tokens_may_be_broken(uint256 broken, uint256 kind, uint256 shares) public {
        (broken, kind) = (bound(broken, 0, 31), bound(kind, 1, 6));
        shares = bound(shares, 1e15, vault.balanceOf(alice));
        uint256[] memory due = _due(shares);
        for (uint256 i; i < 5; ++i) {
            if ((broken >> i) & 1 == 1) _break(i, kind);
        }
        vm.prank(alice);
        uint256[] memory paid = vault.redeemSkipping(shares, _none(), alice, broken);
        for (uint256 i; i < 5; ++i) {
            assertEq(paid[i] + vault.claimOf(alice, address(tokens[i])), due[i]);
        }
    }

    /// @dev Bob skipped the token, Alice did not have to wait for him, and his claim is not hers.
    function testFuzz_a_claim_of_one_takes_nothing_from_another(uint256 i, uint256 kind, uint256 shares) public {
        (i, kind) = (bound(i, 0, 4), bound(kind, 1, 6));
        shares = bound(shares, 1e15, 400e18);
        _giveShares(bob, shares);
        uint256 units = vault.unitsOf(address(tokens[i]));
        _break(i, kind);
        vm.prank(bob);
        vault.redeemSkipping(shares, _none(), bob, 1 << i);
        _break(i, 0);
        assertEq(vault.unitsOf(address(tokens[i])), units, "what the others own is the same");
        uint256[] memory due = _due(vault.balanceOf(alice));
        uint256 all = vault.balanceOf(alice);
        vm.prank(alice);
        uint256[] memory paid = vault.redeem(all, _none(), alice);
        assertEq(paid, due);
        if (vault.claimOf(bob, address(tokens[i])) == 0) return;
        vm.prank(bob);
        vault.claim(address(tokens[i]), bob); // still there after everybody has left
    }

    /// @dev A desk's epoch with a broken basket ends without it: everybody has assets or shares back.
    function testFuzz_the_desks_batch_is_not_held_up(uint256 i, uint256 kind) public {
        (i, kind) = (bound(i, 2, 4), bound(kind, 1, 6));
        _enter(bob, 1000e6);
        _exit(carol, 2e18);
        _wait(1 hours);
        desk.lock();
        _break(i, kind);
        vm.warp(block.timestamp + 2 hours + 1 days);
        desk.finish();
        vm.prank(bob);
        assertEq(desk.reclaim(true, bob, bob), 1000e6);
        vm.startPrank(carol);
        assertEq(desk.reclaim(false, carol, carol), 2e18);
        vault.redeemSkipping(2e18, _none(), carol, 1 << i);
    }

    function test_honest_whole_baskets_are_redeemed_whole() public {
        uint256[] memory due = _due(10e18);
        vm.prank(alice);
        assertEq(vault.redeem(10e18, _none(), alice), due);
    }

    /// @dev Without leaving it out, the broken fifth of the basket holds back the other four: $800,000 of $1,000,000.
    function test_control_without_skipping_one_token_holds_back_all() public {
        uint256 all = vault.balanceOf(alice);
        for (uint256 kind = 1; kind <= 6; ++kind) {
            _break(2, kind);
            uint256 before = _wealthD18(alice);
            vm.prank(alice);
            (bool ok,) = address(vault).call{gas: 3_000_000}(abi.encodeCall(vault.redeem, (all, _none(), alice)));
            assertFalse(ok);
            assertEq(_wealthD18(alice), before, "nothing at all is paid");
        }
        uint256 had = _wealthD18(alice);
        vm.prank(alice);
        vault.redeemSkipping(all, _none(), alice, 1 << 2);
        assertApproxEqAbs(_wealthD18(alice) - had, 800_000e18, 1e18);
    }

    function _due(uint256 shares) private view returns (uint256[] memory due) {
        due = new uint256[](5);
        for (uint256 i; i < 5; ++i) {
            due[i] = vault.unitsOf(address(tokens[i])) * shares / 1e36;
        }
    }
}
