// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOptimisticProposer} from "../../src/interfaces/IOptimisticProposer.sol";
import {OptimisticFixture} from "../fixture/OptimisticFixture.sol";

contract OptimisticProposerAbandonTest is OptimisticFixture {
    function test_a_dispute_that_nobody_judges_ends_with_both_bonds_back() public {
        uint256 id = _dispute();
        _wait(proposer.PATIENCE());
        vm.prank(stranger);
        proposer.abandon(id);
        assertEq(proposer.owed(money, poster), BOND);
        assertEq(proposer.owed(money, doubter), BOND);
        vm.prank(curator);
        _expect(IOptimisticProposer.OptimisticProposer__NoDispute.selector);
        proposer.resolve(id, true);
    }

    function testFuzz_the_curator_has_its_time_first(uint40 early) public {
        uint256 id = _dispute();
        _wait(bound(early, 0, proposer.PATIENCE() - 1));
        _expect(IOptimisticProposer.OptimisticProposer__NoDispute.selector);
        proposer.abandon(id);
    }
}
