// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {IUniswapV3Pool} from "../../src/interfaces/IUniswapV3Pool.sol";
import {CowFixture} from "../fixture/CowFixture.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {HostileFiller} from "../fixture/HostileFiller.sol";
import {UniswapFixture} from "../fixture/UniswapFixture.sol";
import {Guard} from "../fixture/Weak.sol";

/// Whoever holds a key passes a minimum of nothing, or of one atom, to every way of selling, for every pair of assets.
contract A03Test is CowFixture, UniswapFixture {
    uint256 internal constant USD = 4000;

    HostileFiller internal thief = new HostileFiller();
    uint256 internal from;
    uint256 internal to;

    function setUp() public override(CowFixture, UniswapFixture) {
        super.setUp();
    }

    function batch() internal view override(CowFixture, Fixture) returns (address) {
        return CowFixture.batch();
    }

    /// @dev Any two of the assets with 0, 6, 8, 18 and 24 decimals.
    function _choose(uint256 seed) internal {
        from = seed % 5;
        to = (from + 1 + (seed / 5) % 4) % 5;
        _propose(_intent(from, to, 1000));
        _wait(10 minutes);
    }

    function _fillFor(uint256 least) internal {
        tokens[to].mint(address(thief), least);
        thief.plan(least, new HostileFiller.Call[](0));
        thief.fill(settler, address(vault), address(tokens[from]), address(tokens[to]), _atoms(from, USD));
    }

    function _armFor(uint256 least) internal returns (ISettler.BatchOrder memory order) {
        order = _cowOrder(address(vault), from, to, _atoms(from, USD), least);
        _arm(order);
    }

    /// @dev Half of what the pool holds is swapped away first, so that it pays a quarter.
    function _routeThroughAnEmptiedPool() internal {
        IUniswapV3Pool pool = IUniswapV3Pool(uniswap.getPool(address(tokens[from]), address(tokens[to]), 500));
        (uint160 price,,,,,,) = pool.slot0();
        actor.moveTo(pool, address(tokens[from]) < address(tokens[to]) ? price / 2 : price * 2);
        _fillBy(_atoms(from, USD), 0, _one(_route(_atoms(from, USD), to, 500)));
    }

    function fillFor(uint256 least) external {
        _fillFor(least);
    }

    function armFor(uint256 least) external {
        _armFor(least);
    }

    function routeThroughAnEmptiedPool() external {
        _routeThroughAnEmptiedPool();
    }

    function testFuzz_a_filler_pays_the_floor_whatever_he_says(uint256 seed, uint256 least) public {
        _choose(seed);
        least = bound(least, 0, _quote(from, to, _atoms(from, USD)) - 1);
        _expect(IBasketVault.BasketVault__Underpaid.selector);
        this.fillFor(least);
        _expect(IBasketVault.BasketVault__Underpaid.selector);
        this.fillFor(0);
    }

    function testFuzz_an_order_asks_for_the_floor_whatever_its_limit(uint256 seed, uint256 least) public {
        _choose(seed);
        least = bound(least, 0, _quote(from, to, _atoms(from, USD)) - 1);
        _expect(ISettler.Settler__LimitUnderQuote.selector);
        this.armFor(least);
        _expect(ISettler.Settler__LimitUnderQuote.selector);
        this.armFor(0);
    }

    function test_a_route_without_a_minimum_brings_the_floor_or_nothing() public {
        _choose(6);
        _expect(IBasketVault.BasketVault__Underpaid.selector);
        this.routeThroughAnEmptiedPool();
    }

    function testFuzz_honest_at_the_floor_every_pair_is_sold(uint256 seed) public {
        _choose(seed);
        uint256 nav = _navD18();
        _fillFor(_quote(from, to, _atoms(from, USD)));
        ISettler.BatchOrder memory order = _armFor(_quote(from, to, _atoms(from, USD)));
        _settlePart(order, order.sellAmount, 0);
        assertApproxEqAbs(_navD18(), nav - 80e18, 0.1e18, "one per cent of $8,000");
    }

    function testFuzz_control_without_the_floor_any_pair_is_given_away(uint256 seed) public {
        _without(Guard.Price);
        _choose(seed);
        uint256 nav = _navD18();
        _fillFor(0);
        assertApproxEqAbs(nav - _navD18(), USD * 1e18, 0.1e18);
    }

    function testFuzz_control_without_the_floor_an_order_sells_for_an_atom(uint256 seed) public {
        _without(Guard.Price);
        _choose(seed);
        uint256 nav = _navD18();
        ISettler.BatchOrder memory order = _armFor(1);
        _settlePart(order, order.sellAmount, 0);
        assertApproxEqAbs(nav - _navD18(), USD * 1e18, 0.1e18);
    }

    function test_control_without_the_floor_an_emptied_pool_takes_three_quarters() public {
        _without(Guard.Price);
        _choose(6);
        uint256 nav = _navD18();
        _routeThroughAnEmptiedPool();
        assertApproxEqAbs(nav - _navD18(), USD * 3 / 4 * 1e18, 10e18);
    }
}
