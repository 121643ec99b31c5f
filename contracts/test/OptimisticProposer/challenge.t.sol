// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOptimisticProposer} from "../../src/interfaces/IOptimisticProposer.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {OptimisticFixture} from "../fixture/OptimisticFixture.sol";

contract OptimisticProposerChallengeTest is OptimisticFixture {
    function testFuzz_a_plan_is_void_once_it_is_challenged_in_its_window(uint32 when) public {
        ISettler.Intent memory intent = _plan();
        bytes32 hash = _post(intent);
        _wait(bound(when, 0, WINDOW - 1));
        vm.prank(doubter);
        uint256 id = proposer.challenge(address(vault), hash);
        assertEq(money.balanceOf(address(proposer)), 2 * BOND);
        IOptimisticProposer.Dispute memory dispute = proposer.disputeOf(id);
        assertEq(dispute.poster, poster);
        assertEq(dispute.challenger, doubter);
        _wait(WINDOW);
        _expect(IOptimisticProposer.OptimisticProposer__WrongPlan.selector);
        proposer.execute(intent);
        assertEq(_nonce(), 0);
    }

    function testFuzz_after_its_window_it_is_too_late(uint32 late) public {
        bytes32 hash = _post(_plan());
        _wait(bound(late, WINDOW, 30 days));
        vm.prank(doubter);
        _expect(IOptimisticProposer.OptimisticProposer__WrongTime.selector);
        proposer.challenge(address(vault), hash);
    }

    function test_a_challenge_meets_only_the_plan_it_names() public {
        bytes32 hash = _post(_plan());
        vm.startPrank(doubter);
        _expect(IOptimisticProposer.OptimisticProposer__WrongPlan.selector);
        proposer.challenge(address(vault), keccak256("another"));
        proposer.challenge(address(vault), hash);
        _expect(IOptimisticProposer.OptimisticProposer__WrongPlan.selector);
        proposer.challenge(address(vault), hash);
        _expect(IOptimisticProposer.OptimisticProposer__WrongPlan.selector);
        proposer.challenge(address(vault), 0);
    }
}
