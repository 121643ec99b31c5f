// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOptimisticProposer} from "../../src/interfaces/IOptimisticProposer.sol";
import {ITimelock} from "../../src/interfaces/ITimelock.sol";
import {OptimisticFixture} from "../fixture/OptimisticFixture.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

contract OptimisticProposerConfigureTest is OptimisticFixture {
    function test_the_first_terms_count_at_once_and_others_after_the_delay() public {
        IOptimisticProposer.Terms memory lower = terms();
        lower.bond = 1;
        vm.startPrank(curator);
        _expect(ITimelock.Timelock__NotReady.selector);
        proposer.configure(address(vault), lower);
        proposer.queue(abi.encodeCall(IOptimisticProposer.configure, (address(vault), lower)));
        vm.warp(block.timestamp + policy.delay());
        proposer.configure(address(vault), lower);
        assertEq(proposer.termsOf(address(vault)).bond, 1);
    }

    function test_nobody_but_the_vaults_own_sets_them() public {
        address[4] memory others = [strategist, sentinel, poster, address(proposer)];
        for (uint256 i; i < 4; ++i) {
            vm.prank(others[i]);
            _expect(ITimelock.Timelock__NotAllowed.selector);
            proposer.configure(address(vault), terms());
        }
    }

    function testFuzz_terms_without_a_bond_a_token_or_a_window_are_refused(uint8 which, uint32 window) public {
        IOptimisticProposer.Terms memory bad = terms();
        which %= 3;
        if (which == 0) bad.bond = 0;
        else if (which == 1) bad.token = IERC20(makeAddr("no code"));
        else bad.window = window % 2 == 0 ? window % 30 minutes : uint32(bound(window, 7 days + 1, type(uint32).max));
        proposer = _newProposer();
        vm.prank(curator);
        vm.expectRevert(abi.encodeWithSelector(IOptimisticProposer.OptimisticProposer__BadTerms.selector, bad));
        proposer.configure(address(vault), bad);
    }

    function test_an_open_plan_keeps_the_terms_it_was_posted_under() public {
        IOptimisticProposer.Terms memory dearer = terms();
        dearer.bond = 50 * BOND;
        vm.prank(curator);
        proposer.queue(abi.encodeCall(IOptimisticProposer.configure, (address(vault), dearer)));
        _wait(1 days);
        bytes32 hash = _post(_plan());
        vm.prank(curator);
        proposer.configure(address(vault), dearer);
        vm.prank(doubter);
        proposer.challenge(address(vault), hash);
        assertEq(money.balanceOf(address(proposer)), 2 * BOND);
    }
}
