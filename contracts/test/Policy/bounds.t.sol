// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Policy} from "../../src/Policy.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ITimelock} from "../../src/interfaces/ITimelock.sol";
import {Fixture} from "../fixture/Fixture.sol";

contract PolicyBoundsTest is Fixture {
    function _looser() internal view returns (IPolicy.Bounds memory looser) {
        looser = bounds();
        looser.lossCapBpsPerDay += 1;
    }

    function _call(IPolicy.Bounds memory wanted) internal view returns (bytes memory) {
        return abi.encodeCall(IPolicy.loosen, (address(vault), wanted));
    }

    function _assertBounds(IPolicy.Bounds memory wanted) internal view {
        assertEq(keccak256(abi.encode(policy.boundsOf(address(vault)))), keccak256(abi.encode(wanted)));
    }

    function testFuzz_no_bound_passes_its_ceiling(IPolicy.Bounds memory wanted) public {
        IPolicy.Bounds memory top = policy.ceiling();
        bool inside = wanted.maxFloorDiscBps <= top.maxFloorDiscBps && wanted.maxStartPremBps <= top.maxStartPremBps
            && wanted.maxBandBps <= top.maxBandBps && wanted.navToleranceBps <= top.navToleranceBps
            && wanted.lossCapBpsPerDay <= top.lossCapBpsPerDay
            && wanted.turnoverCapBpsPerDay <= top.turnoverCapBpsPerDay && wanted.maxHorizon <= top.maxHorizon
            && wanted.maxFillBps <= top.maxFillBps && wanted.maxMoveLossBps <= top.maxMoveLossBps
            && wanted.maxOrderLife <= top.maxOrderLife;
        vm.startPrank(curator);
        policy.queue(_call(wanted));
        vm.warp(block.timestamp + 1 days);
        if (!inside) _expect(IPolicy.Policy__AboveCeiling.selector);
        policy.loosen(address(vault), wanted);
        _assertBounds(inside ? wanted : bounds());
    }

    function testFuzz_each_bound_has_its_own_ceiling(uint8 field) public {
        IPolicy.Bounds memory wanted = policy.ceiling();
        field %= 10;
        if (field == 0) wanted.maxFloorDiscBps += 1;
        else if (field == 1) wanted.maxStartPremBps += 1;
        else if (field == 2) wanted.maxBandBps += 1;
        else if (field == 3) wanted.navToleranceBps += 1;
        else if (field == 4) wanted.lossCapBpsPerDay += 1;
        else if (field == 5) wanted.turnoverCapBpsPerDay += 1;
        else if (field == 6) wanted.maxFillBps += 1;
        else if (field == 7) wanted.maxMoveLossBps += 1;
        else if (field == 8) wanted.maxOrderLife += 1;
        else wanted.maxHorizon += 1;
        vm.startPrank(curator);
        policy.queue(_call(wanted));
        vm.warp(block.timestamp + 1 days);
        _expect(IPolicy.Policy__AboveCeiling.selector);
        policy.loosen(address(vault), wanted);
    }

    function testFuzz_tightening_is_instant_and_never_loosens(uint8 field, bool bySentinel) public {
        IPolicy.Bounds memory wanted = bounds();
        field %= 10;
        if (field == 0) wanted.maxFloorDiscBps += 1;
        else if (field == 1) wanted.maxStartPremBps += 1;
        else if (field == 2) wanted.maxBandBps += 1;
        else if (field == 3) wanted.navToleranceBps += 1;
        else if (field == 4) wanted.lossCapBpsPerDay += 1;
        else if (field == 5) wanted.turnoverCapBpsPerDay += 1;
        else if (field == 6) wanted.cooldown -= 1;
        else if (field == 7) wanted.maxMoveLossBps += 1;
        else if (field == 8) wanted.maxOrderLife += 1;
        else wanted.maxHorizon += 1;
        vm.startPrank(bySentinel ? sentinel : curator);
        _expect(IPolicy.Policy__NotTighter.selector);
        policy.tighten(address(vault), wanted);
        wanted = bounds();
        wanted.lossCapBpsPerDay = 0;
        wanted.cooldown += 1;
        policy.tighten(address(vault), wanted);
        _assertBounds(wanted);
    }

    function test_strategist_and_stranger_change_nothing() public {
        address[2] memory who = [strategist, stranger];
        for (uint256 i; i < 2; ++i) {
            vm.startPrank(who[i]);
            _expect(ITimelock.Timelock__NotAllowed.selector);
            policy.tighten(address(vault), bounds());
            _expect(ITimelock.Timelock__NotAllowed.selector);
            policy.queue(_call(_looser()));
            _expect(ITimelock.Timelock__NotAllowed.selector);
            policy.revoke(_call(_looser()));
            _expect(ITimelock.Timelock__NotAllowed.selector);
            policy.loosen(address(vault), _looser());
            _expect(ITimelock.Timelock__NotAllowed.selector);
            policy.forbidRule(address(vault), address(rule));
            _expect(ITimelock.Timelock__NotAllowed.selector);
            policy.dismissStrategist(address(vault));
            vm.stopPrank();
        }
    }

    function test_loosening_waits_the_whole_delay() public {
        vm.startPrank(curator);
        _expect(ITimelock.Timelock__NotReady.selector);
        policy.loosen(address(vault), _looser());
        policy.queue(_call(_looser()));
        vm.warp(block.timestamp + 1 days - 1);
        _expect(ITimelock.Timelock__NotReady.selector);
        policy.loosen(address(vault), _looser());
        vm.warp(block.timestamp + 1);
        policy.loosen(address(vault), _looser());
        _assertBounds(_looser());
        _expect(ITimelock.Timelock__NotReady.selector);
        policy.loosen(address(vault), _looser());
    }

    function test_what_was_queued_is_void_after_its_window() public {
        vm.startPrank(curator);
        policy.queue(_call(_looser()));
        uint256 last = block.timestamp + 1 days + 14 days;
        vm.warp(last + 1);
        vm.expectRevert(abi.encodeWithSelector(ITimelock.Timelock__Expired.selector, last, last + 1));
        policy.loosen(address(vault), _looser());
        vm.warp(last);
        policy.loosen(address(vault), _looser());
        _assertBounds(_looser());
    }

    function test_queueing_anew_after_the_window_waits_the_whole_delay_again() public {
        vm.startPrank(curator);
        policy.queue(_call(_looser()));
        vm.warp(block.timestamp + 365 days);
        policy.queue(_call(_looser()));
        _expect(ITimelock.Timelock__NotReady.selector);
        policy.loosen(address(vault), _looser());
        vm.warp(block.timestamp + 1 days);
        policy.loosen(address(vault), _looser());
    }

    function test_only_what_was_queued_is_executed() public {
        vm.startPrank(curator);
        policy.queue(_call(_looser()));
        vm.warp(block.timestamp + 1 days);
        IPolicy.Bounds memory more = _looser();
        more.lossCapBpsPerDay += 1;
        _expect(ITimelock.Timelock__NotReady.selector);
        policy.loosen(address(vault), more);
    }

    function test_a_queued_call_can_be_withdrawn_by_the_sentinel() public {
        vm.prank(curator);
        policy.queue(_call(_looser()));
        vm.prank(sentinel);
        policy.revoke(_call(_looser()));
        vm.warp(block.timestamp + 1 days);
        _expect(ITimelock.Timelock__NotReady.selector);
        vm.prank(curator);
        policy.loosen(address(vault), _looser());
    }

    function test_the_owner_of_one_vault_has_no_say_over_another() public {
        address other = address(new Policy(1 days));
        vm.startPrank(curator);
        _expect(ITimelock.Timelock__NotAllowed.selector);
        policy.queue(abi.encodeCall(IPolicy.loosen, (other, _looser())));
        _expect(ITimelock.Timelock__NotAllowed.selector);
        policy.tighten(other, bounds());
    }
}
