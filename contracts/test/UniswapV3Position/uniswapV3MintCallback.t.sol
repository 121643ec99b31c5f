// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IUniswapV3Position} from "../../src/interfaces/IUniswapV3Position.sol";
import {Lack, LiquidityFixture} from "../fixture/LiquidityFixture.sol";

/// A stranger calls what only the pool may call, to be paid out of the fees that belong to the shares.
contract UniswapV3PositionMintCallbackTest is LiquidityFixture {
    function _steal() internal returns (uint256 stolenD18) {
        _enter(holder, _sharesFor(1_000_000));
        _churn(9000);
        position.collect();
        (uint256 fee0, uint256 fee1) = position.fees();
        position.uniswapV3MintCallback(fee0, fee1, "");
        (uint256 got0, uint256 got1) = _held(address(this));
        return _usdD18(got0, got1);
    }

    function test_only_the_pool_is_paid_and_only_while_it_mints() public {
        address[2] memory callers = [stranger, address(pool)];
        for (uint256 i; i < 2; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(IUniswapV3Position.UniswapV3Position__Unexpected.selector, callers[i])
            );
            vm.prank(callers[i]);
            position.uniswapV3MintCallback(1, 1, "");
        }
        _enter(holder, _sharesFor(1_000_000));
    }

    function test_control_without_the_check_anybody_is_paid_the_fees() public {
        _weaken(Lack.Payee);
        assertGt(_steal(), 1000e18);
    }
}
