// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Erc4626Adapter} from "../../src/adapters/Erc4626Adapter.sol";
import {IAdapter} from "../../src/interfaces/IAdapter.sol";
import {PositionFixture} from "../fixture/PositionFixture.sol";
import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";

contract Erc4626AdapterConvertTest is PositionFixture {
    function _assertClean(Erc4626Adapter adapter) internal view {
        IERC20 asset = IERC20(adapter.asset());
        assertEq(asset.balanceOf(address(adapter)), 0);
        assertEq(IERC20(adapter.share()).balanceOf(address(adapter)), 0);
        assertEq(asset.allowance(address(adapter), adapter.share()), 0);
    }

    function _goInAndOut(Erc4626Adapter adapter, uint256 i, uint256 amount, uint256 part) private {
        IERC4626 share = IERC4626(adapter.share());
        amount = bound(amount, 100, amounts()[i]);
        tokens[i].mint(address(converter), amount);
        uint256 expected = share.previewDeposit(amount);
        _convert(adapter, -int256(amount), 1);
        assertEq(share.balanceOf(address(converter)), expected);
        assertEq(tokens[i].balanceOf(address(converter)), 0);
        _assertClean(adapter);
        part = bound(part, 1, expected);
        uint256 paid = share.previewRedeem(part);
        _convert(adapter, 0, -int256(part));
        assertEq(share.balanceOf(address(converter)), expected - part);
        assertEq(tokens[i].balanceOf(address(converter)), paid);
        _assertClean(adapter);
    }

    function testFuzz_all_that_is_sent_is_converted_and_comes_back_to_the_sender(uint256 amount, uint256 part) public {
        for (uint256 i; i < tokens.length; ++i) {
            _goInAndOut(sleeveAdapters[i], i, amount, part);
            uint256 left = tokens[i].balanceOf(address(converter));
            vm.prank(address(converter));
            tokens[i].transfer(address(1), left);
            _goInAndOut(idleAdapters[i], i, amount, part);
        }
    }

    function test_the_tokens_may_come_in_either_order() public {
        (address[] memory list, int256[] memory deltas) = (new address[](2), new int256[](2));
        (list[1], list[0]) = (address(tokens[1]), address(idles[1]));
        (deltas[1], deltas[0]) = (-5, int256(0));
        tokens[1].mint(address(converter), 5);
        converter.convert(idleAdapters[1], list, deltas);
        assertEq(idles[1].balanceOf(address(converter)), 5);
    }

    function _refuse(address[] memory list, int256[] memory deltas) private {
        vm.expectRevert(abi.encodeWithSelector(IAdapter.Adapter__BadConversion.selector, list, deltas));
        idleAdapters[1].onConvert(list, deltas, "");
    }

    function testFuzz_what_is_no_conversion_of_this_position_is_refused(int256 a, int256 b) public {
        address[] memory list = new address[](2);
        int256[] memory deltas = new int256[](2);
        (list[0], list[1]) = (address(tokens[1]), address(idles[1]));
        (deltas[0], deltas[1]) = (a, b);
        if (a < 0 == b < 0) _refuse(list, deltas);
        (deltas[0], deltas[1]) = (-1, int256(1));
        list[1] = list[0];
        _refuse(list, deltas);
        (list[0], list[1]) = (address(idles[1]), address(tokens[2]));
        _refuse(list, deltas);
        _refuse(new address[](1), new int256[](1));
        _refuse(list, new int256[](3));
    }

    function test_nobody_gets_what_they_did_not_send() public {
        (address[] memory list, int256[] memory deltas) = (new address[](2), new int256[](2));
        (list[0], list[1]) = (address(tokens[1]), address(idles[1]));
        (deltas[0], deltas[1]) = (int256(1e6), -1e6);
        _expect(ERC4626.ERC4626ExceededMaxRedeem.selector);
        idleAdapters[1].onConvert(list, deltas, "");
        (deltas[0], deltas[1]) = (-1e6, int256(1e6));
        _expect(IERC20Errors.ERC20InsufficientBalance.selector);
        idleAdapters[1].onConvert(list, deltas, "");
    }
}
