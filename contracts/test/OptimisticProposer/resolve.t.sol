// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {OptimisticProposer} from "../../src/governance/OptimisticProposer.sol";
import {IOptimisticProposer} from "../../src/interfaces/IOptimisticProposer.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {ITimelock} from "../../src/interfaces/ITimelock.sol";
import {OptimisticFixture} from "../fixture/OptimisticFixture.sol";

/// @dev Takes nothing for the vault.
contract ForgivingProposer is OptimisticProposer {
    constructor(IPolicy policy_, ISettler settler_) OptimisticProposer(policy_, settler_) {}

    function _forfeitOf(uint128) internal pure override returns (uint256) {
        return 0;
    }
}

contract OptimisticProposerResolveTest is OptimisticFixture {
    function testFuzz_the_winner_has_his_bond_and_half_the_losers_and_the_vault_the_rest(bool sound) public {
        uint256 id = _dispute();
        (address winner, address loser) = sound ? (poster, doubter) : (doubter, poster);
        vm.expectEmit(address(proposer));
        emit IOptimisticProposer.Resolved(id, winner, BOND / 2);
        vm.prank(curator);
        proposer.resolve(id, sound);
        assertEq(proposer.owed(money, winner), 3 * BOND / 2);
        assertEq(proposer.owed(money, loser), 0);
        assertEq(money.balanceOf(address(vault)), BOND / 2);
        assertEq(money.balanceOf(address(proposer)), 3 * BOND / 2);
        vm.prank(curator);
        _expect(IOptimisticProposer.OptimisticProposer__NoDispute.selector);
        proposer.resolve(id, !sound);
    }

    /// The poster of a bad plan sees a challenge coming and is there first, under another name.
    function _disputeHimself() private returns (uint256 lost) {
        address name = makeAddr("another name");
        _endow(name);
        bytes32 hash = _post(_plan());
        vm.prank(name);
        uint256 id = proposer.challenge(address(vault), hash);
        vm.prank(doubter);
        _expect(IOptimisticProposer.OptimisticProposer__WrongPlan.selector);
        proposer.challenge(address(vault), hash);
        vm.prank(curator);
        proposer.resolve(id, false);
        vm.prank(name);
        proposer.withdraw(money, name);
        return 200 * BOND - money.balanceOf(poster) - money.balanceOf(name);
    }

    function test_who_disputes_himself_loses_half_a_bond() public {
        assertEq(_disputeHimself(), BOND / 2);
    }

    function test_control_where_the_winner_takes_all_a_bad_plan_costs_nothing() public {
        proposer = new ForgivingProposer(policy, settler);
        _nameStrategist(address(proposer));
        _endow(poster);
        _endow(doubter);
        vm.prank(poster);
        money.transfer(stranger, 100 * BOND);
        vm.prank(curator);
        proposer.configure(address(vault), terms());
        assertEq(_disputeHimself(), 0);
    }

    /// A vault that cannot be paid holds up the verdict, and nobody's bond for ever.
    function test_a_bond_that_the_vault_cannot_be_sent_goes_back_in_the_end() public {
        uint256 id = _dispute();
        vm.mockCallRevert(
            address(money), abi.encodeWithSignature("transfer(address,uint256)", address(vault), BOND / 2), "blocked"
        );
        vm.prank(curator);
        vm.expectRevert();
        proposer.resolve(id, false);
        _wait(proposer.PATIENCE());
        proposer.abandon(id);
        assertEq(proposer.owed(money, poster), BOND);
        assertEq(proposer.owed(money, doubter), BOND);
    }

    function test_nobody_judges_but_the_vaults_own() public {
        uint256 id = _dispute();
        address[4] memory others = [poster, doubter, sentinel, stranger];
        for (uint256 i; i < 4; ++i) {
            vm.prank(others[i]);
            _expect(ITimelock.Timelock__NotAllowed.selector);
            proposer.resolve(id, true);
        }
    }
}
