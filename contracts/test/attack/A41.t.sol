// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {IPyth} from "../../src/interfaces/IPyth.sol";
import {PythSource} from "../../src/sources/PythSource.sol";
import {PythFixture} from "../fixture/PythFixture.sol";
import {FixedExponentSource, WeakPythSource} from "../fixture/WeakSources.sol";
import {PythErrors} from "@pythnetwork/pyth-sdk-solidity/PythErrors.sol";

/// Whoever fills brings the price along, and so brings the signed one that suits him best: an old one, one from before the
/// last, one the market is unsure of, one in another exponent, or another token's.
contract A41Test is PythFixture {
    /// @dev Puts token 3 on a source that lacks one check.
    function _adoptWithout(WeakPythSource.Hole hole) internal {
        source = new WeakPythSource(IPyth(address(pyth)), ID, hole);
        _adopt(_listing());
    }

    /// @dev The vault buys token 3. The filler would like it to be dear: it was at $2,100, `age` seconds ago.
    function _pickOld(uint256 age) internal {
        bytes[] memory data = _data(ID, 2100e8, 0, -8, block.timestamp - age);
        vm.prank(stranger);
        source.update{value: FEE}(data);
    }

    /// @dev Nobody has brought a price for ten minutes.
    function _openQuietly() internal {
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
    }

    function test_a_price_from_before_the_window_is_refused() public {
        _adopt(_listing());
        _openQuietly();
        vm.expectRevert(PythErrors.PriceFeedNotFoundWithinRange.selector);
        this.pickOld(6);
        _expect(IOracleHub.OracleHub__NoPrice.selector);
        _fill(stranger, 1, 3, 4000e6);
    }

    function pickOld(uint256 age) external {
        _pickOld(age);
    }

    function test_control_without_a_window_the_best_price_of_the_day_is_taken() public {
        _adoptWithout(WeakPythSource.Hole.Window);
        _openQuietly();
        _pickOld(20);
        assertGt(_gainD18(1, 3, 4000e6), 225e18);
    }

    function test_a_price_from_before_the_last_one_is_refused() public {
        _adopt(_listing());
        _open(1, 3);
        vm.expectRevert(PythErrors.PriceFeedNotFoundWithinRange.selector);
        this.pickOld(3);
        assertLe(_gainD18(1, 3, 4000e6), _floorGainD18(1, 4000e6) + 1e16);
    }

    function test_control_out_of_order_the_better_one_is_taken() public {
        _adoptWithout(WeakPythSource.Hole.Order);
        _open(1, 3);
        _pickOld(3);
        assertGt(_gainD18(1, 3, 4000e6), 225e18);
    }

    /// @dev The vault sells token 3 while nobody knows what it is worth: $2,000 and 5 % either way. It is $2,100.
    function _openUnsure(uint64 conf) internal {
        _open(3, 1);
        vm.warp(block.timestamp + 1);
        bytes[] memory data = _data(ID, 2000e8, conf, -8, block.timestamp);
        vm.prank(stranger);
        source.update{value: FEE}(data);
    }

    function test_a_price_the_market_is_unsure_of_is_no_price() public {
        _adopt(_listing());
        _openUnsure(100e8);
        _expect(IOracleHub.OracleHub__NoPrice.selector);
        _fill(stranger, 3, 1, 2e18);
    }

    function test_control_an_unsure_price_costs_half_its_width() public {
        _adoptWithout(WeakPythSource.Hole.Confidence);
        _openUnsure(100e8);
        feeds[3].set(2100e8);
        assertGt(_gainD18(3, 1, 2e18), 230e18);
    }

    /// The edge of the widest interval that is taken for sure: what telling the middle of it costs at most.
    function test_at_the_edge_of_a_sure_price_a_fill_gains_its_width_beside_the_floor() public {
        _adopt(_listing());
        _openUnsure(10e8);
        feeds[3].set(2010e8);
        assertLe(_gainD18(3, 1, 2e18), 40e18 + 20e18);
    }

    /// @dev From now on the price comes as 2,000 * 10^-0. The vault sells token 3.
    function _changeExponent() internal returns (int256 gainD18) {
        _open(3, 1);
        vm.warp(block.timestamp + 1);
        bytes[] memory data = _data(ID, 2000, 0, 0, block.timestamp);
        vm.prank(stranger);
        source.update{value: FEE}(data);
        return _gainD18(3, 1, 2e18);
    }

    function test_another_exponent_is_the_same_price() public {
        _adopt(_listing());
        assertLe(_changeExponent(), _floorGainD18(3, 2e18) + 1);
    }

    function test_control_a_fixed_exponent_gives_the_token_away() public {
        source = new FixedExponentSource(IPyth(address(pyth)), ID);
        _adopt(_listing());
        assertGt(_changeExponent(), 3999e18);
    }

    function test_another_tokens_price_is_refused() public {
        _adopt(_listing());
        vm.warp(block.timestamp + 1);
        bytes[] memory data = _data("BTC / USD", 50_000e8, 0, -8, block.timestamp);
        vm.expectRevert(PythErrors.PriceFeedNotFoundWithinRange.selector);
        vm.prank(stranger);
        source.update{value: FEE}(data);
    }

    function test_an_unpaid_fee_is_refused() public {
        bytes[] memory data = _data(ID, 2000e8, 0, -8, block.timestamp);
        vm.expectRevert(abi.encodeWithSelector(PythSource.PythSource__FeeUnpaid.selector, FEE - 1, FEE));
        vm.prank(stranger);
        source.update{value: FEE - 1}(data);
    }

    function test_honest_a_filler_brings_the_newest_price_and_fills_at_it() public {
        _adopt(_listing());
        _open(1, 3);
        vm.warp(block.timestamp + 2);
        _bring(stranger, 1990, block.timestamp - 1);
        feeds[3].set(1990e8);
        assertApproxEqAbs(_gainD18(1, 3, 4000e6), 40e18, 1e16);
    }
}
