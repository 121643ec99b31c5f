// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {BasketVault} from "../../src/BasketVault.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {Cheats} from "../fixture/Fixture.sol";
import {RedTeamFixture} from "../fixture/RedTeamFixture.sol";
import {Guard} from "../fixture/Weak.sol";
import {console} from "forge-std/console.sol";

/// @dev Cheats of the forge in use that the library in use does not know yet.
interface Snapshots {
    function snapshotValue(string calldata group, string calldata name, uint256 value) external;
}

/// For a day somebody has the keys of the strategist, the executor and a solver, and is the other side of every trade: what
/// he can take is the loss budget, one bucket and a day of its leak, and one call of a guardian ends it.
contract A47Test is RedTeamFixture {
    uint256 internal constant DAY = 1 days;
    uint256 internal constant ONLY_TRADES = 50;
    uint256 internal constant EVERYTHING = 100;
    /// {bps} of a price at once, four times an hour: a bad day of a market.
    uint256 internal constant DRIFT_BPS = 60;
    /// D18{USD/share} Two atoms of the coarsest token an act: what rounding may take.
    uint256 internal constant DUST_D18 = 2e13;

    // ------------------------------------------------------------------ the day

    /// @param kinds of acts: with ONLY_TRADES he is a disciplined thief, with EVERYTHING a curious one
    function _day(uint256 seed, uint256 driftBps, uint256 kinds) internal {
        uint256 end = block.timestamp + DAY;
        while (block.timestamp < end) {
            seed = uint256(keccak256(abi.encode(seed)));
            intruder.act(seed - seed % 100 + seed % kinds);
            uint256 left = end - block.timestamp;
            uint256 pause = (seed >> 128) % 8 == 0 ? 0 : 1 + (seed >> 136) % 30 minutes;
            vm.warp(block.timestamp + (pause < left ? pause : left));
            market.move(seed, driftBps);
        }
        // what has leaked since the last act
        for (uint256 i; i < 4; ++i) {
            intruder.act(seed - seed % 100 + 100 * i);
        }
    }

    /// @dev D18{USD/share} one bucket, and what leaked since, of the most that a share was worth.
    function _budgetD18(uint256 slackBps) internal view returns (uint256) {
        uint256 capD18 = uint256(LOSS_CAP_BPS) * 1e14;
        uint256 partD18 = capD18 + capD18 * (block.timestamp - startedAt) / 1 days;
        return intruder.peakD18() * partD18 / ONE * (10_000 + slackBps) / 10_000 + intruder.acts() * DUST_D18;
    }

    function _assertKept(uint256 slackBps) internal view {
        assertLe(intruder.lostD18(), _budgetD18(slackBps), "what was taken is in the budget");
        assertEq(intruder.broken(), "", "what belongs to others is refused");
        (address[] memory list, address[6] memory spenders) = (vault.assets(), _spenders());
        for (uint256 i; i < list.length; ++i) {
            (, uint256 owned,) = vault.position(list[i], list[i]);
            uint256 claims = vault.claimOf(address(intruder), list[i]) + vault.claimOf(strategist, list[i]);
            assertLe(owned + claims, _balance(list[i], address(vault)), "what is owned and claimed is there");
            for (uint256 k; k < spenders.length; ++k) {
                assertEq(_allowance(list[i], spenders[k]), 0, "nobody is approved");
            }
        }
    }

    /// @dev Whatever is left of her shares' worth, she gets it: nothing but the losses counted above has gone anywhere.
    function _assertAliceLeavesWhole() private {
        (uint256 shares, uint256 shareD18) = (vault.balanceOf(alice), intruder.shareD18());
        vm.prank(alice);
        uint256[] memory paid = vault.redeem(shares, _none(), alice);
        address[] memory list = vault.assets();
        uint256 worthD18;
        for (uint256 i; i < list.length; ++i) {
            (uint256 priceD18, uint256 scale) = hub.priced(list[i]);
            worthD18 += paid[i] * priceD18 / scale;
        }
        assertApproxEqAbs(worthD18, shareD18 * shares / ONE, 0.1e18, "alice gets what her shares were worth");
    }

    function _spenders() private view returns (address[6] memory) {
        return [
            address(intruder),
            strategist,
            address(settler),
            address(allocator),
            address(sleeveAdapters[1]),
            address(sleeveAdapters[3])
        ];
    }

    /// @dev One call, in one transaction, of somebody who can start nothing.
    function _stop() internal {
        IPolicy.Bounds memory nothing;
        nothing.cooldown = type(uint32).max;
        vm.prank(sentinel);
        policy.tighten(address(vault), nothing);
    }

    // --------------------------------------------------------------- the defence

    /// forge-config: default.fuzz.runs = 6
    /// forge-config: quick.fuzz.runs = 6
    /// forge-config: nightly.fuzz.runs = 300
    function testFuzz_a_day_of_it_costs_the_budget_and_no_more(uint256 seed) public {
        vm.pauseGasMetering();
        _day(seed, 0, EVERYTHING);
        _assertKept(0);
        _assertAliceLeavesWhole();
    }

    /// @dev Losses are counted against the NAV at the proposal and prices at the arming, which drift away for a while.
    /// forge-config: default.fuzz.runs = 6
    /// forge-config: quick.fuzz.runs = 6
    /// forge-config: nightly.fuzz.runs = 300
    function testFuzz_nor_does_it_while_the_market_moves(uint256 seed) public {
        vm.pauseGasMetering();
        _day(seed, DRIFT_BPS, EVERYTHING);
        _assertKept(500);
    }

    /// forge-config: default.fuzz.runs = 4
    /// forge-config: quick.fuzz.runs = 4
    /// forge-config: nightly.fuzz.runs = 100
    function testFuzz_one_call_of_a_guardian_ends_it(uint256 seed) public {
        vm.pauseGasMetering();
        for (uint256 i; i < 25; ++i) {
            intruder.act(uint256(keccak256(abi.encode(seed, i))));
        }
        _stop();
        (uint256 lostD18, uint256 acts) = (intruder.lostD18(), intruder.acts());
        _day(seed, DRIFT_BPS, EVERYTHING);
        assertLe(intruder.lostD18() - lostD18, (intruder.acts() - acts) * DUST_D18, "not a cent after the call");
    }

    /// @dev The worst of many days is printed with its seed, and kept among forge's snapshots.
    function test_the_worst_day_found() public {
        vm.pauseGasMetering();
        bool nightly = keccak256(bytes(vm.envOr("FOUNDRY_PROFILE", string("default")))) == keccak256("nightly");
        uint256 days_ = vm.envOr("RED_TEAM_DAYS", nightly ? uint256(200) : 10);
        (uint256 worstD18, uint256 worstSeed) = _worstOf(days_);
        console.log("days tried:", days_);
        console.log("worst loss, in thousandths of a basis point of NAV:", worstD18 / 1e11);
        console.log("seed:", worstSeed);
        Snapshots(address(vm)).snapshotValue("A47", "worst loss, thousandths of a basis point", worstD18 / 1e11);
        assertGt(worstD18, 90e14, "the intruder knows his trade");
        assertLe(worstD18, 101e14, "one bucket and one day of leak");
    }

    function _worstOf(uint256 days_) private returns (uint256 worstD18, uint256 worstSeed) {
        for (uint256 seed; seed < days_; ++seed) {
            uint256 before = vm.snapshotState();
            _day(seed, 0, seed % 2 == 0 ? ONLY_TRADES : EVERYTHING);
            _assertKept(0);
            uint256 lostD18 = intruder.lostPartD18();
            vm.revertToStateAndDelete(before);
            if (lostD18 > worstD18) (worstD18, worstSeed) = (lostD18, seed);
        }
    }

    function test_he_reaches_every_function_and_uses_every_way() public {
        vm.pauseGasMetering();
        _assertKnows(address(vault), BasketVault.redeemSkipping.selector);
        _assertKnows(address(vault), BasketVault.isValidSignature.selector);
        _assertKnows(address(settler), ISettler.arm.selector);
        _assertKnows(address(policy), IPolicy.quarantine.selector);
        assertGt(intruder.functionsOf(address(policy)).length, 30);
        for (uint256 seed; seed < 2; ++seed) {
            _day(seed, DRIFT_BPS, EVERYTHING);
        }
        console.log("fills, batches, moves, other calls that went through:");
        console.log(intruder.fills(), intruder.batches(), intruder.moves(), intruder.rawCalls());
        assertGt(intruder.fills(), 20);
        assertGt(intruder.batches(), 2);
        assertGt(intruder.moves(), 2);
        assertGt(intruder.rawCalls(), 20);
    }

    function _assertKnows(address target, bytes4 selector) private view {
        bytes4[] memory known = intruder.functionsOf(target);
        for (uint256 i; i < known.length; ++i) {
            if (known[i] == selector) return;
        }
        revert("a function was not found in the code");
    }

    // ----------------------------------------------------- control and honest flow

    function test_control_without_the_loss_cap_a_day_costs_several_times_as_much() public {
        _without(Guard.LossCap);
        vm.pauseGasMetering();
        _day(1, 0, ONLY_TRADES);
        assertGt(intruder.lostPartD18(), 500e14, "five times the budget of a day");
    }

    function test_honest_the_vault_is_rebalanced_and_its_holders_leave_with_their_part() public {
        uint256 before = intruder.shareD18();
        _propose(_intent(1, 3, 1000));
        (uint256 sellable,) = settler.room(address(vault), address(tokens[1]));
        vm.prank(stranger);
        tokens[3].approve(address(vault), type(uint256).max);
        _fill(stranger, 1, 3, sellable / 2);
        assertGe(intruder.shareD18(), before, "the price starts above the oracle");
        uint256 shares = vault.balanceOf(alice);
        vm.prank(alice);
        vault.redeem(shares, _none(), alice);
        assertGt(_wealthD18(alice), 990_000e18);
    }

    // -------------------------------------------------------------------- asking

    function _balance(address token, address who) private view returns (uint256) {
        return BasketVault(token).balanceOf(who);
    }

    function _allowance(address token, address spender) private view returns (uint256) {
        return BasketVault(token).allowance(address(vault), spender);
    }
}
