// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOptimisticProposer} from "../../src/interfaces/IOptimisticProposer.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {ITimelock} from "../../src/interfaces/ITimelock.sol";
import {OptimisticFixture} from "../fixture/OptimisticFixture.sol";

contract OptimisticProposerStrikeTest is OptimisticFixture {
    function test_guardians_void_a_plan_at_any_time_and_its_bond_goes_back() public {
        address[2] memory guardians = [owner, sentinel];
        for (uint256 i; i < 2; ++i) {
            ISettler.Intent memory intent = _plan();
            bytes32 hash = _post(intent);
            _wait(WINDOW);
            vm.prank(guardians[i]);
            proposer.strike(address(vault), hash);
            assertEq(proposer.owed(money, poster), (i + 1) * BOND);
            _expect(IOptimisticProposer.OptimisticProposer__WrongPlan.selector);
            proposer.execute(intent);
        }
    }

    function test_anyone_else_only_once_it_is_over() public {
        bytes32 hash = _post(_plan());
        vm.startPrank(poster);
        _expect(ITimelock.Timelock__NotAllowed.selector);
        proposer.strike(address(vault), hash);
        vm.stopPrank();
        _wait(WINDOW + 2 days);
        vm.prank(stranger);
        proposer.strike(address(vault), hash);
        vm.prank(stranger);
        _expect(IOptimisticProposer.OptimisticProposer__WrongPlan.selector);
        proposer.strike(address(vault), hash);
        assertEq(proposer.owed(money, poster), BOND, "paid back once");
    }

    /// An intent of another strategist takes the nonce: the plan can never be executed and holds no place.
    function test_a_plan_that_was_overtaken_is_over() public {
        bytes32 hash = _post(_plan());
        ISettler.Intent memory other = _intent(3, 1, 100);
        vm.prank(address(proposer));
        settler.propose(other);
        (, bool over) = proposer.planOf(address(vault));
        assertTrue(over);
        vm.prank(stranger);
        proposer.strike(address(vault), hash);
        _post(_plan());
    }
}
