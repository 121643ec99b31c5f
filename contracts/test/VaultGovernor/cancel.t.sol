// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {GovernedFixture} from "../fixture/GovernedFixture.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";

contract VaultGovernorCancelTest is GovernedFixture {
    function test_the_guardian_cancels_before_during_and_after_the_vote() public {
        Proposal memory announcing = _announcing();
        for (uint256 i; i < 3; ++i) {
            announcing.words = string.concat("try ", vm.toString(i));
            uint256 id = i == 2 ? _pass(announcing) : _proposeVote(announcing);
            if (i == 1) _blocks(VOTING_DELAY / 12 + 1);
            _stop(announcing, guardian);
            assertEq(uint8(_stateOf(id)), uint8(IGovernor.ProposalState.Canceled));
            _wait(30 days);
            vm.expectRevert();
            _carryOut(announcing);
        }
    }

    function test_nobody_else_cancels_what_was_voted() public {
        Proposal memory announcing = _announcing();
        _pass(announcing);
        address[3] memory others = [alice, stranger, owner];
        for (uint256 i; i < 3; ++i) {
            _expect(IGovernor.GovernorUnableToCancel.selector);
            _stop(announcing, others[i]);
        }
    }
}
