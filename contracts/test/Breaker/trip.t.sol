// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {IBreaker} from "../../src/interfaces/IBreaker.sol";
import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {ITimelock} from "../../src/interfaces/ITimelock.sol";
import {BreakerFixture} from "../fixture/BreakerFixture.sol";

contract BreakerTripTest is BreakerFixture {
    // ------------------------------------------------------------------- depeg

    function testFuzz_a_stranger_stops_purchases_of_what_left_its_band(uint128 answer) public {
        answer = uint128(bound(answer, 0.5e8, 1.5e8));
        _propose(_intent(3, 1, 1000));
        feeds[1].set(answer);
        bool outside = answer < 0.97e8 || answer > 1.03e8;
        if (!outside) {
            vm.expectRevert(
                abi.encodeWithSelector(
                    IBreaker.Breaker__NoDepeg.selector, tokens[1], answer * 1e10, IBreaker.Band(0.97e18, 1.03e18), false
                )
            );
        }
        _trip(IBreaker.Kind.Depeg, 1);
        assertEq(_quarantined(1), outside);
        assertEq(_isLive(), !outside);
    }

    function test_the_edges_of_a_band_are_inside_it() public {
        uint64[4] memory answers = [uint64(0.97e8), 1.03e8, 0.97e8 - 1, 1.03e8 + 1];
        for (uint256 i; i < 4; ++i) {
            uint256 before = vm.snapshotState();
            feeds[1].set(answers[i]);
            if (i < 2) _expect(IBreaker.Breaker__NoDepeg.selector);
            _trip(IBreaker.Kind.Depeg, 1);
            assertEq(_quarantined(1), i >= 2);
            vm.revertToState(before);
        }
    }

    /// The evidence stays true, but nobody holds up the way out: what is known does not trip again.
    function test_leaving_what_depegged_is_not_held_up() public {
        feeds[1].set(0.9e8);
        _trip(IBreaker.Kind.Depeg, 1);
        _propose(_intent(1, 3, 1000));
        _expect(IBreaker.Breaker__NoDepeg.selector);
        _trip(IBreaker.Kind.Depeg, 1);
        assertGt(_fill(stranger, 1, 3, 1000e6), 0);
    }

    function test_what_has_no_band_or_no_price_is_no_depeg() public {
        feeds[3].set(1e8);
        _expect(IBreaker.Breaker__NoDepeg.selector);
        _trip(IBreaker.Kind.Depeg, 3);
        feeds[1].setAt(0.5e8, block.timestamp - 2 hours);
        _expect(IOracleHub.OracleHub__NoPrice.selector);
        _trip(IBreaker.Kind.Depeg, 1);
    }

    // ------------------------------------------------------------------ oracle

    function _propose_for_a_day() internal {
        ISettler.Intent memory intent = _intent(1, 3, 1000);
        intent.deadline = uint32(block.timestamp + 1 days);
        _propose(intent);
    }

    function test_a_stranger_ends_an_intent_that_would_buy_at_an_unusable_price() public {
        _propose_for_a_day();
        _expect(IBreaker.Breaker__NoOracleFailure.selector);
        _trip(IBreaker.Kind.Oracle, 3);
        feeds[3].setAt(2000e8, block.timestamp - 2 hours);
        _trip(IBreaker.Kind.Oracle, 3);
        assertFalse(_isLive());
        assertFalse(_quarantined(3), "a late feed is no lasting fault");
        _expect(IBreaker.Breaker__NoOracleFailure.selector);
        _trip(IBreaker.Kind.Oracle, 3);
    }

    function test_an_intent_that_sells_what_has_no_price_is_left_alone() public {
        _propose_for_a_day();
        feeds[1].setAt(1e8, block.timestamp - 2 hours);
        _expect(IBreaker.Breaker__NoOracleFailure.selector);
        _trip(IBreaker.Kind.Oracle, 1);
        assertTrue(_isLive());
    }

    function test_a_token_that_is_no_asset_is_no_evidence() public {
        _propose_for_a_day();
        _expect(IBasketVault.BasketVault__NotAnAsset.selector);
        fuse.trip(address(vault), IBreaker.Evidence(IBreaker.Kind.Oracle, address(this)));
    }

    // --------------------------------------------------------------------- NAV

    /// NAV is $1m of which token 3 is a fifth: its price decides how far NAV has fallen.
    function testFuzz_a_drop_dismisses_the_strategist_once_it_is_deep_enough(uint128 answer, uint128 other) public {
        feeds[3].set(uint128(bound(answer, 1e8, 2000e8)));
        feeds[2].set(uint128(bound(other, 1e8, 50_000e8)));
        uint256 navD18 = fuse.navPerShareD18(address(vault));
        bool deep = navD18 * 10_000 < fuse.referenceD18(address(vault)) * (10_000 - MAX_DROP_BPS);
        if (!deep) {
            vm.expectRevert(
                abi.encodeWithSelector(
                    IBreaker.Breaker__NoDrop.selector, navD18, fuse.referenceD18(address(vault)), MAX_DROP_BPS
                )
            );
        }
        _trip(IBreaker.Kind.Nav, 0);
        assertEq(policy.strategistOf(address(vault)) == address(0), deep);
        if (!deep) return;
        assertEq(fuse.referenceD18(address(vault)), navD18, "the next drop is measured from here");
        _expect(IBreaker.Breaker__NoDrop.selector);
        _trip(IBreaker.Kind.Nav, 0);
    }

    function test_minting_and_redeeming_are_no_drop() public {
        vm.startPrank(alice);
        vault.redeem(vault.balanceOf(alice) * 9 / 10, _none(), alice);
        vm.stopPrank();
        assertApproxEqRel(fuse.navPerShareD18(address(vault)), 1000e18, 1e12);
        _expect(IBreaker.Breaker__NoDrop.selector);
        _trip(IBreaker.Kind.Nav, 0);
    }

    // ------------------------------------------------------------------- power

    function test_it_can_only_stop() public {
        IPolicy.Roles memory before = policy.rolesOf(address(vault));
        bytes32 bounds_ = keccak256(abi.encode(policy.boundsOf(address(vault))));
        feeds[1].set(0.5e8);
        feeds[2].set(10e8);
        _trip(IBreaker.Kind.Depeg, 1);
        _trip(IBreaker.Kind.Nav, 0);
        before.strategist = address(0);
        assertEq(keccak256(abi.encode(policy.rolesOf(address(vault)))), keccak256(abi.encode(before)));
        assertEq(keccak256(abi.encode(policy.boundsOf(address(vault)))), bounds_);
        vm.prank(alice);
        vault.redeem(1e18, _none(), alice);
    }

    function test_a_breaker_that_no_vault_named_stops_nothing() public {
        IBreaker other = _newBreaker();
        vm.prank(curator);
        other.setBand(address(vault), address(tokens[1]), IBreaker.Band(2e18, 3e18));
        _expect(ITimelock.Timelock__NotAllowed.selector);
        other.trip(address(vault), IBreaker.Evidence(IBreaker.Kind.Depeg, address(tokens[1])));
    }
}
