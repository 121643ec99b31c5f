// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Settler} from "../../src/Settler.sol";
import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {Fixture} from "../fixture/Fixture.sol";

contract SettlerWithoutBands is Settler {
    constructor(IPolicy policy_, IOracleHub hub_) Settler(policy_, hub_) {}

    function _requireSellable(address, uint256, uint256) internal pure override {}
    function _requireBuyable(address, uint256, uint256) internal pure override {}
}

contract SettlerWithoutNonce is Settler {
    constructor(IPolicy policy_, IOracleHub hub_) Settler(policy_, hub_) {}

    function _requireNext(uint32, uint32) internal pure override {}
}

contract SettlerWithoutTargetCheck is Settler {
    constructor(IPolicy policy_, IOracleHub hub_) Settler(policy_, hub_) {}

    function _requireBand(Leg memory, uint256, uint16) internal pure override {}
    function _requireOnNav(uint256, uint256, uint16) internal pure override {}
}

/// A filler takes more of a good price than the intent offers.
abstract contract BeyondTheBand is Fixture {
    function _take() internal {
        _propose(_intent(1, 3, 500));
        _wait(10 minutes);
        _fill(stranger, 1, 3, 100_000e6);
    }
}

contract BeyondTheBandTest is BeyondTheBand {
    function test_a_sale_ends_at_the_band() public {
        _propose(_intent(1, 3, 500));
        _wait(10 minutes);
        _expect(ISettler.Settler__SellsPastBand.selector);
        _fill(stranger, 1, 3, 100_000e6);
    }
}

contract BeyondTheBandControl is BeyondTheBand {
    function _newSettler() internal override returns (Settler) {
        return new SettlerWithoutBands(policy, hub);
    }

    function test_without_bands_half_the_asset_is_gone() public {
        _take();
        (, uint256 left,) = vault.position(address(tokens[1]), address(tokens[3]));
        assertApproxEqAbs(left, 100_000e6, 1);
    }
}

/// An old intent is shown again after the strategist has changed its mind.
abstract contract Replay is Fixture {
    function _replay() internal {
        ISettler.Intent memory old = _intent(1, 3, 1000);
        _propose(old);
        vm.prank(sentinel);
        settler.cancel(address(vault));
        _wait(10 minutes);
        _propose(old);
        _fill(stranger, 1, 3, 1000e6);
    }

    function replay() external {
        _replay();
    }
}

contract ReplayTest is Replay {
    function test_an_intent_lives_once() public {
        _expect(ISettler.Settler__WrongNonce.selector);
        this.replay();
    }
}

contract ReplayControl is Replay {
    function _newSettler() internal override returns (Settler) {
        return new SettlerWithoutNonce(policy, hub);
    }

    function test_without_nonces_a_cancelled_intent_is_filled() public {
        uint256 before = tokens[1].balanceOf(address(vault));
        _replay();
        assertEq(tokens[1].balanceOf(address(vault)), before - 1000e6);
    }
}

/// Targets that nobody could reach by honest trades: everything to be sold, hardly anything to be bought.
abstract contract AbsurdTargets is Fixture {
    function _absurd() internal view returns (ISettler.Intent memory intent) {
        intent = _intent(1, 3, 0);
        for (uint256 i; i < 5; ++i) {
            intent.legs[i].sellDownTo = 0;
        }
        for (uint256 i; i < 5; ++i) {
            intent.legs[i].buyUpTo = type(uint112).max;
        }
    }
}

contract AbsurdTargetsTest is AbsurdTargets {
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
}

contract AbsurdTargetsControl is AbsurdTargets {
    function _newSettler() internal override returns (Settler) {
        return new SettlerWithoutTargetCheck(policy, hub);
    }

    function test_without_the_checks_one_intent_trades_back_and_forth() public {
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
