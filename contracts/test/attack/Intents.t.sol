// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISettler} from "../../src/interfaces/ISettler.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {Guard} from "../fixture/Weak.sol";

contract IntentAttackTest is Fixture {
    /// @dev A filler takes more of a good price than the intent offers.
    function takeTooMuch() public {
        _propose(_intent(1, 3, 500));
        _wait(10 minutes);
        _fill(stranger, 1, 3, 100_000e6);
    }

    function test_a_sale_ends_at_the_band() public {
        _expect(ISettler.Settler__SellsPastBand.selector);
        this.takeTooMuch();
    }

    function test_control_without_bands_half_the_asset_is_gone() public {
        _without(Guard.Bands);
        takeTooMuch();
        (, uint256 left,) = vault.position(address(tokens[1]), address(tokens[3]));
        assertApproxEqAbs(left, 100_000e6, 1);
    }

    /// @dev An old intent is shown again after it was cancelled.
    function replay() public {
        ISettler.Intent memory old = _intent(1, 3, 1000);
        _propose(old);
        vm.prank(sentinel);
        settler.cancel(address(vault));
        _wait(10 minutes);
        _propose(old);
        _fill(stranger, 1, 3, 1000e6);
    }

    function test_an_intent_lives_once() public {
        _expect(ISettler.Settler__WrongNonce.selector);
        this.replay();
    }

    function test_control_without_nonces_a_cancelled_intent_is_filled() public {
        _without(Guard.Nonce);
        replay();
        assertEq(tokens[1].balanceOf(address(vault)), amounts()[1] - 1000e6);
    }

    /// @dev Bands upside down: everything may be sold, and everything may be bought.
    function _absurd() internal view returns (ISettler.Intent memory intent) {
        intent = _intent(1, 3, 0);
        for (uint256 i; i < 5; ++i) {
            (intent.legs[i].sellDownTo, intent.legs[i].buyUpTo) = (0, type(uint112).max);
        }
    }

    function test_absurd_targets_are_refused() public {
        ISettler.Intent memory intent = _absurd();
        _expect(ISettler.Settler__BadBand.selector);
        _propose(intent);
        for (uint256 i; i < 5; ++i) {
            intent.legs[i].buyUpTo = 0;
        }
        _expect(ISettler.Settler__TargetOffNav.selector);
        _propose(intent);
    }

    function test_control_without_the_checks_one_intent_trades_back_and_forth() public {
        _without(Guard.Targets);
        _propose(_absurd());
        _wait(10 minutes);
        uint256 nav = _navD18();
        for (uint256 i; i < 3; ++i) {
            _fill(stranger, 1, 3, 40_000e6);
            _fill(stranger, 3, 1, 20e18);
        }
        assertLt(_navD18(), nav - 2000e18, "one intent, six trades, a loss each");
    }
}
