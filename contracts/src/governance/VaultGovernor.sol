// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ITimelock} from "../interfaces/ITimelock.sol";
import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {GovernorCountingSimple} from "@openzeppelin/contracts/governance/extensions/GovernorCountingSimple.sol";
import {GovernorProposalGuardian} from "@openzeppelin/contracts/governance/extensions/GovernorProposalGuardian.sol";
import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";
import {GovernorTimelockControl} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockControl.sol";
import {GovernorVotes, IVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";
import {
    GovernorVotesQuorumFraction
} from "@openzeppelin/contracts/governance/extensions/GovernorVotesQuorumFraction.sol";

/// @title VaultGovernor: votes decide what a vault's owner or curator would.
///
/// @notice PURPOSE
/// OpenZeppelin's Governor with a TimelockController, put together and nothing more. The controller is named owner or
/// curator of a vault; what it does there waits in the policy's queue as well.
///
/// INVARIANTS
/// - A decision waits at least as long in the controller as a loosening waits in the policy, at the moment of deployment,
///   and a loosening then waits in the policy too: two delays in the open, each long enough to redeem.
/// - The guardian cancels any proposal at any time before it is executed, and can do nothing else.
///
/// ROLES, by the harm they could do
/// - Voters: what an owner or curator could, as slowly. - Guardian: block every decision until voters replace it, which it
///   can block too: name one whose silence is the worst you fear.
///
/// WARNINGS
/// - The controller must have this governor as its only proposer and canceller, and no admin but itself.
/// - The controller can shorten its own delay by a vote; the policy's delay is not its to change.
contract VaultGovernor is
    Governor,
    GovernorSettings,
    GovernorCountingSimple,
    GovernorVotes,
    GovernorVotesQuorumFraction,
    GovernorTimelockControl,
    GovernorProposalGuardian
{
    /// @param votingDelay {votes' clock} from the proposal to the vote, to get votes or to leave
    /// @param votingPeriod {votes' clock} for which the vote is open
    /// @param proposalThreshold {vote} that a proposer must have
    /// @param quorumPercent of all votes that must be for it or abstain
    /// @param guardian who may cancel
    struct Settings {
        uint48 votingDelay;
        uint32 votingPeriod;
        uint256 proposalThreshold;
        uint256 quorumPercent;
        address guardian;
    }

    /// @notice The controller's delay {s} is under that of the policy.
    error VaultGovernor__DelayTooShort(uint256 delay, uint256 policyDelay);
    /// @notice There must be a guardian, time to see a proposal, and a quorum.
    error VaultGovernor__BadSettings(Settings settings);

    constructor(IVotes votes, TimelockController controller, ITimelock policy, Settings memory settings)
        Governor("Trimtab Governor")
        GovernorSettings(settings.votingDelay, settings.votingPeriod, settings.proposalThreshold)
        GovernorVotes(votes)
        GovernorVotesQuorumFraction(settings.quorumPercent)
        GovernorTimelockControl(controller)
    {
        uint256 delay = controller.getMinDelay();
        if (delay < policy.delay()) revert VaultGovernor__DelayTooShort(delay, policy.delay());
        if (settings.guardian == address(0) || settings.votingDelay == 0 || settings.quorumPercent == 0) {
            revert VaultGovernor__BadSettings(settings);
        }
        _setProposalGuardian(settings.guardian);
    }

    // What inheriting from several extensions makes the compiler ask for.

    function proposalThreshold() public view override(Governor, GovernorSettings) returns (uint256) {
        return super.proposalThreshold();
    }

    function state(uint256 id) public view override(Governor, GovernorTimelockControl) returns (ProposalState) {
        return super.state(id);
    }

    function proposalNeedsQueuing(uint256 id) public view override(Governor, GovernorTimelockControl) returns (bool) {
        return super.proposalNeedsQueuing(id);
    }

    function _queueOperations(
        uint256 id,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calls,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint48) {
        return super._queueOperations(id, targets, values, calls, descriptionHash);
    }

    function _executeOperations(
        uint256 id,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calls,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) {
        super._executeOperations(id, targets, values, calls, descriptionHash);
    }

    function _cancel(address[] memory targets, uint256[] memory values, bytes[] memory calls, bytes32 descriptionHash)
        internal
        override(Governor, GovernorTimelockControl)
        returns (uint256)
    {
        return super._cancel(targets, values, calls, descriptionHash);
    }

    function _executor() internal view override(Governor, GovernorTimelockControl) returns (address) {
        return super._executor();
    }

    function _validateCancel(uint256 id, address caller)
        internal
        view
        virtual
        override(Governor, GovernorProposalGuardian)
        returns (bool)
    {
        return super._validateCancel(id, caller);
    }
}
