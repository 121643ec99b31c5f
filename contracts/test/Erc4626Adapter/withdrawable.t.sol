// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {PositionFixture} from "../fixture/PositionFixture.sol";

contract Erc4626AdapterWithdrawableTest is PositionFixture {
    function testFuzz_it_is_the_smaller_of_worth_and_cash(uint256 shares, uint256 left) public {
        uint256 i = 1;
        _drain(i, bound(left, 0, 500_000e6));
        shares = bound(shares, 0, 1_000_000e6);
        uint256 worth = sleeves[i].convertToAssets(shares);
        uint256 cash = tokens[i].balanceOf(_aToken(i));
        uint256 got = sleeveAdapters[i].withdrawable(shares)[0];
        if (worth > cash) assertEq(got, cash);
        else assertApproxEqAbs(got, worth, 1);
        assertLe(got, worth);
    }

    function test_two_adapters_share_the_risks_they_name_alike() public view {
        bytes32[] memory a = sleeveAdapters[1].riskIds();
        bytes32[] memory b = sleeveAdapters[2].riskIds();
        bytes32[] memory c = idleAdapters[1].riskIds();
        assertEq(a[1], b[1], "the protocol");
        assertEq(a[0], c[0], "the asset");
        assertTrue(a[0] != b[0] && a[1] != c[1] && a[2] != b[2] && a[2] != c[2]);
        assertEq(sleeveAdapters[1].assets().length, 1);
        assertEq(sleeveAdapters[1].assets()[0], address(tokens[1]));
        assertEq(sleeveAdapters[1].share(), address(sleeves[1]));
    }
}
