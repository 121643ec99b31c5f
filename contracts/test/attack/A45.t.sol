// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {PoolActor} from "../../src/demo/PoolActor.sol";
import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {IUniswapV3Pool} from "../../src/interfaces/IUniswapV3Pool.sol";
import {TwapSource} from "../../src/sources/TwapSource.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {SourcedFixture} from "../fixture/SourcedFixture.sol";
import {TwapFixture} from "../fixture/TwapFixture.sol";
import {UniswapFixture} from "../fixture/UniswapFixture.sol";
import {SpotSource, WeakTwapSource} from "../fixture/WeakSources.sol";

/// Somebody bends the mean price of a pool: over several blocks, on a thin pool, or on one that remembers only its last
/// trade. The mean is the second opinion on token 3; the first is an ordinary feed, and within 1 % of it they agree.
contract A45Test is TwapFixture, SourcedFixture {
    /// @dev {s}
    uint256 internal constant BLOCK = 12;

    IUniswapV3Pool internal deep;
    IUniswapV3Pool internal thin;
    PoolActor internal attacker;

    function setUp() public override(Fixture, UniswapFixture) {
        UniswapFixture.setUp();
        // $20,000,000 on either side, at 5 bps; and $1,000 on either side.
        deep = IUniswapV3Pool(uniswap.getPool(address(tokens[1]), address(tokens[3]), 500));
        _remember(deep, 3);
        thin = _observed(3, 1000);
        attacker = new PoolActor(address(this));
        tokens[1].mint(address(attacker), 100_000_000e6);
        tokens[3].mint(address(attacker), 50_000e18);
    }

    function _adoptSecond(TwapSource second) internal {
        IOracleHub.Listing memory list = listing(address(feeds[3]));
        (list.secondary, list.secondaryHeartbeat, list.maxDivergenceBps) = (address(second), 1 hours, 100);
        _adopt(list);
    }

    function _status() internal view returns (IOracleHub.Status status) {
        (,, status) = hub.peek(address(tokens[3]));
    }

    /// @dev D18{USD} at true prices.
    function _costD18(uint256 before) internal view returns (uint256) {
        return before - _wealthD18(address(attacker));
    }

    /// @dev The attacker pushes the pool and holds it for some blocks; then arbitrage takes what he left.
    function _hold(uint256 bps, uint256 blocks) internal returns (uint256 costD18) {
        uint256 before = _wealthD18(address(attacker));
        attacker.moveTo(deep, _sqrtPriceX96(3, bps));
        vm.warp(block.timestamp + blocks * BLOCK);
        costD18 = _costD18(before);
    }

    // ------------------------------------------------------------------- several blocks

    function test_a_third_more_for_two_to_five_blocks_changes_nothing_and_costs_a_third_of_a_million() public {
        _adoptSecond(_twap(deep, 3));
        for (uint256 blocks = 2; blocks <= 5; ++blocks) {
            uint256 snapshot = vm.snapshotState();
            assertGt(_hold(13_000, blocks), 345_000e18);
            assertEq(uint8(_status()), uint8(IOracleHub.Status.Ok));
            assertEq(hub.price(address(tokens[3])), 2000e18);
            vm.revertToState(snapshot);
        }
    }

    /// The bound: what it costs at least to part the two sources by a per cent within five blocks, and all that it brings.
    function test_to_stop_trading_within_five_blocks_costs_450_thousand_and_brings_nothing() public {
        _adoptSecond(_twap(deep, 3));
        _open(1, 3);
        assertGt(_hold(13_600, 5), 450_000e18);
        assertEq(uint8(_status()), uint8(IOracleHub.Status.Diverged));
        _expect(IOracleHub.OracleHub__NoPrice.selector);
        _fill(stranger, 1, 3, 1000e6);
        vm.prank(alice);
        vault.redeem(SHARES / 10, _none(), alice);
    }

    /// @dev The feed errs by 10 %, as feeds have. Who can bend the second opinion along has the vault pay that for token 3.
    function _bendAlong(IUniswapV3Pool pool, uint256 time) internal returns (int256 gainD18) {
        _propose(_intent(1, 3, 3000));
        vm.warp(block.timestamp + 10 minutes);
        uint256 before = _wealthD18(address(attacker));
        attacker.moveTo(pool, _sqrtPriceX96(3, 11_000));
        _wait(time);
        feeds[3].set(2200e8);
        uint256 paid;
        for (uint256 i; i < 10; ++i) {
            paid += _fill(stranger, 1, 3, 5500e6);
        }
        feeds[3].set(2000e8);
        attacker.moveTo(pool, _sqrtPriceX96(3, 10_000));
        return int256(55_000e18) - int256(_worthD18(3, paid)) - int256(_costD18(before));
    }

    function bendAlong(IUniswapV3Pool pool, uint256 time) external returns (int256) {
        return _bendAlong(pool, time);
    }

    function test_no_push_within_a_block_has_the_mean_agree_with_a_feed_that_errs() public {
        _adoptSecond(_twap(deep, 3));
        _expect(IOracleHub.OracleHub__NoPrice.selector);
        this.bendAlong(deep, 0);
    }

    function test_control_the_price_of_the_moment_agrees_with_whatever_pays() public {
        _adoptSecond(new SpotSource(deep, address(tokens[3])));
        assertGt(_bendAlong(deep, 0), 2000e18);
    }

    // -------------------------------------------------------------------------- thin pools

    function test_a_thin_pool_has_no_opinion() public {
        TwapSource second = new TwapSource(thin, address(tokens[3]), WINDOW, 100, _liquidity(3, 5_000_000), "");
        vm.expectRevert(
            abi.encodeWithSelector(
                IOracleHub.OracleHub__BadListing.selector, address(tokens[3]), bytes32("no usable price now")
            )
        );
        this.adoptSecond(second);
    }

    function adoptSecond(TwapSource second) external {
        _adoptSecond(second);
    }

    function test_control_a_thin_pool_is_bent_for_the_whole_window_for_the_price_of_a_lunch() public {
        _adoptSecond(
            new WeakTwapSource(thin, address(tokens[3]), 100, _liquidity(3, 5_000_000), WeakTwapSource.Hole.Liquidity)
        );
        assertGt(_bendAlong(thin, WINDOW), 4000e18);
    }

    // ------------------------------------------------------------------ short memories

    /// @dev A pool of $5,000,000 on either side that remembers its last trade only, which was a while ago.
    function _quiet() internal returns (IUniswapV3Pool pool) {
        pool = IUniswapV3Pool(uniswap.getPool(address(tokens[1]), address(tokens[3]), 3000));
        _wait(WINDOW);
    }

    function test_a_pool_that_remembers_one_trade_has_no_opinion() public {
        IUniswapV3Pool pool = _quiet();
        TwapSource second = new TwapSource(pool, address(tokens[3]), WINDOW, 100, _liquidity(3, 4_000_000), "");
        vm.expectRevert(
            abi.encodeWithSelector(
                IOracleHub.OracleHub__BadListing.selector, address(tokens[3]), bytes32("no usable price now")
            )
        );
        this.adoptSecond(second);
    }

    /// A swap of a few hundred dollars makes it forget: the vault cannot sell for half an hour, while what it means to sell loses a tenth.
    function test_control_a_small_swap_makes_it_forget_and_stops_the_vault() public {
        IUniswapV3Pool pool = _quiet();
        _adoptSecond(
            new WeakTwapSource(
                pool, address(tokens[3]), 100, _liquidity(3, 4_000_000), WeakTwapSource.Hole.Observations
            )
        );
        _open(3, 1);
        uint256 before = _wealthD18(address(attacker));
        (uint160 price,,,,,,) = pool.slot0();
        attacker.moveTo(pool, price + price / 10_000);
        assertLt(_costD18(before), 10e18, "less than ten dollars");
        _wait(WINDOW - 1);
        _expect(IOracleHub.OracleHub__NoPrice.selector);
        _fill(stranger, 3, 1, 1e18);
        uint256 unsoldD18 = _worthD18(3, 10e18);
        feeds[3].set(1800e8);
        assertEq(unsoldD18 - _worthD18(3, 10e18), 2000e18);
    }

    function test_a_small_swap_makes_a_pool_that_remembers_forget_nothing() public {
        _adoptSecond(_twap(deep, 3));
        _open(3, 1);
        (uint160 price,,,,,,) = deep.slot0();
        attacker.moveTo(deep, price + price / 10_000);
        _wait(WINDOW - 1);
        assertEq(uint8(_status()), uint8(IOracleHub.Status.Ok));
        _fill(stranger, 3, 1, 1e18);
    }

    function test_honest_a_mean_that_agrees_lets_the_vault_trade() public {
        _adoptSecond(_twap(deep, 3));
        _open(1, 3);
        assertApproxEqRel(_gainD18(1, 3, 10_000e6), 100e18, 0.001e18);
    }
}
