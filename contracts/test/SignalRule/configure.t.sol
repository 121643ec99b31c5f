// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ITimelock} from "../../src/interfaces/ITimelock.sol";
import {Rule} from "../../src/rules/Rule.sol";
import {SignalRule} from "../../src/rules/SignalRule.sol";
import {SignalRuleFixture} from "../fixture/SignalRuleFixture.sol";

contract ConfigureSignalRuleTest is SignalRuleFixture {
    SignalRule internal fresh;

    function setUp() public override {
        super.setUp();
        fresh = new SignalRule(policy, hub, verifier);
    }

    function _refused(SignalRule.Config memory config, bytes4 why) internal {
        _expect(why);
        vm.prank(decider);
        fresh.configure(address(vault), config);
    }

    function test_only_whoever_decides_for_the_vault_configures() public {
        SignalRule.Config memory config = _ruleConfig();
        address[3] memory who = [strategist, sentinel, stranger];
        for (uint256 i; i < 3; ++i) {
            _expect(ITimelock.Timelock__NotAllowed.selector);
            vm.prank(who[i]);
            fresh.configure(address(vault), config);
        }
    }

    function test_a_change_waits() public {
        SignalRule.Config memory config = _ruleConfig();
        config.bandBps = 400;
        _expect(ITimelock.Timelock__NotReady.selector);
        _configureRule(config);
        vm.prank(decider);
        signalRule.queue(abi.encodeCall(signalRule.configure, (address(vault), config)));
        vm.warp(block.timestamp + 1 days);
        _configureRule(config);
        assertEq(keccak256(abi.encode(signalRule.configOf(address(vault)))), keccak256(abi.encode(config)));
    }

    function test_weights_band_tilt_and_terms_make_sense() public {
        SignalRule.Config memory config = _ruleConfig();
        config.weightsBps[0] = 2001;
        _refused(config, Rule.Rule__BadWeights.selector);
        config = _ruleConfig();
        config.bandBps = 0;
        _refused(config, SignalRule.SignalRule__BadBounds.selector);
        config.bandBps = 10_000;
        _refused(config, SignalRule.SignalRule__BadBounds.selector);
        config = _ruleConfig();
        config.maxTiltBps = 10_000;
        _refused(config, SignalRule.SignalRule__BadBounds.selector);
        config = _ruleConfig();
        config.terms.horizon = 0;
        _refused(config, Rule.Rule__BadTerms.selector);
        config = _ruleConfig();
        (config.bandBps, config.maxTiltBps) = (9999, 9999);
        vm.prank(decider);
        fresh.configure(address(vault), config);
    }

    function test_without_settings_it_has_no_say() public {
        _expect(Rule.Rule__NotConfigured.selector);
        fresh.ready(address(vault));
        assertEq(fresh.weightsD18Of(address(vault)).length, 0);
    }
}
