// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Erc4626Adapter} from "../../src/adapters/Erc4626Adapter.sol";
import {IFlashLender} from "../fixture/AaveFixture.sol";
import {IdleVault, PositionFixture} from "../fixture/PositionFixture.sol";
import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";

/// @dev Borrows for nothing but the fee, which goes to the suppliers.
contract FeePayer {
    IERC20 private immutable _asset;

    constructor(IERC20 asset) {
        _asset = asset;
    }

    function executeOperation(address, uint256 loan, uint256 premium, address, bytes calldata) external returns (bool) {
        return _asset.approve(msg.sender, loan + premium);
    }
}

/// @dev Without the bound on growth: the control.
contract UnboundAdapter is Erc4626Adapter {
    constructor(IERC4626 share, address cash) Erc4626Adapter(share, cash, "Aave v3", 10) {}

    function _allowedD36(Record memory) internal pure override returns (uint256) {
        return type(uint256).max;
    }
}

/// @dev Its shares have more decimals than its asset.
contract FineVault is IdleVault {
    uint8 private immutable _finer;

    constructor(IERC20 asset_, uint8 finer) IdleVault(asset_) {
        _finer = finer;
    }

    function _decimalsOffset() internal view override returns (uint8) {
        return _finer;
    }
}

contract Erc4626AdapterRateTest is PositionFixture {
    function _rate(Erc4626Adapter adapter) internal view returns (uint256) {
        return adapter.rateD18s()[0];
    }

    function testFuzz_a_gift_lifts_the_rate_by_no_more_than_the_growth_of_the_time_since(uint256 gift, uint256 time)
        public
    {
        time = bound(time, 0, 60 days);
        for (uint256 i; i < tokens.length; ++i) {
            Erc4626Adapter adapter = idleAdapters[i];
            uint256 before = _rate(adapter);
            tokens[i].mint(address(idles[i]), bound(gift, 1, 10 * amounts()[i]));
            assertLe(_rate(adapter), before, "not at once");
        }
        _wait(time);
        for (uint256 i; i < tokens.length; ++i) {
            uint256 most = 1e18 + 1e18 * time * GROWTH / (10_000 * 1 days);
            uint256 own = idles[i].convertToAssets(1e18);
            assertEq(_rate(idleAdapters[i]), own < most ? own : most);
        }
    }

    function testFuzz_a_loss_counts_at_once_and_a_poke_puts_it_on_record(uint256 part, uint256 time) public {
        for (uint256 i; i < tokens.length; ++i) {
            idles[i].rob(stranger, bound(part, amounts()[i] / 100, amounts()[i] / 2));
            uint256 own = idles[i].convertToAssets(1e18);
            assertEq(_rate(idleAdapters[i]), own);
            vm.prank(stranger);
            idleAdapters[i].poke();
            tokens[i].mint(address(idles[i]), amounts()[i]);
            assertEq(_rate(idleAdapters[i]), own, "what comes back drips");
        }
        time = bound(time, 1, 10 days);
        _wait(time);
        for (uint256 i; i < tokens.length; ++i) {
            (uint208 rateD36,) = idleAdapters[i].record();
            uint256 grownD36 = rateD36 + uint256(rateD36) * GROWTH * time / (10_000 * 1 days);
            assertEq(_rate(idleAdapters[i]), grownD36 / 1e18);
        }
    }

    function testFuzz_poking_ever_so_often_stops_no_growth(uint16 pokes) public {
        Erc4626Adapter adapter = idleAdapters[1];
        tokens[1].mint(address(idles[1]), 10 * amounts()[1]);
        pokes = uint16(bound(pokes, 1, 200));
        for (uint256 i; i < pokes; ++i) {
            vm.warp(block.timestamp + 1 days / pokes);
            adapter.poke();
        }
        uint256 passed = pokes * (1 days / pokes);
        assertApproxEqRel(_rate(adapter), 1e18 + 1e18 * passed * GROWTH / (10_000 * 1 days), 1e12);
    }

    function testFuzz_a_sleeves_interest_is_counted_in_full(uint256 time) public {
        for (uint256 i; i < tokens.length; ++i) {
            assertEq(_rate(sleeveAdapters[i]), sleeves[i].convertToAssets(1e18));
        }
        _wait(bound(time, 1, 300 days));
        for (uint256 i; i < tokens.length; ++i) {
            assertEq(_rate(sleeveAdapters[i]), sleeves[i].convertToAssets(1e18));
        }
    }

    /// @dev The pool's own index, pumped: a reserve with next to no suppliers, and a flash loan of what was given to it.
    function _pump(uint256 i) private {
        _leaveReserve(i);
        _enter(sleeves[i], i, alice, amounts()[i] / 40_000);
        tokens[i].mint(_aToken(i), 1000 * amounts()[i]);
        FeePayer payer = new FeePayer(tokens[i]);
        tokens[i].mint(address(payer), amounts()[i]);
        IFlashLender(address(pool)).flashLoanSimple(address(payer), address(tokens[i]), 1000 * amounts()[i], "", 0);
    }

    function _leaveReserve(uint256 i) private {
        tokens[i].mint(borrower, amounts()[i]);
        vm.startPrank(borrower);
        tokens[i].approve(address(pool), type(uint256).max);
        pool.repay(address(tokens[i]), type(uint256).max, 2, borrower);
        vm.stopPrank();
        vm.prank(lender);
        pool.withdraw(address(tokens[i]), type(uint256).max, lender);
    }

    function test_a_pumped_index_of_a_thin_reserve_lifts_no_rate() public {
        (uint256 before, uint256 own) = (_rate(sleeveAdapters[4]), sleeves[4].convertToAssets(1e18));
        _pump(4);
        assertGt(sleeves[4].convertToAssets(1e18), 50 * own, "the pool says fifty times as much");
        assertEq(_rate(sleeveAdapters[4]), before);
    }

    function test_control_without_the_bound_a_share_is_overvalued_fifty_times() public {
        UnboundAdapter unbound = new UnboundAdapter(sleeves[4], _aToken(4));
        uint256 before = _rate(unbound);
        _pump(4);
        assertGt(_rate(unbound), 50 * before);
    }

    function testFuzz_a_growth_that_is_none_or_too_much_is_refused(uint256 growth) public {
        IERC4626 share = idles[1];
        if (growth != 0 && growth <= 100) {
            return assertEq(new Erc4626Adapter(share, address(0), 0, growth).growthBpsPerDay(), growth);
        }
        vm.expectRevert(abi.encodeWithSelector(Erc4626Adapter.Erc4626Adapter__BadGrowth.selector, growth, uint256(100)));
        new Erc4626Adapter(share, address(0), 0, growth);
    }

    /// A share of 24 decimals of an asset of 6: one atom for 1e18 of it, and still one when it has earned nine tenths of that.
    function testFuzz_a_share_too_fine_to_tell_its_rate_has_no_adapter(uint8 finer) public {
        finer = uint8(bound(finer, 0, 18));
        FineVault fine = new FineVault(tokens[1], finer);
        _enter(fine, 1, lender, 1000e6);
        uint256 rate = 10 ** (18 - finer);
        assertEq(fine.convertToAssets(1e18), rate);
        if (rate < 10_000) {
            vm.expectRevert(abi.encodeWithSelector(Erc4626Adapter.Erc4626Adapter__BadRate.selector, rate));
        }
        new Erc4626Adapter(fine, address(fine), "Fine", GROWTH);
    }

    function test_a_share_without_worth_has_no_adapter() public {
        idles[4].rob(stranger, amounts()[4]);
        vm.expectRevert(abi.encodeWithSelector(Erc4626Adapter.Erc4626Adapter__BadRate.selector, 0));
        new Erc4626Adapter(idles[4], address(idles[4]), "Idle", GROWTH);
    }
}
