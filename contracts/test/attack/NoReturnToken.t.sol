// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {TestToken} from "../../src/demo/TestToken.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {NoReturnToken} from "../fixture/NoReturnToken.sol";

contract NoReturnTokenTest is Fixture {
    function _newToken(uint256 i) internal override returns (TestToken) {
        return TestToken(address(new NoReturnToken(decimals()[i])));
    }

    function test_tokens_that_return_nothing_are_held_sold_and_paid_out() public {
        vm.prank(stranger);
        vault.mint(1e18, _none(), stranger);
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        _fill(stranger, 1, 3, 1000e6);
        vm.prank(stranger);
        uint256[] memory paid = vault.redeem(1e18, _none(), stranger);
        assertApproxEqAbs(paid[1], 199e6, 0.002e9);
    }
}
