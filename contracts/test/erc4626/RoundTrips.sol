// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Erc4626Scene} from "./Scene.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Whoever goes in and out again, or out and in again, never gains.
abstract contract RoundTripProperties is Erc4626Scene {
    function testFuzz_deposit_then_redeem_never_gains(uint256 seed, uint256 assets) public {
        (uint256 put, uint256 shares) = _enter(seed, assets);
        shares = Math.min(shares, sleeve.maxRedeem(ann));
        vm.prank(ann);
        assertLe(shares == 0 ? 0 : sleeve.redeem(shares, ann, ann), put);
    }

    function testFuzz_deposit_then_withdraw_never_gains(uint256 seed, uint256 assets) public {
        (uint256 put, uint256 shares) = _enter(seed, assets);
        vm.assume(put <= sleeve.maxWithdraw(ann));
        vm.prank(ann);
        assertGe(sleeve.withdraw(put, ann, ann), shares);
    }

    function testFuzz_mint_then_redeem_never_gains(uint256 seed, uint256 amount) public {
        (uint256 paid, uint256 shares) = _mintSome(seed, amount);
        vm.assume(shares <= sleeve.maxRedeem(ann));
        vm.prank(ann);
        assertLe(sleeve.redeem(shares, ann, ann), paid);
    }

    function testFuzz_mint_then_withdraw_never_gains(uint256 seed, uint256 amount) public {
        (uint256 paid, uint256 shares) = _mintSome(seed, amount);
        vm.assume(paid <= sleeve.maxWithdraw(ann));
        vm.prank(ann);
        assertGe(sleeve.withdraw(paid, ann, ann), shares);
    }

    function testFuzz_redeem_then_deposit_never_gains(uint256 seed, uint256 shares) public {
        uint256 assets;
        (assets, shares) = _leave(seed, shares);
        vm.assume(assets != 0);
        vm.prank(ann);
        try sleeve.deposit(assets, ann) returns (uint256 again) {
            assertLe(again, shares);
        } catch {} // too little for one share
    }

    function testFuzz_redeem_then_mint_never_gains(uint256 seed, uint256 shares) public {
        uint256 assets;
        (assets, shares) = _leave(seed, shares);
        _enrich(ann, sleeve.previewMint(shares));
        vm.prank(ann);
        assertGe(sleeve.mint(shares, ann), assets);
    }

    function testFuzz_withdraw_then_deposit_never_gains(uint256 seed, uint256 assets) public {
        uint256 shares;
        (assets, shares) = _take(seed, assets);
        vm.prank(ann);
        try sleeve.deposit(assets, ann) returns (uint256 again) {
            assertLe(again, shares);
        } catch {} // too little for one share
    }

    function testFuzz_withdraw_then_mint_never_gains(uint256 seed, uint256 assets) public {
        uint256 shares;
        (assets, shares) = _take(seed, assets);
        _enrich(ann, sleeve.previewMint(shares));
        vm.prank(ann);
        assertGe(sleeve.mint(shares, ann), assets);
    }

    // --------------------------------------------------------------------- scenes

    function _enter(uint256 seed, uint256 raw) private returns (uint256 assets, uint256 shares) {
        _stir(seed);
        assets = _affordable(ann, raw);
        vm.prank(ann);
        shares = sleeve.deposit(assets, ann);
    }

    function _mintSome(uint256 seed, uint256 raw) private returns (uint256 paid, uint256 shares) {
        _stir(seed);
        shares = Math.min(sleeve.previewDeposit(_affordable(ann, raw)), sleeve.maxMint(ann));
        vm.assume(shares != 0);
        _enrich(ann, sleeve.previewMint(shares));
        vm.prank(ann);
        paid = sleeve.mint(shares, ann);
    }

    function _leave(uint256 seed, uint256 raw) private returns (uint256 assets, uint256 shares) {
        _stir(seed);
        uint256 most = sleeve.maxRedeem(ann);
        vm.assume(most != 0);
        shares = bound(raw, 1, most);
        vm.assume(sleeve.previewRedeem(shares) != 0);
        vm.prank(ann);
        assets = sleeve.redeem(shares, ann, ann);
    }

    function _take(uint256 seed, uint256 raw) private returns (uint256 assets, uint256 shares) {
        _stir(seed);
        uint256 most = sleeve.maxWithdraw(ann);
        vm.assume(most != 0);
        assets = bound(raw, 1, most);
        vm.prank(ann);
        shares = sleeve.withdraw(assets, ann, ann);
    }
}
