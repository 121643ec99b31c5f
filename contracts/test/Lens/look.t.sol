// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Lens} from "../../src/Lens.sol";
import {ILens} from "../../src/interfaces/ILens.sol";
import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {AllocatorFixture} from "../fixture/AllocatorFixture.sol";

contract LensLookTest is AllocatorFixture {
    Lens internal lens;

    function setUp() public override {
        super.setUp();
        lens = new Lens(policy, hub, settler, allocator);
    }

    function test_a_vault_is_told_as_its_contracts_tell_it() public view {
        ILens.State memory state = lens.look(address(vault));
        (uint256 supply, address[] memory list, uint256[] memory owned) = vault.holdings();
        assertTrue(state.whole && state.complete);
        assertEq(state.supply, supply);
        assertApproxEqAbs(state.navD18, _navD18(), 5, "the parts, each rounded down");
        assertEq(state.navPerShareD18, state.navD18 * ONE / supply);
        assertEq(state.assets.length, 5);
        for (uint256 i; i < 5; ++i) {
            ILens.Asset memory asset = state.assets[i];
            assertEq(asset.token, list[i]);
            assertEq(asset.owned, owned[i]);
            assertEq(asset.balance, tokens[i].balanceOf(address(vault)));
            assertTrue(asset.answers && asset.priced && asset.status == IOracleHub.Status.Ok);
            assertEq(asset.feedD18, hub.price(list[i]));
            assertEq(asset.updatedAt, block.timestamp);
            assertEq(asset.value.scale, 10 ** decimals()[i]);
            assertApproxEqAbs(asset.worthD18, _worthD18(i, owned[i]), 1);
            assertEq(asset.weightD18, asset.worthD18 * ONE / state.navD18);
        }
        assertEq(state.roles.strategist, strategist);
        assertEq(state.bounds.maxBandBps, bounds().maxBandBps);
        assertEq(state.trigger, address(0));
    }

    function test_before_any_intent_nothing_is_live() public view {
        ILens.State memory state = lens.look(address(vault));
        assertFalse(state.live);
        assertEq(state.intentHash, 0);
        assertEq(state.armedDigest, 0);
        assertEq(state.positions.length, 0);
        assertEq(state.assets[0].leg.token, address(0));
        assertEq(state.lossLeftD18, uint256(bounds().lossCapBpsPerDay) * 1e14);
    }

    function test_the_live_intent_is_told_with_its_rooms_and_what_is_left_of_the_buckets() public {
        bytes32 intentHash = _propose(_intent(1, 3, 2000));
        _wait(10 minutes);
        (uint256 sellable,) = settler.room(address(vault), address(tokens[1]));
        _fill(stranger, 1, 3, sellable / 2);
        ILens.State memory state = lens.look(address(vault));
        assertTrue(state.live);
        assertEq(state.intentHash, intentHash);
        assertEq(state.header.nonce, 1);
        assertEq(state.assets[1].sellable, sellable - sellable / 2);
        (, uint256 buyable) = settler.room(address(vault), address(tokens[3]));
        assertEq(state.assets[3].buyable, buyable);
        assertEq(state.assets[3].leg.buyUpTo, settler.legOf(address(vault), address(tokens[3])).buyUpTo);
        assertEq(state.buckets.lossD18, settler.bucketsOf(address(vault)).lossD18);
        assertEq(state.lossLeftD18, uint256(bounds().lossCapBpsPerDay) * 1e14 - state.buckets.lossD18);
        assertEq(state.turnoverLeftD18, uint256(bounds().turnoverCapBpsPerDay) * 1e14 - state.buckets.turnoverD18);
        assertGt(state.buckets.lossD18, 0);
        _wait(1 hours);
        assertFalse(lens.look(address(vault)).live);
    }

    function test_positions_are_told_with_what_they_could_pay_out() public {
        _allocate(lent, 50_000e6);
        ILens.State memory state = lens.look(address(basket));
        assertEq(state.positions.length, 1);
        ILens.Position memory found = state.positions[0];
        assertTrue(found.answers);
        assertEq(found.adapter, address(lent));
        assertEq(found.share, lent.share());
        assertEq(found.held, _held(lent.share()));
        assertEq(found.cap.maxBps, 3000);
        assertEq(found.tokens[0], address(tokens[1]));
        assertApproxEqRel(found.withdrawable[0], 50_000e6, 1e12);
        assertApproxEqRel(state.assets[2].worthD18, 50_000e18, 1e12, "the position counts at its rate");
        _drain(1, 1000e6);
        assertEq(lens.look(address(basket)).positions[0].withdrawable[0], 1000e6);
    }

    // ---------------------------------------------------------- what is broken

    function test_a_feed_that_fails_leaves_a_gap_that_is_named() public {
        feeds[3].set(0);
        ILens.State memory state = lens.look(address(vault));
        assertTrue(state.whole);
        assertFalse(state.complete, "something owned has no price");
        assertFalse(state.assets[3].priced);
        assertTrue(state.assets[3].status == IOracleHub.Status.OutOfBounds);
        assertEq(state.assets[3].owned, amounts()[3]);
        assertApproxEqAbs(state.navD18, 800_000e18, 5, "the other four");
        assertEq(state.assets[1].weightD18, 0.25e18);
    }

    function test_a_stale_feed_with_an_exit_floor_counts_at_the_floor() public {
        _nameExit(3, 1500e18);
        feeds[3].setAt(2000e8, block.timestamp - 2 hours);
        ILens.Asset memory asset = lens.look(address(vault)).assets[3];
        assertTrue(asset.status == IOracleHub.Status.Stale && asset.priced && asset.value.quarantined);
        assertEq(asset.value.priceD18, 1500e18);
        assertEq(asset.feedD18, 2000e18, "the last answer is told all the same");
        assertEq(asset.worthD18, 150_000e18);
    }

    function test_a_token_that_reverts_or_says_nothing_hides_nothing_else() public {
        vm.mockCallRevert(address(tokens[1]), abi.encodeWithSignature("balanceOf(address)", address(vault)), "broken");
        vm.mockCall(address(tokens[2]), abi.encodeWithSignature("balanceOf(address)", address(vault)), "");
        ILens.State memory state = lens.look(address(vault));
        assertFalse(state.assets[1].answers);
        assertFalse(state.assets[2].answers);
        assertTrue(state.assets[3].answers);
        assertTrue(state.complete, "what the shares own is on record");
        assertApproxEqAbs(state.navD18, 1_000_000e18, 5);
    }

    function test_an_adapter_that_reverts_is_told_by_its_address() public {
        _allocate(lent, 50_000e6);
        vm.mockCallRevert(address(lent), abi.encodeWithSignature("withdrawable(uint256)"), "broken");
        ILens.State memory state = lens.look(address(basket));
        assertEq(state.positions[0].adapter, address(lent));
        assertFalse(state.positions[0].answers);
        assertEq(state.assets.length, 4);
    }

    function test_a_vault_in_the_middle_of_something_says_so() public {
        vm.mockCallRevert(address(vault), abi.encodeWithSignature("holdings()"), "locked");
        ILens.State memory state = lens.look(address(vault));
        assertFalse(state.whole);
        assertFalse(state.complete);
        assertEq(state.navD18, 0);
        assertTrue(state.assets[1].priced);
    }
}
