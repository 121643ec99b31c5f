// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IRule} from "../../src/interfaces/IRule.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {ThresholdRule} from "../../src/rules/ThresholdRule.sol";
import {Fixture} from "../fixture/Fixture.sol";

contract ProposeByRuleTest is Fixture {
    function setUp() public override {
        super.setUp();
        uint16[] memory weights = new uint16[](5);
        for (uint256 i; i < 5; ++i) {
            weights[i] = 2000;
        }
        vm.prank(curator);
        rule.configure(
            address(vault), ThresholdRule.Config(weights, 300, 0, 0, IRule.Terms(50, 100, 10 minutes, 1 hours))
        );
    }

    function _proposeByRule() internal returns (bytes32) {
        vm.prank(stranger);
        return settler.proposeByRule(address(vault), address(rule));
    }

    function test_a_stranger_proposes_when_the_band_is_broken() public {
        _expect(ISettler.Settler__RuleNotReady.selector);
        _proposeByRule();
        feeds[3].set(3000e8);
        _proposeByRule();
        assertEq(settler.headerOf(address(vault)).nonce, 1);
        assertEq(settler.headerOf(address(vault)).deadline, block.timestamp + 1 hours);
    }

    function test_strangers_alone_bring_the_vault_back_to_its_targets() public {
        feeds[3].set(3000e8);
        _proposeByRule();
        _wait(200);
        for (uint256 i; i < 5; ++i) {
            if (i == 3) continue;
            (uint256 sellable,) = settler.room(address(vault), address(tokens[3]));
            (, uint256 buyable) = settler.room(address(vault), address(tokens[i]));
            uint256 worth = _worthD18(i, buyable) * 1e18 / 3000e18;
            _fill(stranger, 3, i, worth < sellable ? worth : sellable);
        }
        uint256 nav = _navD18();
        (,, uint256[] memory balances) = vault.holdings();
        for (uint256 i; i < 5; ++i) {
            assertApproxEqRel(_worthD18(i, balances[i]), nav / 5, 0.0001e18);
        }
        assertFalse(rule.ready(address(vault)));
    }

    function test_a_rule_that_is_not_allowed_proposes_nothing() public {
        vm.prank(sentinel);
        policy.forbidRule(address(vault), address(rule));
        feeds[3].set(3000e8);
        _expect(ISettler.Settler__RuleNotAllowed.selector);
        _proposeByRule();
    }

    function test_a_rule_does_not_replace_a_live_intent() public {
        _propose(_intent(1, 3, 1000));
        feeds[3].set(3000e8);
        _wait(11 minutes);
        _expect(ISettler.Settler__StillLive.selector);
        _proposeByRule();
        _wait(1 hours);
        _proposeByRule();
    }
}
