// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {AaveLeverage} from "../../src/adapters/AaveLeverage.sol";
import {ILeverage} from "../../src/interfaces/ILeverage.sol";
import {LeverageFixture} from "../fixture/LeverageFixture.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

contract AaveLeverageMintTest is LeverageFixture {
    function test_the_first_shares_cost_the_genesis_and_owe_nothing() public view {
        assertEq(_collateral(), 100e18);
        assertEq(_debt(), 0);
        assertEq(lever.balanceOf(alice), SHARES - lever.MIN_SHARES());
        assertEq(lever.balanceOf(address(lever)), lever.MIN_SHARES());
        assertEq(lever.healthD18(), type(uint256).max);
    }

    /// @dev What one share has may not fall, what it owes may not rise, by anybody's coming or going.
    function testFuzz_minting_leaves_the_others_what_they_have(uint256 shares, uint256 time) public {
        _serve();
        _wait(bound(time, 0, 30 days));
        (uint256 supply, uint256 had, uint256 owed) = (lever.totalSupply(), _collateral(), _debt());
        shares = bound(shares, 1, 2000e18);
        uint256 before = tokens[COLLATERAL].balanceOf(alice);
        vm.prank(alice);
        (uint256 collateralIn, uint256 debtOut) = lever.mint(shares, type(uint256).max, 0, alice);
        assertEq(before - tokens[COLLATERAL].balanceOf(alice), collateralIn);
        assertEq(lever.totalSupply(), supply + shares);
        _assertNoWorse(supply, had, owed);
        assertApproxEqAbs(collateralIn, Math.mulDiv(had, shares, supply), 2);
        assertApproxEqAbs(debtOut, Math.mulDiv(owed, shares, supply), 1);
        _assertKeepsNothing();
    }

    function testFuzz_redeeming_leaves_the_others_what_they_have(uint256 shares, uint256 time, bool inKind) public {
        _serve();
        _wait(bound(time, 0, 30 days));
        (uint256 supply, uint256 had, uint256 owed) = (lever.totalSupply(), _collateral(), _debt());
        shares = bound(shares, 1, lever.balanceOf(alice));
        vm.prank(alice);
        lever.redeem(shares, type(uint256).max, 0, alice, inKind);
        _assertNoWorse(supply, had, owed);
        _assertKeepsNothing();
    }

    function _assertNoWorse(uint256 supply, uint256 had, uint256 owed) private view {
        assertGe(_collateral() * supply, had * lever.totalSupply(), "a share has no less");
        assertLe(_debt() * supply, owed * lever.totalSupply(), "a share owes no more");
    }

    function _assertKeepsNothing() private view {
        for (uint256 i; i < tokens.length; ++i) {
            assertEq(tokens[i].balanceOf(address(lever)), 0, "keeps no tokens");
            assertEq(tokens[i].allowance(address(lever), address(pool)), 0, "keeps no allowance");
        }
    }

    function test_limits_are_kept() public {
        _serve();
        vm.startPrank(alice);
        _expect(ILeverage.AaveLeverage__OffLimit.selector);
        lever.mint(1e18, 0.1e18, 0, alice);
        _expect(ILeverage.AaveLeverage__OffLimit.selector);
        lever.mint(1e18, 1e18, 400e6, alice);
        _expect(ILeverage.AaveLeverage__OffLimit.selector);
        lever.redeem(1e18, 100e6, 0, alice, false);
        _expect(ILeverage.AaveLeverage__OffLimit.selector);
        lever.redeem(1e18, 300e6, 1e18, alice, false);
        _expect(ILeverage.AaveLeverage__TooFewShares.selector);
        lever.mint(0, 1e18, 0, alice);
        _expect(ILeverage.AaveLeverage__TooFewShares.selector);
        lever.redeem(0, 1e18, 0, alice, false);
    }

    function test_nonsense_cannot_be_set_up() public {
        ILeverage.Setup memory setup = _setup();
        setup.minHealthD18 = 1e18;
        _refuse(setup);
        setup = _setup();
        setup.targetHealthD18 = setup.minHealthD18 - 1;
        _refuse(setup);
        setup = _setup();
        setup.debtAsset = setup.collateral;
        _refuse(setup);
        setup = _setup();
        setup.collateral = stranger;
        _refuse(setup);
        setup = _setup();
        setup.genesis = 0;
        _refuse(setup);
    }

    function _refuse(ILeverage.Setup memory setup) private {
        vm.expectRevert(abi.encodeWithSelector(ILeverage.AaveLeverage__BadSetup.selector, setup));
        this.deploy(setup);
    }

    /// @dev From outside: forge deploys by a cheat code, whose revert would be the end of the test.
    function deploy(ILeverage.Setup calldata setup) external {
        new AaveLeverage("", "", setup);
    }
}
