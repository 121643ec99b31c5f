// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {VaultGovernor} from "../../src/governance/VaultGovernor.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ITimelock} from "../../src/interfaces/ITimelock.sol";
import {GovernedFixture} from "../fixture/GovernedFixture.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

contract VaultGovernorExecuteTest is GovernedFixture {
    /// Two votes, one to announce and one to apply, and two delays: of the timelock and then of the policy.
    function test_a_vote_loosens_a_bound_through_both_delays() public {
        uint256 asked = block.timestamp;
        Proposal memory announcing = _announcing();
        Proposal memory applying = _applying();
        _pass(announcing);
        _expect(TimelockController.TimelockUnexpectedOperationState.selector);
        _carryOut(announcing);
        _wait(CONTROLLER_DELAY);
        _carryOut(announcing);
        assertEq(policy.boundsOf(address(vault)).lossCapBpsPerDay, 50, "announced, not applied");
        _pass(applying);
        _wait(CONTROLLER_DELAY);
        _carryOut(applying);
        assertEq(policy.boundsOf(address(vault)).lossCapBpsPerDay, 300);
        assertGt(block.timestamp - asked, 2 * CONTROLLER_DELAY + policy.delay());
    }

    function test_a_vote_cannot_skip_the_policys_delay() public {
        Proposal memory applying = _applying();
        _pass(applying);
        _wait(CONTROLLER_DELAY);
        _expect(ITimelock.Timelock__NotReady.selector);
        _carryOut(applying);
    }

    function test_a_vote_tightens_without_the_policys_delay() public {
        IPolicy.Bounds memory stricter = bounds();
        stricter.lossCapBpsPerDay = 1;
        Proposal memory tightening =
            _single(address(policy), abi.encodeCall(IPolicy.tighten, (address(vault), stricter)), "tighten");
        _pass(tightening);
        _wait(CONTROLLER_DELAY);
        _carryOut(tightening);
        assertEq(policy.boundsOf(address(vault)).lossCapBpsPerDay, 1);
    }

    function test_without_a_majority_nothing_happens() public {
        Proposal memory announcing = _announcing();
        uint256 id = _proposeVote(announcing);
        _blocks(VOTING_DELAY / 12 + 1);
        vm.prank(alice);
        governor.castVote(id, 0);
        _blocks(VOTING_PERIOD / 12 + 1);
        assertEq(uint8(_stateOf(id)), uint8(IGovernor.ProposalState.Defeated));
        _expect(IGovernor.GovernorUnexpectedProposalState.selector);
        governor.queue(announcing.targets, announcing.values, announcing.calls, keccak256(bytes(announcing.words)));
    }

    function test_votes_unwrap_into_the_shares_they_are() public {
        uint256 shares = votes.balanceOf(alice);
        assertEq(votes.decimals(), vault.decimals());
        vm.startPrank(alice);
        votes.withdrawTo(alice, shares);
        vault.redeem(shares, _none(), alice);
        vm.stopPrank();
        assertEq(votes.getVotes(alice), 0);
        assertGt(tokens[1].balanceOf(alice), amounts()[1]);
    }

    function test_a_governor_needs_a_guardian_a_quorum_and_a_delay_no_shorter_than_the_policys() public {
        TimelockController hasty = new TimelockController(1 days - 1, new address[](0), _anyone(), address(this));
        VaultGovernor.Settings memory settings = _settings();
        vm.expectRevert(abi.encodeWithSelector(VaultGovernor.VaultGovernor__DelayTooShort.selector, 1 days - 1, 1 days));
        this.deploy(hasty, settings);
        for (uint256 i; i < 3; ++i) {
            settings = _settings();
            if (i == 0) settings.guardian = address(0);
            else if (i == 1) settings.votingDelay = 0;
            else settings.quorumPercent = 0;
            _expect(VaultGovernor.VaultGovernor__BadSettings.selector);
            this.deploy(controller, settings);
        }
    }

    /// @dev From outside: forge deploys by a cheat code, whose revert would be the end of the test.
    function deploy(TimelockController by, VaultGovernor.Settings calldata settings) external {
        new VaultGovernor(votes, by, policy, settings);
    }
}
