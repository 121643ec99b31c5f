// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOptimisticProposer} from "../../src/interfaces/IOptimisticProposer.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {FeeToken} from "../fixture/FeeToken.sol";
import {OptimisticFixture} from "../fixture/OptimisticFixture.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

contract OptimisticProposerPostTest is OptimisticFixture {
    function test_only_the_hash_of_a_plan_is_kept_and_the_bond_is_taken() public {
        ISettler.Intent memory intent = _plan();
        bytes32 hash = _post(intent);
        assertEq(hash, settler.hashIntent(intent));
        (IOptimisticProposer.Plan memory plan, bool over) = proposer.planOf(address(vault));
        assertEq(plan.intentHash, hash);
        assertEq(plan.by, poster);
        assertEq(plan.readyAt, block.timestamp + WINDOW);
        assertFalse(over);
        assertEq(money.balanceOf(address(proposer)), BOND);
        assertEq(_nonce(), 0, "nothing is proposed yet");
    }

    function test_a_second_plan_waits_until_the_first_is_over() public {
        bytes32 first = _post(_plan());
        ISettler.Intent memory second = _plan();
        second.floorDiscBps = 1;
        (IOptimisticProposer.Plan memory plan,) = proposer.planOf(address(vault));
        vm.prank(doubter);
        vm.expectRevert(
            abi.encodeWithSelector(
                IOptimisticProposer.OptimisticProposer__PlanOpen.selector, address(vault), first, plan.expiresAt
            )
        );
        proposer.post(second);
        _wait(plan.expiresAt - block.timestamp + 1);
        second = _plan();
        vm.prank(doubter);
        proposer.post(second);
        assertEq(proposer.owed(money, poster), BOND, "an expired plan costs nothing");
    }

    function test_a_challenge_frees_the_place_at_once() public {
        _dispute();
        _post(_plan());
    }

    function testFuzz_no_plan_holds_the_place_longer_than_the_window_and_the_grace(uint32 deadline) public {
        ISettler.Intent memory intent = _plan();
        intent.deadline = uint32(bound(deadline, block.timestamp + WINDOW + 1, type(uint32).max));
        _post(intent);
        (IOptimisticProposer.Plan memory plan,) = proposer.planOf(address(vault));
        assertLe(plan.expiresAt, block.timestamp + WINDOW + proposer.GRACE());
        assertLe(plan.expiresAt, intent.deadline);
    }

    function testFuzz_a_plan_of_another_chain_nonce_or_time_is_refused(uint8 which) public {
        ISettler.Intent memory intent = _plan();
        which %= 4;
        if (which == 0) intent.chainId += 1;
        else if (which == 1) intent.nonce += 1;
        else if (which == 2) intent.nonce = 0;
        else intent.deadline = uint32(block.timestamp) + WINDOW;
        _expect(IOptimisticProposer.OptimisticProposer__BadIntent.selector);
        _post(intent);
    }

    function test_a_vault_without_terms_takes_no_plan() public {
        ISettler.Intent memory intent = _plan();
        intent.vault = address(this);
        _expect(IOptimisticProposer.OptimisticProposer__MayNotPost.selector);
        _post(intent);
    }

    function test_where_a_poster_is_named_nobody_else_may_post() public {
        IOptimisticProposer.Terms memory changed = terms();
        changed.poster = poster;
        _reconfigure(changed);
        ISettler.Intent memory intent = _plan();
        vm.prank(doubter);
        _expect(IOptimisticProposer.OptimisticProposer__MayNotPost.selector);
        proposer.post(intent);
        _post(intent);
    }

    function test_a_bond_that_charges_on_transfer_is_refused() public {
        FeeToken fee = new FeeToken(6, address(this));
        fee.charge(FeeToken.Fee.FromReceiver);
        fee.mint(poster, 10 * BOND);
        vm.prank(poster);
        fee.approve(address(proposer), type(uint256).max);
        IOptimisticProposer.Terms memory changed = terms();
        changed.token = IERC20(address(fee));
        _reconfigure(changed);
        ISettler.Intent memory intent = _plan();
        _expect(IOptimisticProposer.OptimisticProposer__BondNotPaid.selector);
        _post(intent);
    }

    function _reconfigure(IOptimisticProposer.Terms memory changed) private {
        vm.prank(curator);
        proposer.queue(abi.encodeCall(IOptimisticProposer.configure, (address(vault), changed)));
        _wait(1 days);
        vm.prank(curator);
        proposer.configure(address(vault), changed);
    }
}
