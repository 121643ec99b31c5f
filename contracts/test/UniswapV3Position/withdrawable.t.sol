// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {LiquidityFixture} from "../fixture/LiquidityFixture.sol";

contract UniswapV3PositionWithdrawableTest is LiquidityFixture {
    function testFuzz_it_promises_neither_more_than_the_pool_pays_nor_more_than_the_rates(uint256 part, uint256 bps)
        public
    {
        uint256 shares = _sharesFor(1_000_000);
        _enter(holder, shares);
        _moveTo(bound(bps, 2500, 40_000));
        position.collect();
        part = bound(part, 1, shares);
        uint256[] memory amounts = position.withdrawable(part);
        uint256[] memory rates = position.rateD18s();
        assertLe(amounts[0], rates[0] * part / 1e18 + 1);
        assertLe(amounts[1], rates[1] * part / 1e18 + 1);
        (uint256 got0, uint256 got1) = holder.redeem(position, part);
        assertLe(amounts[0], got0 + 1);
        assertLe(amounts[1], got1 + 1);
        assertTrue(
            amounts[0] + 1 >= got0 || amounts[0] + 2 >= rates[0] * part / 1e18, "the lesser of the two, not less"
        );
    }
}
