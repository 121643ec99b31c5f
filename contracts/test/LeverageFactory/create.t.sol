// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {AaveLeverage} from "../../src/adapters/AaveLeverage.sol";
import {LeverageFactory} from "../../src/adapters/LeverageFactory.sol";
import {ILeverage} from "../../src/interfaces/ILeverage.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {LeverageFixture} from "../fixture/LeverageFixture.sol";

contract LeverageFactoryCreateTest is LeverageFixture {
    LeverageFactory internal maker;

    function setUp() public override {
        super.setUp();
        maker = new LeverageFactory(address(settler), policy);
        tokens[COLLATERAL].mint(address(this), 1e24);
        tokens[COLLATERAL].approve(address(maker), type(uint256).max);
    }

    function _plan(uint256 shares) private view returns (LeverageFactory.Plan memory) {
        address[] memory rules = new address[](1);
        rules[0] = address(leverRule);
        return LeverageFactory.Plan("Levered", "LEV", _setup(), shares, alice, roles(), leverBounds(), rules);
    }

    function testFuzz_it_comes_with_its_roles_its_rule_and_its_first_shares(uint256 shares) public {
        shares = bound(shares, 1e10, 1e22);
        uint256 had = tokens[COLLATERAL].balanceOf(address(this));
        AaveLeverage made = maker.create(_plan(shares));
        assertEq(policy.rolesOf(address(made)).owner, owner);
        assertTrue(policy.isRule(address(made), address(leverRule)));
        assertEq(made.balanceOf(alice), shares - made.MIN_SHARES());
        uint256 paid = had - tokens[COLLATERAL].balanceOf(address(this));
        assertEq(paid, (shares * 0.1e18 + 1e18 - 1) / 1e18);
        assertApproxEqAbs(made.aToken().balanceOf(address(made)), paid, 1);
        assertEq(tokens[COLLATERAL].balanceOf(address(maker)), 0);
        assertEq(tokens[COLLATERAL].allowance(address(maker), address(made)), 0);
    }

    function test_it_is_served_like_any_other() public {
        lever = maker.create(_plan(SHARES));
        vm.prank(curator);
        leverRule.configure(address(lever), _band());
        _serve();
        assertApproxEqRel(lever.healthD18(), 1.6e18, 0.01e18);
    }

    function test_too_few_first_shares_and_another_settler_are_refused() public {
        LeverageFactory.Plan memory plan = _plan(1e6);
        vm.expectRevert(abi.encodeWithSelector(ILeverage.AaveLeverage__TooFewShares.selector, 1e6));
        maker.create(plan);
        plan = _plan(SHARES);
        plan.setup.settler = stranger;
        vm.expectRevert(
            abi.encodeWithSelector(LeverageFactory.LeverageFactory__WrongSettler.selector, stranger, address(settler))
        );
        maker.create(plan);
    }

    /// Deployed, and then registered: in between it was somebody else's.
    function test_control_what_is_only_deployed_is_whose_it_is_registered_first() public {
        AaveLeverage bare = new AaveLeverage("Levered", "LEV", _setup());
        vm.prank(stranger);
        policy.register(
            address(bare),
            IPolicy.Roles(stranger, stranger, stranger, stranger, stranger),
            leverBounds(),
            new address[](0)
        );
        address[] memory rules = new address[](0);
        _expect(IPolicy.Policy__CannotRegister.selector);
        policy.register(address(bare), roles(), leverBounds(), rules);
    }

    /// Registered, and then minted: in between somebody made a share of it worth a fortune, for a dollar.
    function test_control_what_has_no_shares_yet_is_spoilt_by_the_first_of_them() public {
        lever = new AaveLeverage("Levered", "LEV", _setup());
        address[] memory rules = new address[](1);
        rules[0] = address(leverRule);
        policy.register(address(lever), roles(), leverBounds(), rules);
        vm.prank(curator);
        leverRule.configure(address(lever), _band());
        tokens[COLLATERAL].mint(stranger, 1e15);
        vm.startPrank(stranger);
        tokens[COLLATERAL].approve(address(lever), type(uint256).max);
        lever.mint(1e6 + 1, type(uint256).max, 0, stranger);
        tokens[COLLATERAL].approve(address(pool), type(uint256).max);
        pool.supply(address(tokens[COLLATERAL]), 0.5e15, address(lever), 0);
        _expect(ISettler.Settler__TooLarge.selector);
        settler.proposeByRule(address(lever), address(leverRule));
        vm.stopPrank();
    }
}
