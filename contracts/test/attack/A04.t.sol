// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {Guard} from "../fixture/Weak.sol";

/// The strategist's key is stolen: two hundred times a day its thief has the vault sell back and forth to himself, each time
/// only a little below the oracle.
contract A04Test is Fixture {
    uint256 internal constant NAV = 1_000_000e18;
    uint256 internal constant TIMES = 200;

    uint16 internal lossCapBps = 50;
    uint16 internal turnoverCapBps = 30_000;

    function bounds() internal view override returns (IPolicy.Bounds memory wide) {
        wide = super.bounds();
        (wide.lossCapBpsPerDay, wide.turnoverCapBpsPerDay, wide.cooldown) = (lossCapBps, turnoverCapBps, 7 minutes);
    }

    function _again() private {
        delete tokens;
        delete feeds;
        setUp();
    }

    /// @dev An intent to sell `bps` of an asset, at its floor from the first second.
    function _atFloor(uint256 from, uint256 to, uint256 bps) private view returns (ISettler.Intent memory intent) {
        intent = _intent(from, to, bps);
        intent.decay = 0;
    }

    /// @dev Back and forth between two assets for a day, as much at once as is let through.
    /// @return lossD18 D18{USD}
    /// @return soldD18 D18{USD}
    function _churn(uint256 one, uint256 other, uint256 bps) private returns (uint256 lossD18, uint256 soldD18) {
        for (uint256 i; i < TIMES; ++i) {
            (uint256 from, uint256 to) = i % 2 == 0 ? (one, other) : (other, one);
            _propose(_atFloor(from, to, bps));
            (uint256 sellable,) = settler.room(address(vault), address(tokens[from]));
            for (uint256 part = 1; part <= 16; part *= 4) {
                try this.fillAs(from, to, sellable / part) {
                    soldD18 += _worthD18(from, sellable / part);
                    break;
                } catch {}
            }
            _wait(1 days / TIMES);
        }
        lossD18 = NAV - _navD18();
    }

    function fillAs(uint256 from, uint256 to, uint256 amount) external {
        _fill(stranger, from, to, amount);
    }

    function test_it_costs_its_budget_and_no_more() public {
        (uint256 lossD18,) = _churn(1, 3, 4000);
        assertGt(lossD18, NAV * 50 / 10_000, "the budget was really used");
        assertLe(lossD18, NAV * 100 / 10_000, "one bucket, and one day of leak");
    }

    /// forge-config: default.fuzz.runs = 4
    /// forge-config: nightly.fuzz.runs = 200
    function testFuzz_whatever_is_sold_for_whatever(uint256 one, uint256 other, uint256 bps) public {
        one = bound(one, 1, 4);
        other = one % 4 + 1;
        (uint256 lossD18,) = _churn(one, other, bound(bps, 50, 5000));
        assertLe(lossD18, NAV * 100 / 10_000);
    }

    function test_control_without_the_cap_it_costs_several_times_as_much() public {
        _without(Guard.LossCap);
        (uint256 lossD18,) = _churn(1, 3, 4000);
        assertGt(lossD18, NAV * 400 / 10_000);
    }

    function test_turnover_stays_in_its_budget() public {
        (lossCapBps, turnoverCapBps) = (300, 5000);
        _again();
        (, uint256 soldD18) = _churn(1, 3, 4000);
        assertGt(soldD18, NAV / 2, "the budget was really used");
        assertLe(soldD18, NAV, "one bucket of half the NAV, and one day of leak");
    }

    function test_control_without_the_cap_the_vault_is_turned_over_several_times() public {
        (lossCapBps, turnoverCapBps) = (300, 5000);
        _without(Guard.TurnoverCap);
        (, uint256 soldD18) = _churn(1, 3, 4000);
        assertGt(soldD18, 3 * NAV);
    }

    // ------------------------------------------------------- nothing resets the budget

    function _useUp() private {
        for (uint256 i; i < 10; ++i) {
            (uint256 from, uint256 to) = i % 2 == 0 ? (1, 3) : (3, 1);
            _propose(_atFloor(from, to, 4000));
            (uint256 sellable,) = settler.room(address(vault), address(tokens[from]));
            try this.fillAs(from, to, sellable) {} catch {}
            _wait(7 minutes);
        }
        assertGt(settler.bucketsOf(address(vault)).lossD18, 40e14, "most of the budget is gone");
    }

    /// @dev Whatever the thief may do besides, as often as he likes, lowers the level by no more than time does.
    function testFuzz_the_executor_cannot_reset_it(uint256 seed) public {
        _useUp();
        uint256 level = settler.bucketsOf(address(vault)).lossD18;
        uint256 started = block.timestamp;
        for (uint256 n; n < 8; ++n) {
            seed = uint256(keccak256(abi.encode(seed)));
            _meddle(seed % 6);
        }
        uint256 leaked = 50e14 * (block.timestamp - started) / 1 days;
        assertGe(settler.bucketsOf(address(vault)).lossD18 + leaked + 8, level, "but for an atom a step");
    }

    function _meddle(uint256 what) private {
        if (what == 0) {
            _wait(7 minutes);
            _propose(_atFloor(1, 3, 100));
        }
        if (what == 1) {
            vm.prank(strategist);
            settler.cancel(address(vault));
        }
        if (what == 2) {
            vm.prank(stranger);
            vault.mint(SHARES / 10, _none(), stranger);
            vm.prank(stranger);
            vault.redeem(SHARES / 10, _none(), stranger);
        }
        if (what == 3) vault.sync(address(tokens[1]));
        if (what == 4) settler.disarm(address(vault));
        if (what == 5) _gain();
    }

    /// @dev A sale at five per cent above the oracle: a gift to the vault.
    function _gain() private {
        _wait(7 minutes);
        ISettler.Intent memory intent = _intent(1, 3, 100);
        intent.startPremBps = 500;
        _propose(intent);
        _fill(stranger, 1, 3, 100e6);
    }

    // --------------------------------------------------------------------- direction

    /// @dev What one intent has sold it does not buy back.
    /// @return lossD18 D18{USD}
    function _pingPong() private returns (uint256 lossD18) {
        _propose(_atFloor(1, 3, 1000));
        for (uint256 i; i < TIMES; ++i) {
            (uint256 from, uint256 to) = i % 2 == 0 ? (1, 3) : (3, 1);
            try this.fillAs(from, to, i % 2 == 0 ? 19_000e6 : 9.5e18) {} catch {}
        }
        return NAV - _navD18();
    }

    function test_within_an_intent_it_goes_one_way_once() public {
        assertLe(_pingPong(), 191e18, "one sale of $19,000 at one per cent");
        vm.expectRevert(abi.encodeWithSelector(ISettler.Settler__SellsPastBand.selector, address(tokens[3]), 9.5e18, 0));
        _fill(stranger, 3, 1, 9.5e18);
    }

    function test_control_without_the_bands_one_intent_is_enough_for_the_whole_budget() public {
        _without(Guard.Bands);
        assertGt(_pingPong(), 4000e18);
    }

    /// After the thief is gone and a day has passed, the vault goes on as if nothing had been.
    function test_honest_a_day_later_the_budget_is_there_again() public {
        _useUp();
        _expect(ISettler.Settler__LossCapHit.selector);
        this.sellHalf();
        _wait(1 days);
        uint256 nav = _navD18();
        uint256 soldD18 = this.sellHalf();
        assertGt(soldD18, 50_000e18);
        assertApproxEqAbs(nav - _navD18(), soldD18 / 100, 1e18);
    }

    function sellHalf() external returns (uint256 soldD18) {
        _propose(_atFloor(1, 3, 5000));
        (uint256 sellable,) = settler.room(address(vault), address(tokens[1]));
        _fill(stranger, 1, 3, sellable);
        return _worthD18(1, sellable);
    }
}
