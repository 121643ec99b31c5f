// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {Fixture} from "../fixture/Fixture.sol";

contract ProposeTest is Fixture {
    function _refused(ISettler.Intent memory intent, bytes4 selector) internal {
        _expect(selector);
        _propose(intent);
    }

    function test_the_intent_is_stored_and_announced_whole() public {
        ISettler.Intent memory intent = _intent(0, 3, 1000);
        bytes32 expected = settler.hashIntent(intent);
        ISettler.Header memory header = ISettler.Header({
            nonce: 1,
            notBefore: intent.notBefore,
            deadline: intent.deadline,
            decay: intent.decay,
            startPremBps: intent.startPremBps,
            floorDiscBps: intent.floorDiscBps,
            navPerShareD18: 1000e18
        });
        uint224[] memory bands = new uint224[](5);
        for (uint256 i; i < 5; ++i) {
            bands[i] = uint224(intent.legs[i].sellDownTo) << 112 | intent.legs[i].buyUpTo;
        }
        vm.expectEmit(address(settler));
        emit ISettler.Proposed(
            address(vault), 1, expected, strategist, address(0), intent.modelCommit, intent.dataRoot, header, bands
        );
        assertEq(_propose(intent), expected);

        header = settler.headerOf(address(vault));
        assertEq(header.nonce, 1);
        assertEq(header.notBefore, intent.notBefore);
        assertEq(header.deadline, intent.deadline);
        assertEq(header.decay, intent.decay);
        assertEq(header.startPremBps, intent.startPremBps);
        assertEq(header.floorDiscBps, intent.floorDiscBps);
        assertEq(header.navPerShareD18, 1000e18);
        assertEq(settler.intentHashOf(address(vault)), expected);
        for (uint256 i; i < 5; ++i) {
            ISettler.Leg memory leg = settler.legOf(address(vault), address(tokens[i]));
            assertEq(leg.sellDownTo, intent.legs[i].sellDownTo);
            assertEq(leg.buyUpTo, intent.legs[i].buyUpTo);
        }
    }

    function test_only_the_strategist_proposes() public {
        ISettler.Intent memory intent = _intent(0, 3, 1000);
        address[4] memory others = [owner, sentinel, alice, stranger];
        for (uint256 i; i < 4; ++i) {
            _expect(ISettler.Settler__NotAllowed.selector);
            vm.prank(others[i]);
            settler.propose(intent);
        }
    }

    function test_a_dismissed_strategist_proposes_no_more() public {
        vm.prank(sentinel);
        policy.dismissStrategist(address(vault));
        _refused(_intent(0, 3, 1000), ISettler.Settler__NotAllowed.selector);
    }

    function testFuzz_the_nonce_is_the_last_one_plus_one(uint32 nonce) public {
        ISettler.Intent memory intent = _intent(0, 3, 1000);
        intent.nonce = nonce;
        if (nonce != 1) _refused(intent, ISettler.Settler__WrongNonce.selector);
        intent.nonce = 1;
        _propose(intent);
        _wait(1 hours);
        _refused(intent, ISettler.Settler__WrongNonce.selector);
    }

    function test_another_chain_is_refused() public {
        ISettler.Intent memory intent = _intent(0, 3, 1000);
        intent.chainId += 1;
        _refused(intent, ISettler.Settler__WrongChain.selector);
    }

    function test_the_strategist_does_not_speak_for_a_rule() public {
        ISettler.Intent memory intent = _intent(0, 3, 1000);
        intent.rule = address(rule);
        _refused(intent, ISettler.Settler__RuleNotAllowed.selector);
    }

    function test_intents_keep_the_cooldown() public {
        _propose(_intent(0, 3, 1000));
        _wait(10 minutes - 1);
        _refused(_intent(0, 3, 1000), ISettler.Settler__CoolingDown.selector);
        _wait(1);
        _propose(_intent(0, 3, 1000));
    }

    function test_the_window_is_real_and_short() public {
        ISettler.Intent memory intent = _intent(0, 3, 1000);
        intent.deadline = intent.notBefore;
        _refused(intent, ISettler.Settler__BadWindow.selector);
        intent = _intent(0, 3, 1000);
        intent.notBefore -= 100;
        intent.deadline = uint32(block.timestamp - 1);
        _refused(intent, ISettler.Settler__BadWindow.selector);
        intent.deadline = uint32(block.timestamp + 1 days + 1);
        _refused(intent, ISettler.Settler__BadWindow.selector);
        intent.deadline -= 1;
        _propose(intent);
    }

    function testFuzz_premium_and_discount_stay_inside_the_policy(uint16 premium, uint16 discount) public {
        ISettler.Intent memory intent = _intent(0, 3, 1000);
        (intent.startPremBps, intent.floorDiscBps) = (premium, discount);
        if (premium > 500 || discount > 100) _refused(intent, ISettler.Settler__BadPriceRange.selector);
        else _propose(intent);
    }

    function test_legs_are_the_assets_in_their_order() public {
        ISettler.Intent memory intent = _intent(0, 3, 1000);
        (intent.legs[0], intent.legs[1]) = (intent.legs[1], intent.legs[0]);
        _refused(intent, ISettler.Settler__WrongLegs.selector);
        intent = _intent(0, 3, 1000);
        ISettler.Leg[] memory fewer = new ISettler.Leg[](4);
        for (uint256 i; i < 4; ++i) {
            fewer[i] = intent.legs[i];
        }
        intent.legs = fewer;
        _refused(intent, ISettler.Settler__WrongLegs.selector);
    }

    function test_a_band_is_upright_and_narrow() public {
        ISettler.Intent memory intent = _intent(0, 3, 1000);
        intent.legs[1].buyUpTo = intent.legs[1].sellDownTo + 1;
        _refused(intent, ISettler.Settler__BadBand.selector);
        // 20 % of the middle, 200 tokens per share: from 180 to 220
        intent.legs[1].sellDownTo = 220e6;
        intent.legs[1].buyUpTo = 180e6 - 1;
        _refused(intent, ISettler.Settler__BadBand.selector);
        intent.legs[1].buyUpTo = 180e6;
        _propose(intent);
    }

    function testFuzz_targets_are_worth_what_is_held(uint256 bps) public {
        bps = bound(bps, 5000, 15_000);
        ISettler.Intent memory intent = _intent(0, 3, 0);
        intent.legs[1] = _scaled(intent.legs[1], bps);
        // one fifth of NAV is off by |bps - 100 %|, the tolerance is 1 % of NAV
        bool inside = bps <= 10_500 && bps >= 9500;
        if (inside) _propose(intent);
        else _refused(intent, ISettler.Settler__TargetOffNav.selector);
    }

    function test_a_missing_price_stops_the_proposal() public {
        vm.warp(block.timestamp + 1 hours + 1);
        _refused(_intent(0, 3, 1000), IOracleHub.OracleHub__NoPrice.selector);
    }

    function test_a_vault_without_policy_has_no_strategist() public {
        ISettler.Intent memory intent = _intent(0, 3, 1000);
        intent.vault = address(factory);
        _refused(intent, ISettler.Settler__NotAllowed.selector);
    }

    function test_no_policy_lifts_the_ceiling_of_the_floor() public view {
        assertLe(policy.ceiling().maxFloorDiscBps, settler.MAX_FLOOR_DISC_BPS());
    }
}
