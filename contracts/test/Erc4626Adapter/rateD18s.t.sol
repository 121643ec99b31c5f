// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Erc4626Adapter} from "../../src/adapters/Erc4626Adapter.sol";
import {PositionFixture} from "../fixture/PositionFixture.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";

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

    function testFuzz_a_growth_that_is_none_or_too_much_is_refused(uint256 growth) public {
        IERC4626 share = idles[1];
        if (growth != 0 && growth <= 100) {
            return assertEq(new Erc4626Adapter(share, address(0), 0, growth).growthBpsPerDay(), growth);
        }
        vm.expectRevert(abi.encodeWithSelector(Erc4626Adapter.Erc4626Adapter__BadGrowth.selector, growth, uint256(100)));
        new Erc4626Adapter(share, address(0), 0, growth);
    }

    function test_a_share_without_worth_has_no_adapter() public {
        idles[4].rob(stranger, amounts()[4]);
        vm.expectRevert(abi.encodeWithSelector(Erc4626Adapter.Erc4626Adapter__BadRate.selector, 0));
        new Erc4626Adapter(idles[4], address(idles[4]), "Idle", GROWTH);
    }
}
