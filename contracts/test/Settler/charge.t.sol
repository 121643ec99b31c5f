// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISettler} from "../../src/interfaces/ISettler.sol";
import {Fixture} from "../fixture/Fixture.sol";

/// @dev Says of itself that it is a vault, and its own allocator.
contract Pretender {
    function allocator() external view returns (address) {
        return address(this);
    }

    function charge(ISettler settler, address vault, uint256 lossD18) external {
        settler.charge(vault, lossD18);
    }
}

contract ChargeTest is Fixture {
    /// @dev 50 bps, as the bounds of the fixture say.
    uint256 internal constant CAP = 50e14;

    function _charge(uint256 lossD18) internal {
        vm.prank(address(allocator));
        settler.charge(address(vault), lossD18);
    }

    function _level() internal view returns (uint256) {
        return settler.bucketsOf(address(vault)).lossD18;
    }

    function test_only_the_vaults_allocator_charges() public {
        address[7] memory who = [owner, curator, strategist, sentinel, breaker, stranger, address(vault)];
        for (uint256 i; i < who.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(ISettler.Settler__NotAllowed.selector, address(vault), who[i]));
            vm.prank(who[i]);
            settler.charge(address(vault), 1);
        }
    }

    function testFuzz_losses_add_up_to_the_cap_and_no_further(uint256 one, uint256 two) public {
        one = bound(one, 0, CAP);
        two = bound(two, 0, type(uint128).max);
        _charge(one);
        assertEq(_level(), one);
        bool over = one + two > CAP;
        if (over) {
            vm.expectRevert(abi.encodeWithSelector(ISettler.Settler__LossCapHit.selector, one + two, CAP));
        }
        _charge(two);
        assertEq(_level(), over ? one : one + two);
        assertEq(settler.bucketsOf(address(vault)).turnoverD18, 0, "a move is no sale");
    }

    function testFuzz_the_level_leaks_as_that_of_any_loss(uint256 loss, uint256 time) public {
        loss = bound(loss, 0, CAP);
        time = bound(time, 0, 2 days);
        _charge(loss);
        vm.warp(block.timestamp + time);
        uint256 leak = CAP * time / 1 days;
        assertEq(_level(), leak > loss ? 0 : loss - leak);
    }

    function test_what_moves_have_lost_is_not_there_for_fills() public {
        _charge(CAP);
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        // ten minutes of leak are a third of a basis point; $10,000 at one per cent lose one
        _expect(ISettler.Settler__LossCapHit.selector);
        _fill(stranger, 1, 3, 10_000e6);
        _fill(stranger, 1, 3, 1000e6);
    }

    function test_charging_nothing_does_not_lower_anything() public {
        _charge(CAP / 2);
        for (uint256 i; i < 100; ++i) {
            _charge(0);
        }
        assertEq(_level(), CAP / 2);
    }

    function test_who_pretends_to_be_a_vault_charges_himself_at_most() public {
        Pretender pretender = new Pretender();
        vm.expectRevert(
            abi.encodeWithSelector(ISettler.Settler__NotAllowed.selector, address(vault), address(pretender))
        );
        pretender.charge(settler, address(vault), 1);
        _expect(ISettler.Settler__LossCapHit.selector); // not even himself: nobody's bounds are zero
        pretender.charge(settler, address(pretender), 1);
        assertEq(_level(), 0);
    }
}
