// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {Guard} from "../fixture/Weak.sol";

/// The strategist's key is stolen: for a day its thief sells back and forth to himself at the floor, as often as he may.
contract StolenKeyTest is Fixture {
    uint256 internal constant NAV = 1_000_000e18;

    /// @return lossD18 D18{USD}
    /// @return soldD18 D18{USD}
    function _churnForADay(uint16 lossCapBps, uint16 turnoverCapBps)
        internal
        returns (uint256 lossD18, uint256 soldD18)
    {
        _setCaps(lossCapBps, turnoverCapBps);
        for (uint256 i; i < 144; ++i) {
            (uint256 from, uint256 to) = i % 2 == 0 ? (1, 3) : (3, 1);
            ISettler.Intent memory intent = _intent(from, to, 4000);
            intent.decay = 0;
            _propose(intent);
            (uint256 sellable,) = settler.room(address(vault), address(tokens[from]));
            for (uint256 part = 1; part <= 16; part *= 4) {
                try this.fillAs(from, to, sellable / part) {
                    soldD18 += _worthD18(from, sellable / part);
                    break;
                } catch {}
            }
            _wait(10 minutes);
        }
        lossD18 = NAV - _navD18();
    }

    function _setCaps(uint16 lossCapBps, uint16 turnoverCapBps) internal {
        IPolicy.Bounds memory caps = bounds();
        (caps.lossCapBpsPerDay, caps.turnoverCapBpsPerDay) = (lossCapBps, turnoverCapBps);
        vm.prank(curator);
        policy.queue(abi.encodeCall(IPolicy.loosen, (address(vault), caps)));
        _wait(1 days);
        vm.prank(curator);
        policy.loosen(address(vault), caps);
    }

    function fillAs(uint256 from, uint256 to, uint256 amount) external {
        _fill(stranger, from, to, amount);
    }

    function test_it_costs_its_budget_and_no_more() public {
        (uint256 lossD18,) = _churnForADay(50, 30_000);
        assertGt(lossD18, NAV * 50 / 10_000, "the budget was really used");
        assertLe(lossD18, NAV * 100 / 10_000, "one bucket, and one day of leak");
    }

    function test_control_without_the_cap_it_costs_several_times_as_much() public {
        _without(Guard.LossCap);
        (uint256 lossD18,) = _churnForADay(50, 30_000);
        assertGt(lossD18, NAV * 400 / 10_000);
    }

    function test_turnover_stays_in_its_budget() public {
        (, uint256 soldD18) = _churnForADay(300, 5000);
        assertGt(soldD18, NAV / 2, "the budget was really used");
        assertLe(soldD18, NAV, "one bucket of half the NAV, and one day of leak");
    }

    function test_control_without_the_cap_the_vault_is_turned_over_several_times() public {
        _without(Guard.TurnoverCap);
        (, uint256 soldD18) = _churnForADay(300, 5000);
        assertGt(soldD18, 3 * NAV);
    }
}
