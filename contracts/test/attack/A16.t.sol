// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IUniswapV3Pool} from "../../src/interfaces/IUniswapV3Pool.sol";
import {PoolSwaps} from "../../src/periphery/PoolSwaps.sol";
import {HookFixture} from "../fixture/HookFixture.sol";
import {Hook} from "../fixture/HookToken.sol";
import {PayingZapIn} from "../fixture/WeakPeriphery.sol";

/// @dev Swaps with a real pool and passes the pool's callback on to somebody else.
contract Spoofer {
    PoolSwaps private immutable _target;

    constructor(PoolSwaps target) {
        _target = target;
    }

    function swap(IUniswapV3Pool pool, address recipient, bytes calldata data) external {
        pool.swap(recipient, true, 1e6, 4_295_128_740, data);
    }

    function uniswapV3SwapCallback(int256 amount0, int256 amount1, bytes calldata data) external {
        _target.uniswapV3SwapCallback(amount0, amount1, data);
    }
}

/// A16: somebody calls a pool's callback without being the pool, or has a real pool call it in a swap of his own, to be
/// paid out of what a contract holds.
contract A16Test is HookFixture {
    /// @dev In the middle of Bob's swap, the thief asks to be paid as if he were the pool.
    function _plan(uint256 surplus, uint256) internal override {
        Hook.Call[] memory calls = new Hook.Call[](1);
        calls[0] = Hook.Call(address(zapIn), _bill(surplus));
        thief.plan(calls);
    }

    function _bill(uint256 amount) internal view returns (bytes memory) {
        return abi.encodeCall(PoolSwaps.uniswapV3SwapCallback, (int256(amount), 0, abi.encode(tokens[1])));
    }

    function testFuzz_nobody_is_paid_out_of_the_blue(address caller, int256 amount0, int256 amount1) public {
        // Nobody sends from the zero address, which is also what is kept while no pool is in use.
        vm.assume(caller != address(0));
        PoolSwaps[3] memory targets = [PoolSwaps(zapIn), zapOut, filler];
        for (uint256 i; i < 3; ++i) {
            tokens[1].mint(address(targets[i]), 1000e6);
            vm.expectRevert(abi.encodeWithSelector(PoolSwaps.PoolSwaps__Unexpected.selector, caller));
            vm.prank(caller);
            targets[i].uniswapV3SwapCallback(amount0, amount1, abi.encode(tokens[1]));
        }
    }

    function test_a_real_pool_that_somebody_else_swaps_with_is_not_paid() public {
        PoolSwaps[3] memory targets = [PoolSwaps(zapIn), zapOut, filler];
        IUniswapV3Pool pool = IUniswapV3Pool(filler.poolOf(address(tokens[1]), address(tokens[3]), 500));
        for (uint256 i; i < 3; ++i) {
            tokens[1].mint(address(targets[i]), 1000e6);
            Spoofer spoofer = new Spoofer(targets[i]);
            vm.expectRevert(abi.encodeWithSelector(PoolSwaps.PoolSwaps__Unexpected.selector, spoofer));
            spoofer.swap(pool, address(targets[i]), abi.encode(tokens[1]));
        }
    }

    function test_nobody_but_the_pool_is_paid_in_the_middle_of_a_swap() public {
        _generousZap();
        assertEq(thief.answers()[0], PoolSwaps.PoolSwaps__Unexpected.selector);
        _assertNothingStolen();
    }

    function test_honest_the_pool_in_use_is_paid() public {
        uint256 amount = 1000e6;
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        assertApproxEqRel(_fillBy(amount, 0, _one(_route(amount, 3, 500))), 0.5e18, 0.001e18);
    }

    function test_control_where_any_caller_is_paid_the_surplus_of_a_zap_is_stolen() public {
        zapIn = new PayingZapIn(address(uniswap), address(pairs));
        (uint256 surplus,) = _generousZap();
        assertEq(tokens[1].balanceOf(address(thief)), surplus);
        assertEq(_wealthD18(address(thief)), 10_000e18);
    }
}
