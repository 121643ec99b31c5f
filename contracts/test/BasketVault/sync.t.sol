// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Factory} from "../../src/Factory.sol";
import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {Fixture} from "../fixture/Fixture.sol";

contract SyncTest is Fixture {
    function _owned(uint256 i) internal view returns (uint256 owned) {
        (, owned,) = vault.position(address(tokens[i]), address(tokens[i]));
    }

    function _sync(uint256 i) internal {
        vm.prank(stranger);
        vault.sync(address(tokens[i]));
    }

    /// @dev The token itself takes away so much that `left` is left.
    function _shrink(uint256 i, uint256 left) internal {
        deal(address(tokens[i]), address(vault), left);
    }

    // ------------------------------------------------------------------ losses

    function testFuzz_a_loss_counts_at_once(uint256 i, uint256 left) public {
        i = bound(i, 0, 4);
        left = bound(left, 0, amounts()[i] - 1);
        _shrink(i, left);
        vm.expectEmit(address(vault));
        emit IBasketVault.Synced(address(tokens[i]), amounts()[i], left);
        _sync(i);
        assertApproxEqAbs(_owned(i), left, 1);
        assertLe(_owned(i), left, "no more than there is");
        for (uint256 j; j < 5; ++j) {
            if (j != i) assertEq(_owned(j), amounts()[j]);
        }
    }

    function testFuzz_the_next_mint_sees_a_loss_without_a_sync(uint256 i, uint256 leftBps) public {
        i = bound(i, 0, 4);
        uint256 left = amounts()[i] * bound(leftBps, 0, 9999) / 10_000;
        _shrink(i, left);
        vm.prank(stranger);
        uint256[] memory taken = vault.mint(100e18, _none(), stranger);
        assertApproxEqAbs(taken[i], left / 10, 1, "a tenth of what is there");
        assertLe(_owned(i), tokens[i].balanceOf(address(vault)));
    }

    function testFuzz_the_next_redemption_sees_a_loss_without_a_sync(uint256 i, uint256 leftBps, uint256 first) public {
        i = bound(i, 0, 4);
        uint256 left = amounts()[i] * bound(leftBps, 0, 9999) / 10_000;
        first = bound(first, 1e15, SHARES - 1e15);
        _shrink(i, left);
        vm.prank(alice);
        uint256[] memory paid = vault.redeem(first, _none(), alice);
        assertLe(paid[i], left * first / SHARES, "who leaves first takes his part of what is left");
        assertApproxEqAbs(paid[i], left * first / SHARES, 1);
        assertLe(_owned(i), tokens[i].balanceOf(address(vault)));
    }

    function testFuzz_open_claims_are_not_the_shares(uint256 i, uint256 claimed, uint256 leftBps) public {
        i = bound(i, 0, 4);
        vm.prank(alice);
        vault.redeemSkipping(bound(claimed, 1e16, 900e18), _none(), alice, 1 << i);
        uint256 claim = vault.claimOf(alice, address(tokens[i]));
        uint256 left = amounts()[i] * bound(leftBps, 0, 9999) / 10_000;
        _shrink(i, left);
        _sync(i);
        assertLe(_owned(i) + claim, left > claim ? left : claim, "what is claimed comes first");
    }

    // ------------------------------------------------------------------- gains

    function testFuzz_a_gain_counts_for_nothing_until_it_is_synced(uint256 i, uint256 gain, uint256 time) public {
        i = bound(i, 0, 4);
        tokens[i].mint(address(vault), bound(gain, 1, 1e30));
        _wait(bound(time, 0, 100 days));
        assertEq(_owned(i), amounts()[i]);
        vm.prank(alice);
        uint256[] memory paid = vault.redeem(SHARES / 10, _none(), alice);
        assertEq(paid[i], amounts()[i] / 10);
    }

    function testFuzz_a_gain_counts_in_a_drop_of_a_hundredth_a_day(uint256 i, uint256 gain, uint256 time) public {
        i = bound(i, 0, 4);
        gain = bound(gain, 0, 1e30);
        time = bound(time, 0, 100 days);
        tokens[i].mint(address(vault), gain);
        _wait(time);
        _sync(i);
        // What waited longer than a day has waited for a day.
        uint256 drop = amounts()[i] * (time < 1 days ? time : 1 days) / 100 days;
        if (gain * 10_000 < amounts()[i]) drop = 0; // too little to notice
        uint256 expected = amounts()[i] + (gain < drop ? gain : drop);
        assertLe(_owned(i), expected);
        assertApproxEqAbs(_owned(i), expected, 1);
    }

    function testFuzz_looking_often_does_not_hurry_it(uint256 i, uint256 times) public {
        i = bound(i, 1, 4);
        times = bound(times, 1, 48);
        tokens[i].mint(address(vault), 10 * amounts()[i]);
        for (uint256 n; n < times; ++n) {
            _wait(1 days / times);
            _sync(i);
            _sync(i);
        }
        assertLe(_owned(i), amounts()[i] * 10_101 / 10_000, "a hundredth a day, and interest on it");
    }

    function testFuzz_looking_again_and_again_takes_nothing_away(uint256 shares, uint256 i) public {
        i = bound(i, 0, 4);
        vm.prank(stranger);
        vault.mint(bound(shares, 1, SHARES), _none(), stranger);
        uint256 before = _owned(i);
        for (uint256 n; n < 5; ++n) {
            _sync(i);
        }
        assertGe(_owned(i), before, "what is written down anew is rounded anew");
    }

    function test_a_gain_counts_in_full_in_the_end() public {
        tokens[1].mint(address(vault), 10_000e6);
        for (uint256 n; n < 6; ++n) {
            _wait(1 days);
            _sync(1);
        }
        assertApproxEqAbs(_owned(1), amounts()[1] + 10_000e6, 1);
        assertLe(_owned(1), tokens[1].balanceOf(address(vault)));
    }

    function test_a_loss_takes_from_what_waits_before_it_takes_from_the_shares() public {
        tokens[1].mint(address(vault), 10_000e6);
        _shrink(1, amounts()[1] + 1);
        _sync(1);
        assertEq(_owned(1), amounts()[1]);
    }

    function testFuzz_open_claims_are_no_gain(uint256 i, uint256 claimed, uint256 time) public {
        i = bound(i, 0, 4);
        vm.prank(alice);
        vault.redeemSkipping(bound(claimed, 1e16, 900e18), _none(), alice, 1 << i);
        uint256 free = tokens[i].balanceOf(address(vault)) - vault.claimOf(alice, address(tokens[i]));
        _wait(bound(time, 0, 2 days));
        _sync(i);
        assertLe(_owned(i), free);
        vm.prank(alice);
        vault.claim(address(tokens[i]), alice);
        assertLe(_owned(i), tokens[i].balanceOf(address(vault)));
    }

    function test_of_what_the_shares_own_nothing_a_gain_is_nobodys() public {
        uint256[5] memory held = amounts();
        held[4] = 0;
        factory = new Factory(factory.implementation(), policy);
        vault = _create(held, SHARES);
        tokens[4].mint(address(vault), 1e24);
        _wait(30 days);
        _sync(4);
        assertEq(_owned(4), 0);
    }

    // --------------------------------------------------------------- what is not

    function test_a_stranger_to_the_basket_is_not_looked_at() public {
        address other = address(_newToken(0));
        vm.expectRevert(abi.encodeWithSelector(IBasketVault.BasketVault__NotAnAsset.selector, other));
        vault.sync(other);
    }

    /// @dev In the middle of an auction's settlement less is here than the ledger says, and that is no loss.
    function test_the_tokens_of_an_armed_order_are_not_looked_at() public {
        IBasketVault.ArmedSale memory sale = IBasketVault.ArmedSale({
            digest: "order",
            sell: address(tokens[1]),
            buy: address(tokens[3]),
            relayer: stranger,
            validTo: uint32(block.timestamp + 10 minutes),
            leastSupply: 0,
            sellAmount: 1000e6,
            buyAmount: 1e18
        });
        vm.prank(address(settler));
        vault.arm(sale);
        vm.expectRevert(abi.encodeWithSelector(IBasketVault.BasketVault__AlreadyArmed.selector, sale.digest));
        vault.sync(sale.sell);
        vm.expectRevert(abi.encodeWithSelector(IBasketVault.BasketVault__AlreadyArmed.selector, sale.digest));
        vault.sync(sale.buy);
        vault.sync(address(tokens[2]));
        vm.prank(address(settler));
        vault.disarm();
        vault.sync(sale.sell);
    }
}
