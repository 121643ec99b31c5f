// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {IRule} from "../../src/interfaces/IRule.sol";
import {ITimelock} from "../../src/interfaces/ITimelock.sol";
import {Rule} from "../../src/rules/Rule.sol";
import {ThresholdRule} from "../../src/rules/ThresholdRule.sol";
import {Fixture} from "../fixture/Fixture.sol";

contract ConfigureTest is Fixture {
    function _config() internal pure returns (ThresholdRule.Config memory) {
        uint16[] memory weights = new uint16[](5);
        for (uint256 i; i < 5; ++i) {
            weights[i] = 2000;
        }
        return ThresholdRule.Config(weights, 300, 0, 0, IRule.Terms(50, 100, 10 minutes, 1 hours));
    }

    function _other() internal pure returns (ThresholdRule.Config memory config) {
        config = _config();
        (config.weightsBps[0], config.weightsBps[1]) = (1000, 3000);
    }

    function _call(ThresholdRule.Config memory config) internal view returns (bytes memory) {
        return abi.encodeCall(ThresholdRule.configure, (address(vault), config));
    }

    function _configure(ThresholdRule.Config memory config) internal {
        vm.prank(curator);
        rule.configure(address(vault), config);
    }

    function _queue(ThresholdRule.Config memory config) internal {
        vm.prank(curator);
        rule.queue(_call(config));
    }

    function _assertConfig(ThresholdRule.Config memory wanted) internal view {
        assertEq(keccak256(abi.encode(rule.configOf(address(vault)))), keccak256(abi.encode(wanted)));
    }

    function test_only_the_owner_sets_targets() public {
        address[3] memory who = [strategist, sentinel, stranger];
        for (uint256 i; i < 3; ++i) {
            vm.startPrank(who[i]);
            _expect(ITimelock.Timelock__NotAllowed.selector);
            rule.configure(address(vault), _config());
            _expect(ITimelock.Timelock__NotAllowed.selector);
            rule.queue(_call(_config()));
            vm.stopPrank();
        }
    }

    function test_targets_make_a_whole() public {
        ThresholdRule.Config memory config = _config();
        config.weightsBps[4] = 1999;
        _expect(Rule.Rule__BadWeights.selector);
        _configure(config);
        config.weightsBps = new uint16[](1);
        config.weightsBps[0] = 10_000;
        _expect(Rule.Rule__BadWeights.selector);
        _configure(config);
    }

    function test_a_band_is_more_than_nothing_and_less_than_everything() public {
        ThresholdRule.Config memory config = _config();
        config.bandBps = 0;
        _expect(ThresholdRule.ThresholdRule__BadBand.selector);
        _configure(config);
        config.bandBps = 10_000;
        _expect(ThresholdRule.ThresholdRule__BadBand.selector);
        _configure(config);
        (config.bandBps, config.relativeBps) = (0, 10_001);
        _expect(ThresholdRule.ThresholdRule__BadBand.selector);
        _configure(config);
        (config.relativeBps, config.landBps) = (10_000, 10_001);
        _expect(ThresholdRule.ThresholdRule__BadBand.selector);
        _configure(config);
        (config.bandBps, config.landBps) = (9999, 10_000);
        _configure(config);
    }

    /// Terms are taken exactly when the settler would take an intent of them.
    function testFuzz_terms_stay_inside_the_policy(IRule.Terms memory terms, uint8 near) public {
        // Half of each term's draws lie around its bound.
        IPolicy.Bounds memory top = bounds();
        if (near & 1 != 0) terms.startPremBps = uint16(bound(terms.startPremBps, 0, 2 * top.maxStartPremBps));
        if (near & 2 != 0) terms.floorDiscBps = uint16(bound(terms.floorDiscBps, 0, 2 * top.maxFloorDiscBps));
        if (near & 4 != 0) terms.horizon = uint32(bound(terms.horizon, 0, 2 * top.maxHorizon));
        ThresholdRule.Config memory config = _config();
        config.terms = terms;
        bool usable = terms.horizon != 0 && terms.horizon <= top.maxHorizon && terms.startPremBps <= top.maxStartPremBps
            && terms.floorDiscBps <= top.maxFloorDiscBps;
        if (!usable) {
            vm.expectRevert(abi.encodeWithSelector(Rule.Rule__BadTerms.selector, terms, top));
            _configure(config);
            return;
        }
        _configure(config);
        feeds[3].set(3000e8);
        settler.proposeByRule(address(vault), address(rule));
    }

    function test_an_intent_that_lasts_no_time_is_refused() public {
        ThresholdRule.Config memory config = _config();
        config.terms.horizon = 0;
        _expect(Rule.Rule__BadTerms.selector);
        _configure(config);
    }

    function test_the_first_targets_are_set_at_once_and_others_wait_the_whole_delay() public {
        _configure(_config());
        _expect(ITimelock.Timelock__NotReady.selector);
        _configure(_other());
        _queue(_other());
        vm.warp(block.timestamp + 1 days - 1);
        _expect(ITimelock.Timelock__NotReady.selector);
        _configure(_other());
        _assertConfig(_config());
        vm.warp(block.timestamp + 1);
        _configure(_other());
        _assertConfig(_other());
    }

    function test_a_change_is_good_once_and_only_in_its_window() public {
        _configure(_config());
        _queue(_other());
        vm.warp(block.timestamp + 1 days);
        _configure(_other());
        _expect(ITimelock.Timelock__NotReady.selector);
        _configure(_other());
        _queue(_config());
        vm.warp(block.timestamp + 1 days + 14 days + 1);
        _expect(ITimelock.Timelock__Expired.selector);
        _configure(_config());
    }

    function test_the_sentinel_withdraws_a_change_and_a_stranger_does_not() public {
        _configure(_config());
        _queue(_other());
        _expect(ITimelock.Timelock__NotAllowed.selector);
        vm.prank(stranger);
        rule.revoke(_call(_other()));
        vm.prank(sentinel);
        rule.revoke(_call(_other()));
        vm.warp(block.timestamp + 1 days);
        _expect(ITimelock.Timelock__NotReady.selector);
        _configure(_other());
    }

    function test_what_is_queued_at_the_policy_moves_no_targets() public {
        _configure(_config());
        vm.prank(curator);
        policy.queue(_call(_other()));
        vm.warp(block.timestamp + 1 days);
        _expect(ITimelock.Timelock__NotReady.selector);
        _configure(_other());
    }
}
