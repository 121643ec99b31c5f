// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {DeskFixture} from "../fixture/DeskFixture.sol";
import {Fault, FaultySleeve} from "../fixture/FaultySleeve.sol";

/// Everybody has left, and there is still something in the vault: atoms of rounding, an airdrop, a transfer that came late.
/// Whoever comes first takes it all with a tiny deposit, or nobody can come any more.
contract A25Test is DeskFixture {
    function setUp() public override {
        super.setUp();
        _everybodyLeaves();
    }

    function _everybodyLeaves() private {
        uint256 all = vault.balanceOf(alice);
        vm.prank(alice);
        vault.redeem(all, _none(), alice);
    }

    function _leftOver(uint256 i, uint256 amount) private {
        tokens[i].mint(address(vault), amount);
    }

    function test_shares_never_go_back_to_nothing() public view {
        assertEq(vault.totalSupply(), vault.MIN_SHARES());
        assertEq(vault.balanceOf(address(vault)), vault.MIN_SHARES());
    }

    function testFuzz_the_first_to_come_back_takes_at_most_a_days_drop(uint256 i, uint256 amount, uint256 shares)
        public
    {
        i = bound(i, 0, 4);
        _leftOver(i, bound(amount, 1, 100 * amounts()[i]));
        shares = bound(shares, 1, 900e18);
        uint256 before = _wealthD18(stranger);
        vm.prank(stranger);
        uint256[] memory paid = vault.mint(shares, _none(), stranger);
        _wait(1 hours);
        vault.sync(address(tokens[i]));
        vm.prank(stranger);
        vault.redeem(shares, _none(), stranger);
        uint256 drop = paid[i] / 100 + 2;
        assertLe(_wealthD18(stranger), before + _worthD18(i, drop), "a hundredth of the own deposit");
    }

    function testFuzz_deposits_are_not_bricked(uint256 i, uint256 amount, uint256 shares) public {
        i = bound(i, 0, 4);
        _leftOver(i, bound(amount, 1, 1e36));
        shares = bound(shares, 1, 900e18);
        _wait(1 days);
        vault.sync(address(tokens[i]));
        vm.startPrank(stranger);
        uint256[] memory paid = vault.mint(shares, _none(), stranger);
        uint256[] memory back = vault.redeem(shares, _none(), stranger);
        for (uint256 j; j < 5; ++j) {
            assertLe(paid[j] - back[j], 1);
        }
    }

    /// @dev Assets and shares that nobody requested with lie in the desk: no epoch ever gets them.
    function testFuzz_what_lies_in_the_desk_is_no_requests(uint256 assets, uint256 amount) public {
        assets = bound(assets, 1, 1e15);
        amount = bound(amount, 1, 10_000e6);
        tokens[1].mint(address(desk), assets);
        for (uint256 i; i < 5; ++i) {
            tokens[i].mint(alice, amounts()[i]);
        }
        vm.startPrank(alice);
        vault.mint(500e18, _none(), alice);
        vault.transfer(address(desk), 1e18);
        vm.stopPrank();
        _enter(bob, amount);
        _lock();
        uint256 got = _fillSome(true, amount / 2 + 1);
        _wait(1 days);
        desk.finish();
        assertEq(desk.maxMint(bob), got);
        assertEq(desk.reclaimable(true, bob), amount - amount / 2 - 1);
    }

    function test_honest_newcomers_get_what_a_share_always_was() public {
        vm.prank(stranger);
        uint256[] memory paid = vault.mint(10e18, _none(), stranger);
        assertEq(paid[3], 1e18);
        assertEq(paid[1], 2000e6);
    }

    /// @dev A vault that counts its balance and starts anew at a supply of zero: one atom buys the $5,000 that were left.
    function test_control_without_locked_or_virtual_shares_one_atom_takes_it_all() public {
        assertEq(_takeLeftOver(Fault.Inflation), 5000e6);
        assertLt(_takeLeftOver(Fault.None), 0.01e6);
    }

    function _takeLeftOver(Fault fault) private returns (uint256) {
        FaultySleeve sleeve = new FaultySleeve(tokens[1], fault);
        tokens[1].mint(address(sleeve), 5000e6);
        uint256 before = tokens[1].balanceOf(stranger);
        vm.startPrank(stranger);
        tokens[1].approve(address(sleeve), 1);
        sleeve.deposit(1, stranger);
        sleeve.redeem(sleeve.balanceOf(stranger), stranger, stranger);
        vm.stopPrank();
        uint256 now_ = tokens[1].balanceOf(stranger);
        return now_ > before ? now_ - before : 0;
    }
}
