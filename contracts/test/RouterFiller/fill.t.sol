// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {IUniswapV2Pair} from "../../src/interfaces/IUniswapV2Pair.sol";
import {IUniswapV3Pool} from "../../src/interfaces/IUniswapV3Pool.sol";
import {PoolSwaps} from "../../src/periphery/PoolSwaps.sol";
import {RouterFiller} from "../../src/periphery/RouterFiller.sol";
import {VaultFiller} from "../../src/periphery/VaultFiller.sol";
import {UniswapFixture} from "../fixture/UniswapFixture.sol";

/// @dev Fills twice in one transaction.
contract Twice {
    function fill(RouterFiller filler, address vault, address sell, address buy, PoolSwaps.Route[] calldata routes)
        external
        returns (uint256 first, uint256 second)
    {
        uint256 amount = routes[0].amountIn;
        first = filler.fill(vault, sell, buy, amount, 0, block.timestamp, routes);
        second = filler.fill(vault, sell, buy, amount, 0, block.timestamp, routes);
    }
}

contract RouterFillerTest is UniswapFixture {
    function setUp() public override {
        super.setUp();
        _pair(1, 3, 10_000_000);
        _pair(1, 2, 10_000_000);
        _propose(_intent(1, 3, 1000));
        vm.warp(block.timestamp + 10 minutes);
    }

    function test_the_pools_are_where_the_factory_put_them() public view {
        assertEq(
            filler.poolOf(address(tokens[1]), address(tokens[3]), 500),
            uniswap.getPool(address(tokens[1]), address(tokens[3]), 500)
        );
        assertEq(
            filler.poolOf(address(tokens[3]), address(tokens[1]), V2),
            pairs.getPair(address(tokens[1]), address(tokens[3]))
        );
    }

    function testFuzz_a_pair_gives_the_vault_the_most_that_it_gives_anybody(uint256 amount) public {
        amount = bound(amount, 1e6, 19_000e6);
        uint256 snapshot = vm.snapshotState();
        uint256 received = _fillBy(amount, 0, _one(_route(amount, 3, V2)));
        _assertFillerClean();
        vm.revertToState(snapshot);
        IUniswapV2Pair pair = IUniswapV2Pair(filler.poolOf(address(tokens[1]), address(tokens[3]), V2));
        tokens[1].mint(address(pair), amount);
        bool buysFirst = address(tokens[3]) < address(tokens[1]);
        vm.expectRevert("UniswapV2: K");
        pair.swap(buysFirst ? received + 1 : 0, buysFirst ? 0 : received + 1, stranger, "");
    }

    function testFuzz_the_vault_gets_all_that_the_pool_gives(uint256 amount) public {
        amount = bound(amount, 1e6, 19_000e6);
        uint256 quoted = _quote(1, 3, amount);
        uint256 before = tokens[3].balanceOf(address(vault));
        uint256 received = _fillBy(amount, 0, _one(_route(amount, 3, 500)));
        assertEq(tokens[3].balanceOf(address(vault)), before + received);
        assertGt(received, quoted, "the pool's price is better than the floor: the difference is the vault's");
        _assertFillerClean();
    }

    function test_a_sale_may_be_split_over_two_pools() public {
        PoolSwaps.Route[] memory routes = new PoolSwaps.Route[](2);
        routes[0] = _route(8000e6, 3, 500);
        routes[1] = _route(2000e6, 3, 3000);
        uint256 received = _fillBy(10_000e6, 0, routes);
        assertApproxEqRel(received, 5e18, 0.003e18);
        _assertFillerClean();
    }

    function test_a_sale_may_go_through_a_third_token() public {
        PoolSwaps.Route memory route = PoolSwaps.Route(10_000e6, new PoolSwaps.Hop[](2));
        route.hops[0] = PoolSwaps.Hop(address(tokens[2]), 500);
        route.hops[1] = PoolSwaps.Hop(address(tokens[3]), 3000);
        uint256 received = _fillBy(10_000e6, 0, _one(route));
        assertApproxEqRel(received, 5e18, 0.006e18);
        _assertFillerClean();
    }

    function test_a_sale_may_be_split_over_pairs_and_pools_in_several_hops() public {
        PoolSwaps.Route[] memory routes = new PoolSwaps.Route[](3);
        routes[0] = _route(5000e6, 3, 500);
        routes[1] = _route(2000e6, 3, V2);
        routes[2] = PoolSwaps.Route(3000e6, new PoolSwaps.Hop[](2));
        routes[2].hops[0] = PoolSwaps.Hop(address(tokens[2]), V2);
        routes[2].hops[1] = PoolSwaps.Hop(address(tokens[3]), 3000);
        uint256 before = tokens[3].balanceOf(address(vault));
        uint256 received = _fillBy(10_000e6, 0, routes);
        assertEq(tokens[3].balanceOf(address(vault)), before + received);
        assertApproxEqRel(received, 5e18, 0.004e18);
        _assertFillerClean();
    }

    function test_one_transaction_may_fill_twice() public {
        (address sell, address buy) = (address(tokens[1]), address(tokens[3]));
        (uint256 first, uint256 second) =
            (new Twice()).fill(filler, address(vault), sell, buy, _one(_route(1000e6, 3, 500)));
        assertLt(second, first);
        assertApproxEqRel(second, first, 0.0002e18);
    }

    function test_the_callers_own_floor_holds() public {
        uint256 snapshot = vm.snapshotState();
        uint256 received = _fillBy(10_000e6, 0, _one(_route(10_000e6, 3, 500)));
        vm.revertToState(snapshot);
        _expect(VaultFiller.VaultFiller__TooLittle.selector);
        _fillBy(10_000e6, received + 1, _one(_route(10_000e6, 3, 500)));
        assertEq(_fillBy(10_000e6, received, _one(_route(10_000e6, 3, 500))), received);
    }

    function test_a_late_fill_is_refused() public {
        _expect(VaultFiller.VaultFiller__Expired.selector);
        filler.fill(
            address(vault),
            address(tokens[1]),
            address(tokens[3]),
            1e6,
            0,
            block.timestamp - 1,
            _one(_route(1e6, 3, 500))
        );
    }

    function test_routes_use_up_exactly_what_is_sold() public {
        _expect(RouterFiller.RouterFiller__AmountsDoNotSum.selector);
        _fillBy(10_000e6, 0, _one(_route(9999e6, 3, 500)));
        vm.expectRevert();
        _fillBy(10_000e6, 0, _one(_route(10_001e6, 3, 500)));
    }

    function test_a_route_ends_in_the_bought_token() public {
        _expect(RouterFiller.RouterFiller__WrongEnd.selector);
        _fillBy(10_000e6, 0, _one(_route(10_000e6, 2, 500)));
    }

    function test_a_pool_that_does_not_exist_is_named() public {
        _expect(PoolSwaps.PoolSwaps__NoPool.selector);
        _fillBy(10_000e6, 0, _one(_route(10_000e6, 3, 10_000)));
        _expect(PoolSwaps.PoolSwaps__NoPool.selector);
        _fillBy(10_000e6, 0, _one(_route(10_000e6, 4, V2)));
    }

    function test_a_pool_that_runs_dry_fills_nothing() public {
        IUniswapV3Pool pool = IUniswapV3Pool(uniswap.createPool(address(tokens[1]), address(tokens[3]), 10_000));
        (uint160 price, int24 tick,,,,,) =
            IUniswapV3Pool(uniswap.getPool(address(tokens[1]), address(tokens[3]), 500)).slot0();
        pool.initialize(price);
        int24 near = tick / 200 * 200;
        actor.add(pool, near - 400, near + 400, 1e12);
        _expect(PoolSwaps.PoolSwaps__PartialSwap.selector);
        _fillBy(10_000e6, 0, _one(_route(10_000e6, 3, 10_000)));
    }

    function test_a_pool_pushed_below_the_floor_fills_nothing() public {
        IUniswapV3Pool pool = IUniswapV3Pool(uniswap.getPool(address(tokens[1]), address(tokens[3]), 500));
        (uint160 price,,,,,,) = pool.slot0();
        // asset 3 three per cent dearer: the square root moves by 1.5 %
        bool first = address(tokens[1]) < address(tokens[3]);
        actor.moveTo(pool, first ? price * 985 / 1000 : price * 1015 / 1000);
        _expect(IBasketVault.BasketVault__Underpaid.selector);
        _fillBy(10_000e6, 0, _one(_route(10_000e6, 3, 500)));
    }

    function test_only_the_vault_being_filled_calls_back() public {
        _expect(VaultFiller.VaultFiller__Unexpected.selector);
        vm.prank(address(vault));
        filler.onFill(address(tokens[1]), address(tokens[3]), 1, 1, abi.encode(new PoolSwaps.Route[](0)));
    }

    function test_only_the_pool_being_used_is_paid() public {
        tokens[1].mint(address(filler), 1e6);
        address pool = uniswap.getPool(address(tokens[1]), address(tokens[3]), 500);
        address[3] memory callers = [stranger, address(this), pool];
        for (uint256 i; i < 3; ++i) {
            _expect(PoolSwaps.PoolSwaps__Unexpected.selector);
            vm.prank(callers[i]);
            filler.uniswapV3SwapCallback(1e6, 0, abi.encode(tokens[1]));
        }
    }

    function test_a_vault_that_is_none_is_not_filled() public {
        _expect(ISettler.Settler__NotLive.selector);
        filler.fill(
            address(this), address(tokens[1]), address(tokens[3]), 1, 0, block.timestamp, new PoolSwaps.Route[](0)
        );
    }
}
