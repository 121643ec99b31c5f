// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Breaker} from "../../src/Breaker.sol";
import {IBreaker} from "../../src/interfaces/IBreaker.sol";
import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {IRule} from "../../src/interfaces/IRule.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {ThresholdRule} from "../../src/rules/ThresholdRule.sol";
import {BreakerFixture} from "../fixture/BreakerFixture.sol";
import {Guard} from "../fixture/Weak.sol";

/// A breaker that measures against whatever was marked last.
contract ForgetfulBreaker is Breaker {
    mapping(address vault => uint256) private _last;

    constructor(IPolicy policy_, ISettler settler_, IOracleHub hub_) Breaker(policy_, settler_, hub_) {}

    function mark(address vault) public override {
        _last[vault] = navPerShareD18(vault);
    }

    function referenceD18(address vault) public view override returns (uint256) {
        return _last[vault];
    }
}

/// What anybody may call at any time is called at the worst: a thief with the strategist's key marks NAV right after every
/// theft, so that no drop is ever seen; a passer-by mints, counts a gain that was waiting, and leaves with half of it; and
/// somebody gives the vault tokens for a moment, so that a rule believes that it must trade.
contract A52Test is BreakerFixture {
    uint256 internal constant NAV = 1_000_000e18;

    bool internal forgetful;

    function _newBreaker() internal override returns (Breaker) {
        if (forgetful) return new ForgetfulBreaker(policy, settler, hub);
        return super._newBreaker();
    }

    function drop() internal pure override returns (IBreaker.Drop memory) {
        return IBreaker.Drop(60, 30 days);
    }

    // -------------------------------------------------------------------- mark

    /// @return lossD18 D18{USD} in five days of theft, each with a mark after it and a watcher who tries to stop it
    function _stealAndMark() internal returns (uint256 lossD18) {
        for (uint256 i; i < 30; ++i) {
            (uint256 from, uint256 to) = i % 2 == 0 ? (1, 3) : (3, 1);
            try this.steal(from, to) {} catch {}
            fuse.mark(address(vault));
            try this.stop() {} catch {}
            _wait(4 hours);
        }
        return NAV - _navD18();
    }

    function steal(uint256 from, uint256 to) external {
        ISettler.Intent memory intent = _intent(from, to, 4000);
        intent.decay = 0;
        _propose(intent);
        (uint256 sellable,) = settler.room(address(vault), address(tokens[from]));
        _fill(stranger, from, to, sellable);
    }

    function stop() external {
        _trip(IBreaker.Kind.Nav, 0);
    }

    function test_a_mark_after_a_theft_hides_nothing() public {
        uint256 lossD18 = _stealAndMark();
        assertGt(lossD18, NAV * 55 / 10_000, "the theft was really tried");
        assertLe(lossD18, NAV * 80 / 10_000, "the drop that is allowed, and one theft");
        assertEq(policy.strategistOf(address(vault)), address(0));
    }

    function test_control_where_the_last_mark_counts_the_theft_goes_on() public {
        forgetful = true;
        delete tokens;
        delete feeds;
        setUp();
        assertGt(_stealAndMark(), NAV * 180 / 10_000);
        assertEq(policy.strategistOf(address(vault)), strategist);
    }

    function test_honest_marks_at_true_heights_let_a_true_drop_be_seen() public {
        feeds[3].set(2200e8);
        fuse.mark(address(vault));
        assertEq(fuse.referenceD18(address(vault)), fuse.navPerShareD18(address(vault)));
        feeds[3].set(2000e8);
        _trip(IBreaker.Kind.Nav, 0);
        assertEq(policy.strategistOf(address(vault)), address(0));
    }

    // -------------------------------------------------------------------- sync

    /// @return gainD18 D18{USD} of a passer-by who mints, counts a gain of five per cent of an asset, and redeems
    function _passBy() internal returns (uint256 gainD18) {
        tokens[1].mint(address(vault), amounts()[1] / 20);
        uint256 before = _wealthD18(stranger);
        vm.prank(stranger);
        vault.mint(SHARES * 9 / 10, _none(), stranger);
        vault.sync(address(tokens[1]));
        vm.prank(stranger);
        vault.redeem(SHARES * 9 / 10, _none(), stranger);
        return _wealthD18(stranger) - before;
    }

    function test_counting_a_gain_at_the_right_moment_brings_a_drop_of_it() public {
        vault.sync(address(tokens[1]));
        assertLe(_passBy(), 1e18);
    }

    function test_honest_a_gain_is_counted_in_time_for_those_who_stay() public {
        tokens[1].mint(address(vault), amounts()[1] / 20);
        uint256 before = _navD18();
        for (uint256 i; i < 6; ++i) {
            _wait(1 days);
            vault.sync(address(tokens[1]));
        }
        assertApproxEqAbs(_navD18() - before, 10_000e18, 1e18);
    }

    function test_control_where_gains_count_at_once_a_passer_by_takes_half() public {
        _without(Guard.Sync);
        vault.sync(address(tokens[1]));
        assertGt(_passBy(), 4000e18);
    }

    // -------------------------------------------------------------------- rule

    function test_tokens_given_for_a_moment_do_not_make_a_rule_ready() public {
        uint16[] memory weights = new uint16[](5);
        for (uint256 i; i < 5; ++i) {
            weights[i] = 2000;
        }
        vm.prank(curator);
        rule.configure(
            address(vault), ThresholdRule.Config(weights, 300, 0, 0, IRule.Terms(50, 100, 10 minutes, 1 hours))
        );
        assertFalse(rule.ready(address(vault)));
        tokens[1].mint(address(vault), 10 * amounts()[1]);
        vault.sync(address(tokens[1]));
        assertFalse(rule.ready(address(vault)));
        _expect(ISettler.Settler__RuleNotReady.selector);
        settler.proposeByRule(address(vault), address(rule));
    }
}
