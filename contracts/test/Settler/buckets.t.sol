// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {Fixture} from "../fixture/Fixture.sol";

contract BucketsTest is Fixture {
    function bounds() internal view override returns (IPolicy.Bounds memory wide) {
        wide = super.bounds();
        wide.turnoverCapBpsPerDay = 30_000;
    }

    /// @dev Moves `bps` of asset 1's fifth of NAV at the floor: a loss of bps / 5 * 1 %.
    function _churn(uint256 from, uint256 to, uint256 bps) internal {
        ISettler.Intent memory intent = _intent(from, to, bps);
        intent.decay = 0;
        _propose(intent);
        (uint256 sellable,) = settler.room(address(vault), address(tokens[from]));
        _fill(stranger, from, to, sellable);
    }

    function test_losses_stop_at_the_cap_and_come_back_with_time() public {
        // A fifth of a fifth of NAV at 1 % under the oracle loses 4 bps; the bucket holds 50, and 50 % of turnover.
        uint256 done;
        for (uint256 i; i < 20; ++i) {
            (uint256 from, uint256 to) = i % 2 == 0 ? (1, 3) : (3, 1);
            ISettler.Intent memory intent = _intent(from, to, 2000);
            intent.decay = 0;
            _propose(intent);
            (uint256 sellable,) = settler.room(address(vault), address(tokens[from]));
            try this.fillAs(stranger, from, to, sellable) {
                ++done;
            } catch (bytes memory reason) {
                assertEq(bytes4(reason), ISettler.Settler__LossCapHit.selector);
            }
            _wait(10 minutes);
        }
        assertGt(done, 5);
        assertLt(done, 20);
        // 20 * 10 minutes of leak at 50 bps a day are 7 bps
        assertGe(_navD18(), 1_000_000e18 * (10_000 - 58) / 10_000, "the loss is under the budget");
        _wait(1 days);
        ISettler.Buckets memory buckets = settler.bucketsOf(address(vault));
        assertEq(buckets.lossD18, 0);
        assertEq(buckets.turnoverD18, 0);
        _churn(1, 3, 1000);
    }

    function fillAs(address by, uint256 from, uint256 to, uint256 amount) external returns (uint256) {
        return _fill(by, from, to, amount);
    }

    function test_a_gain_does_not_refill_the_budget() public {
        _churn(1, 3, 1000);
        uint64 level = settler.bucketsOf(address(vault)).lossD18;
        assertGt(level, 0);
        _wait(10 minutes);
        uint64 leaked = settler.bucketsOf(address(vault)).lossD18;
        ISettler.Intent memory intent = _intent(3, 1, 500);
        intent.startPremBps = 500;
        _propose(intent);
        _fill(stranger, 3, 1, 4e18);
        assertEq(settler.bucketsOf(address(vault)).lossD18, leaked);
    }

    function testFuzz_the_level_leaks_continuously(uint256 time) public {
        time = bound(time, 0, 2 days);
        _churn(1, 3, 1000);
        uint256 level = settler.bucketsOf(address(vault)).lossD18;
        vm.warp(block.timestamp + time);
        uint256 leak = 50e14 * time / 1 days;
        assertEq(settler.bucketsOf(address(vault)).lossD18, leak > level ? 0 : level - leak);
    }

    function test_minting_around_a_fill_does_not_stretch_the_budget() public {
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        uint256 snapshot = vm.snapshotState();
        _fill(stranger, 1, 3, 1000e6);
        uint256 alone = settler.bucketsOf(address(vault)).lossD18;
        vm.revertToState(snapshot);

        vm.prank(alice);
        vault.mint(SHARES, _none(), alice);
        _fill(stranger, 1, 3, 2000e6);
        assertApproxEqAbs(settler.bucketsOf(address(vault)).lossD18, alone, 1e4, "twice the shares, twice the fill");
    }

    function test_turnover_stops_at_the_cap() public {
        IPolicy.Bounds memory tighter = bounds();
        tighter.turnoverCapBpsPerDay = 100;
        vm.prank(curator);
        policy.tighten(address(vault), tighter);
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        _fill(stranger, 1, 3, 10_000e6);
        _expect(ISettler.Settler__TurnoverCapHit.selector);
        _fill(stranger, 1, 3, 1e6);
        _wait(864);
        _fill(stranger, 1, 3, 100e6);
    }

    function test_a_new_intent_does_not_empty_the_buckets() public {
        _churn(1, 3, 1000);
        _wait(10 minutes);
        uint64 level = settler.bucketsOf(address(vault)).lossD18;
        _propose(_intent(1, 3, 1000));
        assertEq(settler.bucketsOf(address(vault)).lossD18, level);
    }
}
