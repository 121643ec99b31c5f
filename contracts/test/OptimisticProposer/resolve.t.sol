// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOptimisticProposer} from "../../src/interfaces/IOptimisticProposer.sol";
import {ITimelock} from "../../src/interfaces/ITimelock.sol";
import {OptimisticFixture} from "../fixture/OptimisticFixture.sol";

contract OptimisticProposerResolveTest is OptimisticFixture {
    function testFuzz_the_winner_has_both_bonds_and_the_loser_none(bool sound) public {
        uint256 id = _dispute();
        vm.prank(curator);
        proposer.resolve(id, sound);
        (address winner, address loser) = sound ? (poster, doubter) : (doubter, poster);
        assertEq(proposer.owed(money, winner), 2 * BOND);
        assertEq(proposer.owed(money, loser), 0);
        vm.prank(curator);
        _expect(IOptimisticProposer.OptimisticProposer__NoDispute.selector);
        proposer.resolve(id, !sound);
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
