// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Erc4626Scene} from "./Scene.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title Nobody moves what is another's without an allowance, nor more than that.
abstract contract PermissionProperties is Erc4626Scene {
    using SafeERC20 for IERC20;

    function testFuzz_a_stranger_takes_nothing_without_an_allowance(uint256 seed, uint256 amount) public {
        _stir(seed);
        uint256 assets = sleeve.maxWithdraw(ann);
        uint256 shares = sleeve.maxRedeem(ann);
        vm.assume(assets != 0 && shares != 0);
        _refused(eve, abi.encodeCall(IERC4626.withdraw, (bound(amount, 1, assets), eve, ann)));
        _refused(eve, abi.encodeCall(IERC4626.redeem, (bound(amount, 1, shares), eve, ann)));
    }

    function testFuzz_an_allowance_is_used_up_unless_it_is_endless(uint256 seed, uint256 shares, bool endless) public {
        _stir(seed);
        uint256 most = sleeve.maxRedeem(ann);
        vm.assume(most != 0);
        shares = bound(shares, 1, most);
        vm.assume(sleeve.previewRedeem(shares) != 0);
        uint256 allowed = endless ? type(uint256).max : shares;
        vm.prank(ann);
        sleeve.approve(eve, allowed);
        vm.prank(eve);
        sleeve.redeem(shares, eve, ann);
        assertEq(sleeve.allowance(ann, eve), endless ? allowed : 0);
    }

    function testFuzz_withdrawing_uses_up_the_shares_allowed(uint256 seed, uint256 assets) public {
        _stir(seed);
        uint256 most = sleeve.maxWithdraw(ann);
        vm.assume(most != 0);
        assets = bound(assets, 1, most);
        uint256 needed = sleeve.previewWithdraw(assets);
        vm.prank(ann);
        sleeve.approve(eve, needed);
        vm.prank(eve);
        uint256 shares = sleeve.withdraw(assets, eve, ann);
        assertEq(sleeve.allowance(ann, eve), needed - shares);
        if (sleeve.maxWithdraw(ann) != 0) {
            uint256 left = sleeve.allowance(ann, eve);
            uint256 tooMuch = sleeve.maxWithdraw(ann);
            if (sleeve.previewWithdraw(tooMuch) > left) {
                _refused(eve, abi.encodeCall(IERC4626.withdraw, (tooMuch, eve, ann)));
            }
        }
    }

    function testFuzz_entering_takes_the_callers_assets_only(uint256 seed, uint256 assets) public {
        _stir(seed);
        assets = _affordable(ann, assets);
        vm.prank(ann);
        asset.forceApprove(address(sleeve), assets - 1);
        _refused(ann, abi.encodeCall(IERC4626.deposit, (assets, ann)));
        _refused(eve, abi.encodeCall(IERC4626.deposit, (assets, ann)));
    }
}
