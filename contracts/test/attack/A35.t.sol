// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {IUniswapV3Pool} from "../../src/interfaces/IUniswapV3Pool.sol";
import {ThresholdRule} from "../../src/rules/ThresholdRule.sol";
import {TwapSource} from "../../src/sources/TwapSource.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {FlashLender, FlashThief} from "../fixture/FlashThief.sol";
import {RuleFixture} from "../fixture/RuleFixture.sol";
import {SourcedFixture} from "../fixture/SourcedFixture.sol";
import {TwapFixture} from "../fixture/TwapFixture.sol";
import {UniswapFixture} from "../fixture/UniswapFixture.sol";
import {SpotSource} from "../fixture/WeakSources.sol";

/// With a flash loan somebody makes token 3 dear on its deepest pool, has the vault sell, mint or redeem at that moment, and
/// lets the price go, all in one transaction.
contract A35Test is TwapFixture, SourcedFixture, RuleFixture {
    FlashLender internal lender;
    FlashThief internal thief;
    IUniswapV3Pool internal pool;

    function setUp() public override(Fixture, UniswapFixture) {
        UniswapFixture.setUp();
        pool = IUniswapV3Pool(uniswap.getPool(address(tokens[1]), address(tokens[3]), 500));
        _remember(pool, 3);
        (lender, thief) = (new FlashLender(), new FlashThief());
        tokens[1].mint(address(lender), 10_000_000e6);
        // What the thief brings: wares, and the pool's fees.
        tokens[1].mint(address(thief.actor()), 50_000e6);
        tokens[3].mint(address(thief.actor()), 25e18);
        for (uint256 i; i < 5; ++i) {
            tokens[i].mint(address(thief), amounts()[i]);
            thief.approve(tokens[i], address(vault));
        }
    }

    /// @dev The pool says 30 % more than the market while `call` is made.
    function _strike(address target, bytes memory call) internal {
        FlashThief.Coup memory coup = FlashThief.Coup(pool, _sqrtPriceX96(3, 13_000), target, call);
        thief.strike(lender, tokens[1], 5_000_000e6, coup);
    }

    function _wealthOfThiefD18() internal view returns (int256) {
        uint256 sharesD18 = vault.balanceOf(address(thief)) * _navD18() / vault.totalSupply();
        return int256(_wealthD18(address(thief)) + _wealthD18(address(thief.actor())) + sharesD18);
    }

    /// @dev The vault buys token 3 for $20,000, down at the floor: 1 % of it is anybody's.
    function _sellDear() internal returns (int256 gainD18) {
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        bytes memory call = abi.encodeCall(
            ISettler.fill, (address(vault), address(tokens[1]), address(tokens[3]), 19_000e6, type(uint256).max, "")
        );
        int256 before = _wealthOfThiefD18();
        _strike(address(settler), call);
        return _wealthOfThiefD18() - before;
    }

    function test_a_bent_pool_bends_no_price_of_a_fill() public {
        assertLe(_sellDear(), 0);
    }

    function _adoptSpot() internal {
        SpotSource spot = new SpotSource(pool, address(tokens[3]));
        IOracleHub.Listing memory list = listing(address(spot));
        (list.minAnswer, list.maxAnswer) = (1, type(uint96).max);
        _adopt(list);
    }

    function test_control_a_hub_that_reads_the_pool_pays_for_the_loan() public {
        _adoptSpot();
        assertGt(_sellDear(), 1000e18);
    }

    function test_a_bent_pool_bends_no_second_opinion() public {
        TwapSource twap = _twap(pool, 3);
        _wait(WINDOW);
        IOracleHub.Listing memory list = listing(address(feeds[3]));
        (list.secondary, list.secondaryHeartbeat, list.maxDivergenceBps) = (address(twap), 1 hours, 50);
        _adopt(list);
        assertLe(_sellDear(), 0);
    }

    function test_a_bent_pool_bends_no_shares() public {
        int256 before = _wealthOfThiefD18();
        _strike(address(vault), abi.encodeCall(IBasketVault.mint, (SHARES / 10, _none(), address(thief))));
        assertLe(_wealthOfThiefD18() - before, 0);
        _strike(address(vault), abi.encodeCall(IBasketVault.redeem, (SHARES / 10, _none(), address(thief))));
        assertLe(_wealthOfThiefD18() - before, 0);
    }

    function _configureRule() internal {
        vm.prank(_decider());
        rule.configure(address(vault), ThresholdRule.Config(_even(), 300, 0, 0, _terms()));
    }

    function test_a_bent_pool_makes_no_rule_ready() public {
        _configureRule();
        _wait(0);
        _expect(ISettler.Settler__RuleNotReady.selector);
        this.strike(address(settler), _proposal());
    }

    function test_control_a_hub_that_reads_the_pool_has_the_rule_sell_at_the_top() public {
        _configureRule();
        _adoptSpot();
        _strike(address(settler), _proposal());
        assertEq(settler.headerOf(address(vault)).nonce, 1);
    }

    function _proposal() internal view returns (bytes memory) {
        return abi.encodeCall(ISettler.proposeByRule, (address(vault), address(rule)));
    }

    function strike(address target, bytes memory call) external {
        _strike(target, call);
    }

    function test_honest_who_fills_at_the_floor_gains_the_discount() public {
        _open(1, 3);
        assertApproxEqRel(_gainD18(1, 3, 19_000e6), 190e18, 0.001e18);
    }
}
