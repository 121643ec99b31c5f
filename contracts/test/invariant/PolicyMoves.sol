// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {PositionMoves} from "./PositionMoves.sol";

/// @title Those who guard and decide, and what they must not get.
abstract contract PolicyMoves is PositionMoves {
    uint256 public loosened;

    /// @dev One time in four, or hardly anything would be bought.
    function quarantine(uint256 who, uint256 i) external {
        if ((i >> 8) % 4 != 0) return;
        address[4] memory guardians = [roles.owner, roles.curator, roles.sentinel, roles.breaker];
        vm.prank(guardians[who % 4]);
        policy.quarantine(address(vault), address(tokens[i % COUNT]));
    }

    /// @dev Lifts a quarantine, moves an exit floor, limits a token: announced, waited for, done.
    function setClass(uint256 i, uint256 floorBps, uint256 limit) external {
        i %= COUNT;
        IPolicy.Class memory class = IPolicy.Class({
            exitFloorD18: uint128(_price(i) * (floorBps % 10_000) / 10_000),
            maxFloorDiscBps: uint16(limit % 80),
            maxFillBps: uint16(limit % 2 == 0 ? 0 : 1 + (limit >> 8) % 2000),
            quarantined: false
        });
        _decide(abi.encodeCall(IPolicy.setClass, (address(vault), address(tokens[i]), class)), 1 days);
    }

    function tighten(uint256 field) external {
        IPolicy.Bounds memory now_ = policy.boundsOf(address(vault));
        if (field % 4 == 0) now_.maxFloorDiscBps -= now_.maxFloorDiscBps / 4;
        if (field % 4 == 1) now_.maxFillBps -= now_.maxFillBps / 4;
        if (field % 4 == 2) now_.lossCapBpsPerDay -= now_.lossCapBpsPerDay / 4;
        if (field % 4 == 3) now_.cooldown += 1 minutes;
        vm.prank(roles.sentinel);
        policy.tighten(address(vault), now_);
    }

    /// @dev Back to what the vault was made with, or beyond what is possible, sooner or later.
    function loosen(uint256 field, uint256 wait_) external {
        IPolicy.Bounds memory wanted = bounds;
        if (field % 2 == 1) wanted = _beyond(wanted, (field >> 1) % 10);
        wait_ = wait_ % 4 == 0 ? bound(wait_, 0, 1 days - 1) : 1 days;
        if (_decide(abi.encodeCall(IPolicy.loosen, (address(vault), wanted)), wait_)) {
            ++loosened;
            if (wait_ < 1 days) _break("what loosens waits in the open");
        }
        _assertCeiling();
    }

    function pullTrigger(uint256 ready) external {
        trigger.set(ready % 4 != 0);
    }

    function dismiss(uint256 seed) external {
        vm.prank(roles.breaker);
        policy.dismissStrategist(address(vault));
        ISettler.Intent memory intent;
        intent.vault = address(vault);
        vm.prank(roles.strategist);
        (bool ok, bytes memory reason) = address(settler).call(abi.encodeCall(ISettler.propose, (intent)));
        if (ok || bytes4(reason) != ISettler.Settler__NotAllowed.selector) _break("who is dismissed is out at once");
        if (seed % 32 == 0) return;
        _decide(abi.encodeCall(IPolicy.setStrategist, (address(vault), roles.strategist)), 1 days);
    }

    /// @dev No role names itself what it is not, whatever it says.
    function trespass(uint256 who, uint256 what) external {
        address[4] memory all = [roles.strategist, roles.sentinel, roles.breaker, actorOf(who)];
        IPolicy.Roles memory mine = IPolicy.Roles(all[who % 4], all[who % 4], all[who % 4], all[who % 4], all[who % 4]);
        bytes[4] memory calls = [
            abi.encodeCall(IPolicy.loosen, (address(vault), bounds)),
            abi.encodeCall(IPolicy.setRoles, (address(vault), mine)),
            abi.encodeCall(IPolicy.setStrategist, (address(vault), all[who % 4])),
            abi.encodeCall(IPolicy.setRiskCap, (address(vault), adapter.protocol(), 10_001))
        ];
        bytes memory data = calls[what % 4];
        vm.prank(all[who % 4]);
        (bool queued,) = address(policy).call(abi.encodeWithSignature("queue(bytes)", data));
        if (queued) _break("only who decides announces");
        vm.prank(all[who % 4]);
        (bool done,) = address(policy).call(data);
        if (done) _break("only who decides loosens");
    }

    // -------------------------------------------------------------------- private

    /// @dev The curator announces, time passes, the curator does it.
    function _decide(bytes memory call, uint256 wait_) private returns (bool done) {
        vm.prank(roles.curator);
        policy.queue(call);
        _pass(wait_);
        vm.prank(roles.curator);
        (done,) = address(policy).call(call);
    }

    function _beyond(IPolicy.Bounds memory wanted, uint256 field) private pure returns (IPolicy.Bounds memory) {
        if (field == 0) wanted.maxFloorDiscBps = 501;
        if (field == 1) wanted.maxStartPremBps = 1001;
        if (field == 2) wanted.maxBandBps = 5001;
        if (field == 3) wanted.navToleranceBps = 501;
        if (field == 4) wanted.lossCapBpsPerDay = 301;
        if (field == 5) wanted.turnoverCapBpsPerDay = 30_001;
        if (field == 6) wanted.maxFillBps = 10_001;
        if (field == 7) wanted.maxMoveLossBps = 101;
        if (field == 8) wanted.maxHorizon = 7 days + 1;
        if (field == 9) wanted.maxOrderLife = 1 hours + 1;
        return wanted;
    }

    function _assertCeiling() private {
        IPolicy.Bounds memory now_ = policy.boundsOf(address(vault));
        bool under = now_.maxFloorDiscBps <= 500 && now_.maxStartPremBps <= 1000 && now_.maxBandBps <= 5000
            && now_.navToleranceBps <= 500 && now_.lossCapBpsPerDay <= 300 && now_.turnoverCapBpsPerDay <= 30_000
            && now_.maxFillBps <= 10_000 && now_.maxMoveLossBps <= 100 && now_.maxHorizon <= 7 days
            && now_.maxOrderLife <= 1 hours;
        if (!under) _break("no bounds are above the ceiling, whoever asks");
    }
}
