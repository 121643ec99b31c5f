// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOptimisticProposer} from "../../src/interfaces/IOptimisticProposer.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {OptimisticFixture} from "../fixture/OptimisticFixture.sol";

contract OptimisticProposerExecuteTest is OptimisticFixture {
    function test_a_plan_that_nobody_challenged_is_proposed_by_anyone_and_filled() public {
        ISettler.Intent memory intent = _plan();
        bytes32 hash = _post(intent);
        _wait(WINDOW);
        vm.prank(stranger);
        proposer.execute(intent);
        assertEq(settler.intentHashOf(address(vault)), hash);
        assertEq(_nonce(), 1);
        assertGt(_fill(stranger, 1, 3, 1000e6), 0);
        vm.prank(poster);
        assertEq(proposer.withdraw(money, poster), BOND);
        _expect(IOptimisticProposer.OptimisticProposer__WrongPlan.selector);
        proposer.execute(intent);
    }

    function testFuzz_never_before_its_window_is_over(uint32 early) public {
        ISettler.Intent memory intent = _plan();
        _post(intent);
        _wait(bound(early, 0, WINDOW - 1));
        _expect(IOptimisticProposer.OptimisticProposer__WrongTime.selector);
        proposer.execute(intent);
    }

    function testFuzz_from_the_moment_it_is_due_to_the_last_before_it_expires(bool last) public {
        ISettler.Intent memory intent = _plan();
        _post(intent);
        (IOptimisticProposer.Plan memory plan,) = proposer.planOf(address(vault));
        _wait((last ? plan.expiresAt : plan.readyAt) - block.timestamp);
        proposer.execute(intent);
        assertEq(_nonce(), 1);
    }

    function test_never_after_it_expired() public {
        ISettler.Intent memory intent = _plan();
        _post(intent);
        (IOptimisticProposer.Plan memory plan,) = proposer.planOf(address(vault));
        _wait(plan.expiresAt - block.timestamp + 1);
        _expect(IOptimisticProposer.OptimisticProposer__WrongTime.selector);
        proposer.execute(intent);
    }

    /// Whatever field differs from what was posted, the hash does, and nothing is proposed.
    function testFuzz_only_what_was_posted_byte_for_byte(uint8 field) public {
        ISettler.Intent memory intent = _plan();
        _post(intent);
        _wait(WINDOW);
        field %= 11;
        if (field == 0) intent.nonce += 1;
        else if (field == 1) intent.notBefore += 1;
        else if (field == 2) intent.deadline += 1;
        else if (field == 3) intent.rule = address(rule);
        else if (field == 4) intent.modelCommit = 0;
        else if (field == 5) intent.dataRoot = 0;
        else if (field == 6) intent.startPremBps += 1;
        else if (field == 7) intent.floorDiscBps -= 1;
        else if (field == 8) intent.decay += 1;
        else if (field == 9) intent.legs[0].buyUpTo -= 1;
        else intent.chainId += 1;
        _expect(IOptimisticProposer.OptimisticProposer__WrongPlan.selector);
        proposer.execute(intent);
        assertEq(_nonce(), 0);
    }

    /// Prices moved so far that the settler refuses: the plan waits, expires, and its bond goes back.
    function test_a_plan_that_the_settler_refuses_costs_its_poster_nothing() public {
        ISettler.Intent memory intent = _intent(1, 3, 5000);
        intent.notBefore = uint32(block.timestamp) + WINDOW;
        intent.deadline = intent.notBefore + 1 hours;
        bytes32 hash = _post(intent);
        _wait(WINDOW);
        feeds[3].set(1000e8);
        _expect(ISettler.Settler__TargetOffNav.selector);
        proposer.execute(intent);
        _wait(2 hours);
        vm.prank(stranger);
        proposer.strike(address(vault), hash);
        assertEq(proposer.owed(money, poster), BOND);
    }
}
