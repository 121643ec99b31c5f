// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {PoolActor} from "../../src/demo/PoolActor.sol";
import {IUniswapV3Pool} from "../../src/interfaces/IUniswapV3Pool.sol";
import {UniswapFixture} from "../fixture/UniswapFixture.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

contract PoolActorTest is UniswapFixture {
    IUniswapV3Pool internal pool;

    function setUp() public override {
        super.setUp();
        pool = IUniswapV3Pool(uniswap.getPool(address(tokens[1]), address(tokens[3]), 500));
    }

    function testFuzz_one_transaction_moves_a_pool_to_a_price(uint256 permille) public {
        (uint160 before,,,,,,) = pool.slot0();
        uint160 wanted = uint160(uint256(before) * bound(permille, 700, 1400) / 1000);
        (int256 amount0, int256 amount1) = actor.moveTo(pool, wanted);
        (uint160 reached,,,,,,) = pool.slot0();
        assertEq(reached, wanted);
        if (wanted > before) assertTrue(amount1 > 0 && amount0 < 0);
        if (wanted < before) assertTrue(amount0 > 0 && amount1 < 0);
    }

    function test_liquidity_comes_and_goes() public {
        uint256 before = tokens[1].balanceOf(address(actor));
        (uint256 paid0, uint256 paid1) = actor.add(pool, -887_270, 887_270, 1e12);
        (uint256 back0, uint256 back1) = actor.remove(pool, -887_270, 887_270, 1e12);
        assertApproxEqAbs(back0, paid0, 1);
        assertApproxEqAbs(back1, paid1, 1);
        assertApproxEqAbs(tokens[1].balanceOf(address(actor)), before, 1);
        actor.send(tokens[1], alice, 5);
        assertApproxEqAbs(tokens[1].balanceOf(address(actor)), before - 5, 1);
    }

    function test_only_the_owner_acts() public {
        vm.startPrank(stranger);
        _expect(Ownable.OwnableUnauthorizedAccount.selector);
        actor.moveTo(pool, 1 << 96);
        _expect(Ownable.OwnableUnauthorizedAccount.selector);
        actor.send(tokens[1], stranger, 1);
        _expect(Ownable.OwnableUnauthorizedAccount.selector);
        actor.add(pool, -10, 10, 1);
        _expect(Ownable.OwnableUnauthorizedAccount.selector);
        actor.remove(pool, -10, 10, 1);
    }

    function test_only_the_pool_in_use_is_paid() public {
        vm.startPrank(address(pool));
        _expect(PoolActor.PoolActor__Unexpected.selector);
        actor.uniswapV3SwapCallback(1, 0, "");
        _expect(PoolActor.PoolActor__Unexpected.selector);
        actor.uniswapV3MintCallback(1, 1, "");
    }
}
