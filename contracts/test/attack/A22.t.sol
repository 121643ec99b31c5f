// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {BasketVault} from "../../src/BasketVault.sol";
import {Factory} from "../../src/Factory.sol";
import {TestToken} from "../../src/demo/TestToken.sol";
import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {Fault, FaultySleeve} from "../fixture/FaultySleeve.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";

/// @dev Cheats of the forge in use that the library in use does not know yet.
interface Snapshots {
    function snapshotState() external returns (uint256 id);
    function revertToState(uint256 id) external returns (bool ok);
}

/// The attacker is the first: he opens a vault with next to nothing, gives it a lot so that a share is worth a lot, and lets
/// the next depositor's money be rounded away into his own shares.
contract A22Test is Fixture {
    address private _attacker = makeAddr("attacker");
    TestToken private _asset;

    /// @dev A vault of one asset with the smallest supply that can be, all of it the attacker's but for what is locked.
    function _open(uint8 places, uint256 atoms) private {
        _asset = new TestToken("Asset", "AST", places, address(this));
        Factory.Plan memory plan;
        plan.assets = new address[](1);
        plan.amounts = new uint256[](1);
        (plan.assets[0], plan.amounts[0]) = (address(_asset), atoms);
        (plan.shares, plan.sharesTo) = (1e6 + 1, _attacker);
        (plan.roles, plan.bounds, plan.salt) = (roles(), bounds(), bytes32(uint256(places)));
        _asset.mint(_attacker, atoms);
        vm.prank(_attacker);
        _asset.approve(address(factory), atoms);
        vm.prank(_attacker);
        vault = BasketVault(factory.create(plan));
    }

    function _donate(uint256 donation, uint256 daysOfSync) private {
        _asset.mint(_attacker, donation);
        vm.prank(_attacker);
        _asset.transfer(address(vault), donation);
        for (uint256 i; i < daysOfSync; ++i) {
            _wait(1 days);
            vault.sync(address(_asset));
        }
    }

    /// @dev The victim buys as many shares as `deposit` pays for, and leaves again.
    function _comeAndGo(uint256 deposit) private returns (uint256 back) {
        uint256 units = vault.unitsOf(address(_asset));
        uint256 shares = units == 0 ? 0 : deposit * 1e36 / units;
        _asset.mint(alice, deposit);
        vm.prank(alice);
        _asset.approve(address(vault), deposit);
        if (shares == 0) return deposit; // not even one atom of a share: nothing is taken
        vm.prank(alice);
        vault.mint(shares, _none(), alice);
        uint256 id = Snapshots(address(vm)).snapshotState();
        vm.prank(alice);
        vault.redeem(shares, _none(), alice);
        back = _asset.balanceOf(alice);
        Snapshots(address(vm)).revertToState(id);
    }

    function testFuzz_the_next_depositor_loses_an_atom_or_two(
        uint8 which,
        uint256 atoms,
        uint256 donation,
        uint256 deposit,
        uint256 daysOfSync
    ) public {
        _open([6, 8, 18][which % 3], bound(atoms, 1, 1e12));
        _donate(bound(donation, 1, 1e24), bound(daysOfSync, 0, 3));
        deposit = bound(deposit, 2e4, 1e24);
        uint256 back = _comeAndGo(deposit);
        assertGe(back + 2 + deposit / 10_000, deposit, "0.01 % at most");
    }

    function testFuzz_the_attacker_gains_nothing(uint8 which, uint256 atoms, uint256 donation, uint256 deposit) public {
        atoms = bound(atoms, 1, 1e12);
        donation = bound(donation, 1, 1e24);
        _open([6, 8, 18][which % 3], atoms);
        _donate(donation, 2);
        _comeAndGo(bound(deposit, 2e4, 1e24)); // Alice stays in
        uint256 held = vault.balanceOf(_attacker);
        vm.prank(_attacker);
        vault.redeem(held, _none(), _attacker);
        assertLe(_asset.balanceOf(_attacker), atoms + donation);
    }

    function test_a_vault_cannot_be_opened_with_less_than_what_is_locked() public {
        _open(18, 1e18);
        assertEq(vault.balanceOf(address(vault)), 1e6, "and those are nobody's for ever");
        vm.prank(address(factory));
        vm.expectRevert();
        vault.initialize("again", "AGN", new uint256[](1), 1e18, _attacker);
    }

    function test_honest_first_deposits_buy_what_they_pay_for() public {
        _open(6, 1e6);
        uint256 back = _comeAndGo(5000e6);
        assertGe(back + 2, 5000e6);
    }

    /// @dev The same play against a single-asset vault that counts its balance and has no virtual shares.
    function test_control_where_balances_count_the_next_deposit_is_the_attackers() public {
        assertGt(_inflate(Fault.Inflation), 4900e6, "one share each: half of her $20,000 and of his gift is his");
        assertLt(_inflate(Fault.None), 0);
    }

    /// @dev One atom, a donation of $10,000, and Alice's $20,000: one share for hers, and one for his.
    function _inflate(Fault fault) private returns (int256 gain) {
        _asset = new TestToken("Asset", "AST", 6, address(this));
        IERC4626 sleeve = new FaultySleeve(_asset, fault);
        _asset.mint(_attacker, 10_000e6 + 1);
        vm.startPrank(_attacker);
        _asset.approve(address(sleeve), 1);
        sleeve.deposit(1, _attacker);
        _asset.transfer(address(sleeve), 10_000e6);
        vm.stopPrank();
        _asset.mint(alice, 20_000e6);
        vm.startPrank(alice);
        _asset.approve(address(sleeve), 20_000e6);
        sleeve.deposit(20_000e6 - 1, alice);
        vm.stopPrank();
        vm.startPrank(_attacker);
        sleeve.redeem(sleeve.balanceOf(_attacker), _attacker, _attacker);
        vm.stopPrank();
        return int256(_asset.balanceOf(_attacker)) - int256(10_000e6 + 1);
    }
}
