// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Settler} from "../../src/Settler.sol";
import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {Fixture} from "../fixture/Fixture.sol";

contract SettlerWithoutLossCap is Settler {
    constructor(IPolicy policy_, IOracleHub hub_) Settler(policy_, hub_) {}

    function _requireLossUnder(uint256, uint256) internal pure override {}
}

contract SettlerWithoutTurnoverCap is Settler {
    constructor(IPolicy policy_, IOracleHub hub_) Settler(policy_, hub_) {}

    function _requireTurnoverUnder(uint256, uint256) internal pure override {}
}

/// The strategist's key is stolen: for a day its thief sells back and forth to himself at the floor, as often as he may.
abstract contract StolenKey is Fixture {
    uint256 internal soldD18;

    function bounds() internal pure virtual override returns (IPolicy.Bounds memory wide) {
        wide = super.bounds();
        wide.turnoverCapBpsPerDay = 30_000;
    }

    /// @return lossD18 D18{USD}
    function _churnForADay() internal returns (uint256 lossD18) {
        uint256 nav = _navD18();
        for (uint256 i; i < 144; ++i) {
            (uint256 from, uint256 to) = i % 2 == 0 ? (1, 3) : (3, 1);
            ISettler.Intent memory intent = _intent(from, to, 4000);
            intent.decay = 0;
            _propose(intent);
            (uint256 sellable,) = settler.room(address(vault), address(tokens[from]));
            try this.fillAs(from, to, sellable) {
                soldD18 += _worthD18(from, sellable);
            } catch {
                try this.fillAs(from, to, sellable / 4) {
                    soldD18 += _worthD18(from, sellable / 4);
                } catch {}
            }
            _wait(10 minutes);
        }
        return nav - _navD18();
    }

    function fillAs(uint256 from, uint256 to, uint256 amount) external {
        _fill(stranger, from, to, amount);
    }
}

contract StolenKeyTest is StolenKey {
    function test_a_stolen_key_costs_its_budget_and_no_more() public {
        uint256 lossD18 = _churnForADay();
        assertGt(lossD18, 0.005e18 * 1_000_000, "the budget was really used");
        assertLe(lossD18, 0.01e18 * 1_000_000, "one bucket of 50 bps, and one day of leak");
    }
}

contract StolenKeyControl is StolenKey {
    function _newSettler() internal override returns (Settler) {
        return new SettlerWithoutLossCap(policy, hub);
    }

    function test_without_the_cap_it_costs_several_times_as_much() public {
        assertGt(_churnForADay(), 0.04e18 * 1_000_000);
    }
}

abstract contract Turnover is StolenKey {
    function bounds() internal pure override returns (IPolicy.Bounds memory tight) {
        tight = super.bounds();
        tight.lossCapBpsPerDay = 300;
        tight.turnoverCapBpsPerDay = 5000;
    }
}

contract TurnoverTest is Turnover {
    function test_turnover_stays_in_its_budget() public {
        _churnForADay();
        assertGt(soldD18, 0.5e18 * 1_000_000, "the budget was really used");
        assertLe(soldD18, 1e18 * 1_000_000, "one bucket of half the NAV, and one day of leak");
    }
}

contract TurnoverControl is Turnover {
    function _newSettler() internal override returns (Settler) {
        return new SettlerWithoutTurnoverCap(policy, hub);
    }

    function test_without_the_cap_the_vault_is_turned_over_several_times() public {
        _churnForADay();
        assertGt(soldD18, 3e18 * 1_000_000);
    }
}
