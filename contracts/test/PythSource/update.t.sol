// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IPyth} from "../../src/interfaces/IPyth.sol";
import {PythSource} from "../../src/sources/PythSource.sol";
import {PythFixture} from "../fixture/PythFixture.sol";
import {PythErrors} from "@pythnetwork/pyth-sdk-solidity/PythErrors.sol";

contract PythUpdateTest is PythFixture {
    function _answer() internal view returns (int256 answer) {
        (, answer,,,) = source.latestRoundData();
    }

    function _update(bytes[] memory data, uint256 paid) internal {
        vm.prank(stranger);
        source.update{value: paid}(data);
    }

    function testFuzz_answers_have_18_decimals_whatever_the_exponent(int64 price, int32 expo) public {
        price = int64(bound(price, 1, type(int64).max));
        expo = int32(bound(expo, -18, 0));
        _update(_data(ID, price, 0, expo, block.timestamp), FEE);
        assertEq(_answer(), int256(price) * int256(10 ** uint256(int256(18 + expo))));
        assertEq(source.decimals(), 18);
    }

    function testFuzz_other_exponents_are_refused(int32 expo) public {
        vm.assume(expo > 0 || expo < -18);
        bytes[] memory data = _data(ID, 1, 0, expo, block.timestamp);
        vm.expectRevert(abi.encodeWithSelector(PythSource.PythSource__BadPrice.selector, 1, expo));
        _update(data, FEE);
    }

    function test_the_edges_of_exponents_and_prices() public {
        int64[4] memory prices = [int64(1), 1, 1, 0];
        int32[4] memory expos = [int32(-19), 1, 0, 0];
        for (uint256 i; i < 4; ++i) {
            bytes[] memory data = _data(ID, prices[i], 0, expos[i], block.timestamp);
            bytes memory why = abi.encodeWithSelector(PythSource.PythSource__BadPrice.selector, prices[i], expos[i]);
            if (i != 2) vm.expectRevert(why);
            _update(data, FEE);
            vm.warp(block.timestamp + 1);
        }
        _update(_data(ID, 1, 0, -18, block.timestamp), FEE);
        assertEq(_answer(), 1);
    }

    function test_what_was_published_when_the_last_one_was_is_refused_at_the_end_of_the_window_as_well() public {
        for (uint256 i; i < 6; ++i) {
            vm.warp(START + 10 * i);
            _bring(alice, 2000, START + 10 * i);
            bytes[] memory data = _data(ID, 1, 0, 0, START + 10 * i);
            vm.warp(START + 11 * i);
            vm.expectRevert(PythErrors.PriceFeedNotFoundWithinRange.selector);
            _update(data, FEE);
        }
    }

    function testFuzz_a_price_is_above_zero(int64 price) public {
        price = int64(bound(price, type(int64).min, 0));
        bytes[] memory data = _data(ID, price, 0, -8, block.timestamp);
        vm.expectRevert(abi.encodeWithSelector(PythSource.PythSource__BadPrice.selector, price, int32(-8)));
        _update(data, FEE);
    }

    /// Only what was published after the last one, not in the future, and not longer ago than the window.
    function testFuzz_publish_times_rise_inside_the_window(uint256 first, uint256 second) public {
        first = bound(first, START - 5, START);
        second = bound(second, START - 10, START + 2);
        _bring(alice, 2000, first);
        bytes[] memory data = _data(ID, 1, 0, 0, second);
        bool good = second > first && second <= START && second >= START - 5;
        if (!good) vm.expectRevert(PythErrors.PriceFeedNotFoundWithinRange.selector);
        _update(data, FEE);
        (uint80 id,, uint256 startedAt, uint256 updatedAt, uint80 answeredIn) = source.latestRoundData();
        assertEq(updatedAt, good ? second : first);
        assertEq(startedAt, updatedAt);
        assertEq(id, updatedAt);
        assertEq(answeredIn, id);
    }

    function testFuzz_what_is_paid_beyond_the_fee_comes_back(uint256 paid) public {
        paid = paid % 2 == 0 ? bound(paid, 0, 2 * FEE) : bound(paid, 0, 1 ether);
        bytes[] memory data = _data(ID, 1, 0, 0, block.timestamp);
        if (paid < FEE) vm.expectRevert(abi.encodeWithSelector(PythSource.PythSource__FeeUnpaid.selector, paid, FEE));
        _update(data, paid);
        assertEq(stranger.balance, 1 ether - (paid < FEE ? 0 : FEE));
        assertEq(address(source).balance, 0);
    }

    function test_of_several_updates_this_price_is_found() public {
        bytes[] memory data = new bytes[](2);
        data[0] = _data("BTC / USD", 50_000e8, 0, -8, block.timestamp)[0];
        data[1] = _data(ID, 2000e8, 0, -8, block.timestamp)[0];
        vm.expectEmit(address(source));
        emit PythSource.Updated(2000e18, block.timestamp, true);
        _update(data, 2 * FEE);
    }

    function test_settings_have_limits() public {
        uint256[2][4] memory bad = [[uint256(0), 50], [uint256(61), 50], [uint256(5), 0], [uint256(5), 10_000]];
        for (uint256 i; i < 4; ++i) {
            vm.expectRevert(abi.encodeWithSelector(PythSource.PythSource__BadSettings.selector, bad[i][0], bad[i][1]));
            this.deploy(bad[i][0], bad[i][1]);
        }
        this.deploy(60, 9999);
        this.deploy(1, 1);
    }

    /// @dev From outside: forge deploys by a cheat code, whose revert would be the end of the test.
    function deploy(uint256 window, uint256 maxConfBps) external {
        new PythSource(IPyth(address(pyth)), ID, window, maxConfBps, "");
    }
}
