// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {UniswapV3Position} from "../../src/adapters/UniswapV3Position.sol";
import {IUniswapV3Position} from "../../src/interfaces/IUniswapV3Position.sol";
import {LiquidityFixture} from "../fixture/LiquidityFixture.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

contract UniswapV3PositionRedeemTest is LiquidityFixture {
    uint256 internal shares;

    function setUp() public override {
        super.setUp();
        shares = _sharesFor(1_000_000);
        _enter(holder, shares);
    }

    function testFuzz_anyone_takes_a_part_out_wherever_the_pool_is_and_without_an_oracle(uint256 part, uint256 bps)
        public
    {
        part = bound(part, 1, shares);
        _moveTo(bound(bps, 2500, 40_000));
        (uint256 all0, uint256 all1) = _worthOut(holder);
        vm.prank(address(holder));
        position.transfer(alice, part);
        vm.warp(block.timestamp + 365 days);
        vm.prank(alice);
        (uint256 got0, uint256 got1) = position.redeem(part, 0, 0, stranger);
        assertApproxEqAbs(got0, all0 * part / shares, 1);
        assertApproxEqAbs(got1, all1 * part / shares, 1);
        assertLe(got0, all0);
        assertLe(got1, all1);
        assertEq(position.balanceOf(alice), 0);
        assertEq(position.totalSupply(), shares - part);
    }

    function testFuzz_many_small_exits_never_pay_more_than_one(uint256 parts) public {
        parts = bound(parts, 2, 50);
        _churn(9500);
        (uint256 all0, uint256 all1) = _worthOut(holder);
        (uint256 sum0, uint256 sum1) = (0, 0);
        for (uint256 i = parts; i > 0; --i) {
            (uint256 got0, uint256 got1) = holder.redeem(position, position.balanceOf(address(holder)) / i);
            (sum0, sum1) = (sum0 + got0, sum1 + got1);
        }
        assertEq(position.totalSupply(), 0);
        assertLe(sum0, all0);
        assertLe(sum1, all1);
        assertApproxEqAbs(sum0, all0, 2 * parts);
        assertApproxEqAbs(sum1, all1, 2 * parts);
    }

    function test_it_keeps_the_callers_limits() public {
        (uint256 out0, uint256 out1) = _worthOut(holder);
        vm.startPrank(address(holder));
        _expect(IUniswapV3Position.UniswapV3Position__TooLittle.selector);
        position.redeem(shares, out0 + 1, out1, alice);
        _expect(IUniswapV3Position.UniswapV3Position__TooLittle.selector);
        position.redeem(shares, out0, out1 + 1, alice);
        position.redeem(shares, out0, out1, alice);
        vm.stopPrank();
        (uint256 got0, uint256 got1) = _held(alice);
        assertGe(got0, out0);
        assertGe(got1, out1);
    }

    function test_nobody_redeems_what_he_does_not_have() public {
        _expect(IERC20Errors.ERC20InsufficientBalance.selector);
        vm.prank(stranger);
        position.redeem(1, 0, 0, stranger);
        _expect(IUniswapV3Position.UniswapV3Position__ZeroShares.selector);
        holder.redeem(position, 0);
    }

    function test_a_position_says_what_it_is() public view {
        assertEq(position.share(), address(position));
        assertEq(position.assets()[0], pool.token0());
        assertEq(position.assets()[1], pool.token1());
        assertEq(position.decimals(), 12, "between 6 and 18");
        bytes32[] memory ids = position.riskIds();
        assertEq(ids[0], bytes32(uint256(uint160(pool.token0()))));
        assertEq(ids[1], bytes32(uint256(uint160(pool.token1()))));
        assertEq(ids[2], bytes32(uint256(uint160(address(uniswap)))));
        assertEq(ids[3], bytes32(uint256(uint160(address(pool)))));
    }

    function test_a_position_needs_a_range_and_a_narrow_gap() public {
        vm.expectRevert(
            abi.encodeWithSelector(IUniswapV3Position.UniswapV3Position__EmptyRange.selector, int24(200), int24(200))
        );
        this.deploy(200, 1);
        vm.expectRevert(abi.encodeWithSelector(IUniswapV3Position.UniswapV3Position__GapTooWide.selector, 301, 300));
        this.deploy(0, 301);
    }

    /// @dev From outside: forge deploys by a cheat code, whose revert would be the end of the test.
    function deploy(int24 lower, uint16 gapBps) external {
        new UniswapV3Position(pool, lower, 200, hub, gapBps, "", "");
    }
}
