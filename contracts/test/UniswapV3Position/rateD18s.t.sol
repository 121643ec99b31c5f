// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {SqrtPrice} from "../../src/math/SqrtPrice.sol";
import {Lack, LiquidityFixture} from "../fixture/LiquidityFixture.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

contract UniswapV3PositionRateD18sTest is LiquidityFixture {
    uint256 internal shares;

    function setUp() public override {
        super.setUp();
        shares = _sharesFor(1_000_000);
        _enter(holder, shares);
    }

    function testFuzz_nobody_moves_it_by_trading(uint256 bps) public {
        uint256[] memory before = position.rateD18s();
        _moveTo(bound(bps, 2500, 40_000));
        uint256[] memory moved = position.rateD18s();
        assertEq(moved[0], before[0]);
        assertEq(moved[1], before[1]);
    }

    /// @return gainD18 by how much trading the pool away raises what a million's worth of shares counts for
    function _pump() internal returns (uint256 gainD18) {
        uint256 worthD18 = _rateWorthD18();
        _moveTo(20_000);
        return (_rateWorthD18() - worthD18) * shares / 1e18;
    }

    function test_a_pumped_pool_raises_nothing() public {
        assertEq(_pump(), 0);
    }

    function test_control_at_the_pools_own_price_a_pump_makes_a_tenth_out_of_nothing() public {
        _weaken(Lack.OracleRate);
        _enter(holder, shares);
        assertGt(_pump(), 100_000e18);
    }

    function testFuzz_it_is_the_least_that_a_share_can_bring(uint256 seed, uint256 bps, uint256 oracle) public {
        _openAny(seed);
        _enter(holder, shares = _sharesFor(1_000_000));
        _oracleMoves(zero, bound(oracle, 5000, 20_000));
        _moveTo(bound(bps, 5000, 20_000));
        (uint256 got0, uint256 got1) = _worthOut(holder);
        uint256 worthD18 = Math.mulDiv(_rateWorthD18(), shares, 1e18);
        assertGe(_usdD18(got0, got1) + _dustD18(2), worthD18 - worthD18 / 1e6);
    }

    function testFuzz_where_the_pool_agrees_it_is_what_the_shares_bring(uint256 oracle) public {
        _oracleMoves(one, bound(oracle, 5000, 20_000));
        _moveTo(10_000);
        position.collect();
        (uint256 got0, uint256 got1) = _worthOut(holder);
        uint256[] memory rates = position.rateD18s();
        assertApproxEqRel(rates[0] * shares / 1e18, got0, 1e10);
        assertApproxEqRel(rates[1] * shares / 1e18, got1, 1e10);
    }

    function test_collected_fees_are_in_it() public {
        _churn(9500);
        uint256[] memory before = position.rateD18s();
        position.collect();
        (uint256 fee0, uint256 fee1) = position.fees();
        uint256[] memory rates = position.rateD18s();
        assertEq(rates[0], before[0] + fee0 * 1e18 / shares);
        assertEq(rates[1], before[1] + fee1 * 1e18 / shares);
        assertGt(fee0 * fee1, 0);
    }

    function test_without_a_price_there_is_no_rate() public {
        vm.warp(block.timestamp + 2 hours);
        _expect(IOracleHub.OracleHub__NoPrice.selector);
        position.rateD18s();
    }

    /// A holder of the two tokens and one of the position: the price of token 0 moves to r times what it was.
    /// In the range the position is worth L (2 sqrt(p) - p / sqrt(b) - sqrt(a)) token 1, beyond it one token only.
    function testFuzz_what_it_loses_against_holding_is_the_formula(uint256 bps) public {
        (uint256 held0, uint256 held1) = _worthOut(holder);
        bps = bound(bps, 3000, 30_000);
        _oracleMoves(zero, bps);
        uint256 holdD18 = _usdD18(held0, held1);
        uint256 worthD18 = _rateWorthD18() * shares / 1e18;
        assertLe(worthD18, holdD18 + _dustD18(2), "never more than holding");
        assertApproxEqRel(worthD18, _formulaD18(), 1e10, "the formula");
        if (bps == 10_000) assertApproxEqRel(worthD18, holdD18, 1e12, "no move, no loss");
        // and the pool, once it has followed, pays just that
        _moveTo(10_000);
        (uint256 fee0, uint256 fee1) = _earned();
        (uint256 got0, uint256 got1) = _worthOut(holder);
        assertApproxEqRel(_usdD18(got0 - fee0, got1 - fee1), worthD18, 1e11);
    }

    /// @dev Over all prices it is the textbook's: 2 sqrt(r) / (1 + r) of what holding is worth.
    function testFuzz_over_all_prices_it_is_the_textbooks(uint256 bps) public {
        _open(1, 3, 400_000);
        _enter(holder, shares = _sharesFor(1_000_000));
        (uint256 held0, uint256 held1) = _worthOut(holder);
        bps = bound(bps, 3000, 30_000);
        _oracleMoves(zero, bps);
        uint256 ratioD18 = 2 * Math.sqrt(bps * 1e32) * 1e4 / (10_000 + bps);
        assertApproxEqRel(
            _rateWorthD18() * shares / 1e18, _usdD18(held0, held1) * ratioD18 / 1e18, 1e12, "2 sqrt(r) / (1 + r)"
        );
    }

    /// @dev The value in token 1's atoms, turned into dollars.
    function _formulaD18() private view returns (uint256) {
        uint256 low = SqrtPrice.atTick(position.tickLower());
        uint256 high = SqrtPrice.atTick(position.tickUpper());
        uint256 root = _oracleX96();
        uint256 atoms;
        if (root <= low) {
            uint256 amount0 = Math.mulDiv(shares, 1 << 96, low) - Math.mulDiv(shares, 1 << 96, high);
            return _worthD18(zero, amount0);
        }
        if (root >= high) {
            atoms = Math.mulDiv(shares, high - low, 1 << 96);
        } else {
            atoms = Math.mulDiv(shares, 2 * root - Math.mulDiv(root, root, high) - low, 1 << 96);
        }
        return _worthD18(one, atoms);
    }

    function _earned() private returns (uint256 fee0, uint256 fee1) {
        uint256 snapshot = vm.snapshotState();
        position.collect();
        (fee0, fee1) = position.fees();
        vm.revertToState(snapshot);
    }
}
