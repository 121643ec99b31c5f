// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IUniswapV3Pool} from "../../src/interfaces/IUniswapV3Pool.sol";
import {TwapSource} from "../../src/sources/TwapSource.sol";
import {TwapFixture} from "../fixture/TwapFixture.sol";

contract TwapTest is TwapFixture {
    function _answer(TwapSource twap) internal view returns (uint256) {
        (, int256 answer,,,) = twap.latestRoundData();
        return uint256(answer);
    }

    /// After a window at one price, the mean is that price, but for a tick; over all decimals, on either side of the pool.
    function testFuzz_the_mean_of_a_price_that_stood_is_that_price(uint256 i, uint256 bps) public {
        i = [uint256(0), 2, 3, 4][i % 4];
        bps = bound(bps, 5000, 20_000);
        IUniswapV3Pool pool = _observed(i, 20_000_000);
        _move(pool, i, bps);
        _wait(WINDOW);
        uint256 wantedD18 = uint256(prices()[i]) * 1e10 * bps / 10_000;
        assertApproxEqRel(_answer(_twap(pool, i)), wantedD18, 0.0002e18);
    }

    function test_what_happens_in_this_block_moves_nothing() public {
        IUniswapV3Pool pool = _observed(3, 20_000_000);
        TwapSource twap = _twap(pool, 3);
        uint256 before = _answer(twap);
        _move(pool, 3, 20_000);
        assertEq(_answer(twap), before);
        (,, uint256 startedAt, uint256 updatedAt,) = twap.latestRoundData();
        assertEq(startedAt, block.timestamp);
        assertEq(updatedAt, block.timestamp);
    }

    /// A mean of ticks is a geometric mean of prices: half the window at twice the price is a factor of the root of two.
    function test_the_mean_is_geometric() public {
        IUniswapV3Pool pool = _observed(3, 20_000_000);
        _move(pool, 3, 20_000);
        _wait(15 minutes);
        assertApproxEqRel(_answer(_twap(pool, 3)), 2000 * 1.41421356e18, 0.0002e18);
    }

    /// @dev Has the pool say that the tick stood at `tick`, as seen from token 3, over the window.
    function _say(TwapSource twap, int24 tick, int56 rest) internal {
        int56[] memory ticks = new int56[](2);
        ticks[0] = -123_456_789;
        ticks[1] = ticks[0] + (twap.isToken0() ? int56(tick) : -int56(tick)) * 1800 + rest;
        uint160[] memory secondsPerLiquidity = new uint160[](2);
        secondsPerLiquidity[1] = 1;
        vm.mockCall(
            address(twap.pool()),
            abi.encodeWithSelector(IUniswapV3Pool.observe.selector),
            abi.encode(ticks, secondsPerLiquidity)
        );
    }

    /// 1.0001 ** tick, computed elsewhere with 80 digits, times 10 ** (18 + 18 - 6) for tokens of 18 and 6 decimals.
    function test_ticks_become_prices_exactly() public {
        TwapSource twap = _twap(_observed(3, 20_000_000), 3);
        int24[6] memory ticks = [int24(1), -1, 100_000, -100_000, 300_000, -400_000];
        uint256[6] memory wanted = [
            1_000_100_000_000_000_000_000_000_000_000,
            999_900_009_999_000_099_990_000_999_900,
            22_015_456_048_552_198_645_701_456_581_658_715,
            45_422_633_889_328_990_341_800_229,
            10_670_457_952_892_911_130_929_613_805_844_271_284_712_712,
            uint256(4_256_858_898_639)
        ];
        for (uint256 i; i < 6; ++i) {
            _say(twap, ticks[i], 0);
            assertApproxEqRel(_answer(twap), wanted[i], 1e6, "to 1e-12");
        }
        _say(twap, 600_000, 0);
        twap.latestRoundData();
        _say(twap, 600_001, 0);
        _expect(TwapSource.TwapSource__TooFar.selector);
        twap.latestRoundData();
    }

    /// A fraction of a tick is cut off downwards, also below zero.
    function testFuzz_the_mean_tick_is_rounded_down(int24 tick, uint256 rest) public {
        TwapSource twap = _twap(_observed(3, 20_000_000), 3);
        tick = int24(bound(tick, -1000, 1000));
        int24 own = twap.isToken0() ? tick : -tick;
        _say(twap, own, 0);
        uint256 whole = _answer(twap);
        _say(twap, own, int56(uint56(bound(rest, 0, 1799))));
        assertEq(_answer(twap), whole);
    }

    function test_the_pool_must_remember_the_whole_window() public {
        IUniswapV3Pool pool = _pool(3, 1, 10_000, 20_000_000);
        TwapSource twap = _twap(pool, 3);
        vm.expectRevert(abi.encodeWithSelector(TwapSource.TwapSource__TooFewObservations.selector, 1, 100));
        twap.latestRoundData();
        _remember(pool, 3);
        vm.expectRevert(bytes("OLD"));
        twap.latestRoundData();
        _wait(WINDOW);
        twap.latestRoundData();
    }

    function testFuzz_the_pool_must_be_deep_enough(uint256 usd) public {
        usd = bound(usd, 1_000_000, 10_000_000);
        TwapSource twap = _twap(_observed(3, usd), 3);
        bool deep = usd >= 5_000_001;
        if (usd < 4_999_999) _expect(TwapSource.TwapSource__TooThin.selector);
        if (deep || usd < 4_999_999) twap.latestRoundData();
    }

    /// Exactly as deep as it must be is deep enough; so deep that the pool's counter stood still is, too. It may start anew.
    function testFuzz_the_edge_of_the_depth_is_deep_enough(uint128 least, uint160 start) public {
        least = uint128(bound(least, 1 << 32, 1 << 64));
        TwapSource twap = new TwapSource(_observed(3, 20_000_000), address(tokens[3]), WINDOW, 100, least, "");
        uint256 counted = (uint256(WINDOW) << 128) / least;
        uint256[3] memory counts = [counted, 0, counted + 1];
        for (uint256 i; i < 3; ++i) {
            uint160[] memory counters = new uint160[](2);
            unchecked {
                (counters[0], counters[1]) = (start, start + uint160(counts[i]));
            }
            vm.mockCall(
                address(twap.pool()),
                abi.encodeWithSelector(IUniswapV3Pool.observe.selector),
                abi.encode(new int56[](2), counters)
            );
            if (i == 2) _expect(TwapSource.TwapSource__TooThin.selector);
            twap.latestRoundData();
        }
    }

    function test_settings_make_sense() public {
        IUniswapV3Pool pool = _pool(3, 1, 10_000, 20_000_000);
        address token = address(tokens[3]);
        bytes4 why = TwapSource.TwapSource__BadSettings.selector;
        _expect(why);
        this.deploy(pool, address(tokens[2]), WINDOW, 100, 1);
        _expect(why);
        this.deploy(pool, token, 10 minutes - 1, 100, 1);
        _expect(why);
        this.deploy(pool, token, WINDOW, 1, 1);
        _expect(why);
        this.deploy(pool, token, WINDOW, 100, 0);
        assertEq(this.deploy(pool, token, 10 minutes, 2, 1).description(), "ETH");
    }

    /// @dev From outside: forge deploys by a cheat code, whose revert would be the end of the test.
    function deploy(IUniswapV3Pool pool, address token, uint32 window, uint16 cardinality, uint128 liquidity)
        external
        returns (TwapSource)
    {
        return new TwapSource(pool, token, window, cardinality, liquidity, "ETH");
    }
}
