// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Factory} from "../../src/Factory.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {Fixture} from "../fixture/Fixture.sol";

contract CreateTest is Fixture {
    function _plan(bytes32 salt) internal returns (Factory.Plan memory plan) {
        plan = Factory.Plan({
            name: "Two",
            symbol: "TWO",
            assets: assets(),
            amounts: new uint256[](5),
            shares: 1e21,
            sharesTo: alice,
            roles: roles(),
            bounds: bounds(),
            rules: new address[](0),
            salt: salt
        });
        plan.amounts[1] = 100e6;
        tokens[1].mint(address(this), 100e6);
        tokens[1].approve(address(factory), 100e6);
    }

    function testFuzz_the_address_is_known_beforehand(bytes32 salt) public {
        vm.assume(salt != 0);
        Factory.Plan memory plan = _plan(salt);
        address expected = factory.predict(address(this), plan.assets, salt);
        assertEq(factory.create(plan), expected);
        assertEq(policy.rolesOf(expected).owner, owner);
    }

    function test_the_same_vault_is_not_created_twice() public {
        factory.create(_plan("a"));
        Factory.Plan memory plan = _plan("a");
        vm.expectRevert();
        factory.create(plan);
    }

    function test_nobody_takes_the_policy_of_a_vault_to_come() public {
        Factory.Plan memory plan = _plan("a");
        address expected = factory.predict(address(this), plan.assets, "a");
        _expect(IPolicy.Policy__CannotRegister.selector);
        vm.prank(stranger);
        policy.register(
            expected, IPolicy.Roles(stranger, stranger, stranger, stranger, stranger), bounds(), new address[](0)
        );
        factory.create(plan);
    }

    function test_an_amount_is_needed_for_every_asset() public {
        Factory.Plan memory plan = _plan("a");
        plan.amounts = new uint256[](4);
        _expect(Factory.Factory__BadLength.selector);
        factory.create(plan);
    }

    function test_the_factory_keeps_nothing() public view {
        for (uint256 i; i < 5; ++i) {
            assertEq(tokens[i].balanceOf(address(factory)), 0);
            assertEq(tokens[i].allowance(address(factory), address(vault)), 0);
        }
    }
}
