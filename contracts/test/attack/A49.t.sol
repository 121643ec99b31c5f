// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {ITimelock} from "../../src/interfaces/ITimelock.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {Guard} from "../fixture/Weak.sol";

/// Whoever has the keys of owner and curator widens every bound, makes himself strategist, shortens every delay and points
/// the oracle at an account of his, all in one block, and then sells the vault to himself at the floor.
contract A49Test is Fixture {
    uint256 internal constant NAV = 1_000_000e18;

    function setUp() public override {
        super.setUp();
        for (uint256 i; i < 5; ++i) {
            tokens[i].mint(stranger, 10 * amounts()[i]);
        }
    }

    function _widest() internal view returns (IPolicy.Bounds memory widest) {
        widest = policy.ceiling();
        if (removed != Guard.Ceilings) return widest;
        (widest.lossCapBpsPerDay, widest.turnoverCapBpsPerDay) = (10_000, type(uint16).max);
    }

    function _calls() internal view returns (bytes[] memory calls) {
        calls = new bytes[](2);
        calls[0] = abi.encodeCall(IPolicy.loosen, (address(vault), _widest()));
        calls[1] = abi.encodeCall(IPolicy.setStrategist, (address(vault), stranger));
    }

    function _announce() internal {
        bytes[] memory calls = _calls();
        for (uint256 i; i < calls.length; ++i) {
            vm.prank(curator);
            policy.queue(calls[i]);
        }
    }

    /// @dev Everything at once: what is refused is refused.
    /// @return lossD18 D18{USD}
    function _loot() internal returns (uint256 lossD18) {
        uint256 before = _navD18();
        bytes[] memory calls = _calls();
        for (uint256 i; i < calls.length; ++i) {
            vm.prank(curator);
            (bool done,) = address(policy).call(calls[i]);
            done;
        }
        uint8[2][8] memory pairs = [[1, 3], [0, 2], [4, 3], [3, 1], [2, 0], [3, 4], [1, 3], [2, 0]];
        for (uint256 i; i < pairs.length; ++i) {
            try this.sellToMyself(pairs[i][0], pairs[i][1]) {} catch {}
        }
        return before - _navD18();
    }

    function sellToMyself(uint256 from, uint256 to) external {
        ISettler.Intent memory intent = _intent(from, to, 9000);
        (intent.startPremBps, intent.floorDiscBps, intent.decay) = (0, 500, 0);
        vm.prank(stranger);
        settler.propose(intent);
        (uint256 sellable,) = settler.room(address(vault), address(tokens[from]));
        _fill(stranger, from, to, sellable);
    }

    function test_in_one_block_it_takes_nothing() public {
        _announce();
        assertEq(_loot(), 0);
        assertEq(policy.boundsOf(address(vault)).maxFloorDiscBps, bounds().maxFloorDiscBps);
    }

    function test_no_delay_can_be_shortened_in_the_same_block_nor_under_the_least() public {
        vm.startPrank(curator);
        _expect(ITimelock.Timelock__BadDelay.selector);
        policy.setDelay(address(vault), IPolicy.loosen.selector, 0);
        policy.setDelay(address(vault), IPolicy.loosen.selector, 30 days);
        _expect(ITimelock.Timelock__NotReady.selector);
        policy.setDelay(address(vault), IPolicy.loosen.selector, 1 days);
        vm.stopPrank();
    }

    function test_an_oracle_cannot_be_pointed_at_an_account() public {
        address account = makeAddr("account");
        hub.list(address(tokens[1]), listing(account));
        assertEq(hub.price(address(tokens[1])), 1e18, "announced, not in effect");
        _expect(IOracleHub.OracleHub__NotReady.selector);
        hub.relist(address(tokens[1]), listing(account));
        _wait(1 days);
        vm.expectRevert();
        hub.relist(address(tokens[1]), listing(account));
    }

    function test_whoever_leaves_while_it_waits_loses_nothing() public {
        _announce();
        uint256 shares = vault.balanceOf(alice);
        uint256 before = _wealthD18(alice) + _navD18();
        vm.prank(alice);
        vault.redeem(shares, _none(), alice);
        _wait(1 days);
        _loot();
        assertApproxEqAbs(_wealthD18(alice), before, 1e18, "all but the dust of the locked shares");
    }

    function test_whoever_stays_loses_the_ceiling_at_most() public {
        _announce();
        _wait(1 days);
        uint256 lossD18 = _loot();
        assertGt(lossD18, NAV * 200 / 10_000, "the attack was really tried");
        assertLe(lossD18, NAV * 300 / 10_000);
    }

    function test_honest_a_loosening_that_waited_counts() public {
        bytes memory call = _calls()[0];
        vm.prank(curator);
        policy.queue(call);
        _wait(1 days);
        IPolicy.Bounds memory widest = _widest();
        vm.prank(curator);
        policy.loosen(address(vault), widest);
        assertEq(policy.boundsOf(address(vault)).maxFloorDiscBps, 500);
        _propose(_intent(1, 3, 1000));
        assertGt(_fill(stranger, 1, 3, 1000e6), 0);
    }

    function test_control_without_the_delay_it_is_done_in_one_block() public {
        _without(Guard.Delay);
        _announce();
        assertGt(_loot(), NAV * 200 / 10_000);
    }

    function test_control_without_the_ceilings_whoever_stays_loses_more() public {
        _without(Guard.Ceilings);
        _announce();
        _wait(1 days);
        assertGt(_loot(), NAV * 500 / 10_000);
    }
}
