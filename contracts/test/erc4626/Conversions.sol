// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Erc4626Scene} from "./Scene.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";

/// @title What a vault says of its asset and its share, and what it converts one into the other at.
abstract contract ConversionProperties is Erc4626Scene {
    // ------------------------------------------------------- asset and the share

    function testFuzz_asset_and_totals_answer_everybody_alike(uint256 seed) public {
        _stir(seed);
        assertGt(address(asset).code.length, 0, "the asset is a contract");
        _sameForAll(abi.encodeCall(IERC4626.asset, ()));
        _sameForAll(abi.encodeCall(IERC4626.totalAssets, ()));
        assertGt(bytes(sleeve.name()).length, 0);
        assertGt(bytes(sleeve.symbol()).length, 0);
        assertGe(sleeve.decimals(), 0);
    }

    function testFuzz_shares_are_a_token(uint256 seed, uint256 part) public {
        _stir(seed);
        uint256 supply = sleeve.totalSupply();
        assertGe(supply, sleeve.balanceOf(ann) + sleeve.balanceOf(ben));
        uint256 held = sleeve.balanceOf(ann);
        part = bound(part, 0, held);
        vm.prank(ann);
        sleeve.transfer(eve, part);
        assertEq(sleeve.balanceOf(eve), part);
        assertEq(sleeve.balanceOf(ann), held - part);
        assertEq(sleeve.totalSupply(), supply, "moving shares makes none");
    }

    // -------------------------------------------------------------- conversions

    function testFuzz_conversions_do_not_depend_on_who_asks(uint256 seed, uint256 amount) public {
        _stir(seed);
        amount = _some(amount);
        _sameForAll(abi.encodeCall(IERC4626.convertToShares, (amount)));
        _sameForAll(abi.encodeCall(IERC4626.convertToAssets, (amount)));
        _sameForAll(abi.encodeCall(IERC4626.previewDeposit, (amount)));
        _sameForAll(abi.encodeCall(IERC4626.previewMint, (amount)));
        _sameForAll(abi.encodeCall(IERC4626.previewWithdraw, (amount)));
        _sameForAll(abi.encodeCall(IERC4626.previewRedeem, (amount)));
    }

    function testFuzz_converting_there_and_back_never_gains(uint256 seed, uint256 amount) public {
        _stir(seed);
        amount = _some(amount);
        assertLe(sleeve.convertToAssets(sleeve.convertToShares(amount)), amount);
        uint256 shares = sleeve.convertToShares(amount);
        assertLe(sleeve.convertToShares(sleeve.convertToAssets(shares)), shares);
        assertEq(sleeve.convertToShares(0), 0);
        assertEq(sleeve.convertToAssets(0), 0);
    }

    function testFuzz_more_is_never_worth_less(uint256 seed, uint256 less, uint256 more) public {
        _stir(seed);
        less = _some(less);
        more = bound(more, less, _most());
        assertLe(sleeve.convertToShares(less), sleeve.convertToShares(more));
        assertLe(sleeve.convertToAssets(less), sleeve.convertToAssets(more));
        assertLe(sleeve.previewMint(less), sleeve.previewMint(more));
        assertLe(sleeve.previewWithdraw(less), sleeve.previewWithdraw(more));
    }

    function testFuzz_previews_are_never_better_than_conversions(uint256 seed, uint256 amount) public {
        _stir(seed);
        amount = _some(amount);
        uint256 shares = sleeve.convertToShares(amount);
        assertLe(sleeve.previewDeposit(amount), shares);
        assertGe(sleeve.previewWithdraw(amount), shares);
        assertGe(sleeve.previewMint(shares), sleeve.convertToAssets(shares));
        assertLe(sleeve.previewRedeem(shares), sleeve.convertToAssets(shares));
    }
}
