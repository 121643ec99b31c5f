// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {OptimisticFixture} from "../fixture/OptimisticFixture.sol";

contract OptimisticProposerWithdrawTest is OptimisticFixture {
    function test_it_pays_what_is_owed_once_to_whom_the_owed_says() public {
        uint256 id = _dispute();
        vm.prank(curator);
        proposer.resolve(id, false);
        vm.startPrank(doubter);
        assertEq(proposer.withdraw(money, alice), 3 * BOND / 2);
        assertEq(proposer.withdraw(money, alice), 0);
        vm.stopPrank();
        assertEq(money.balanceOf(alice), 3 * BOND / 2);
    }
}
