// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Erc4626Scene} from "./Scene.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title What the others hold: nobody takes it by coming and going, nor by a donation before they come.
abstract contract HolderProperties is Erc4626Scene {
    // ------------------------------------------------------------------ the others

    function testFuzz_whoever_comes_and_goes_costs_the_others_nothing(uint256 seed, uint256 assets) public {
        _stir(seed);
        uint256 bens = sleeve.convertToAssets(sleeve.balanceOf(ben));
        assets = _affordable(ann, assets);
        vm.prank(ann);
        sleeve.deposit(assets, ann);
        _notPoorer(bens);
        uint256 shares = Math.min(sleeve.convertToShares(assets), sleeve.maxRedeem(ann));
        vm.assume(shares != 0 && sleeve.previewRedeem(shares) != 0);
        vm.prank(ann);
        sleeve.redeem(shares, ann, ann);
        _notPoorer(bens);
    }

    function testFuzz_all_shares_together_are_worth_no_more_than_there_is(uint256 seed) public {
        _stir(seed);
        uint256 promised = sleeve.previewRedeem(sleeve.balanceOf(ann)) + sleeve.previewRedeem(sleeve.balanceOf(ben));
        assertLe(promised, sleeve.totalAssets());
    }

    function testFuzz_everybody_can_leave(uint256 seed) public {
        _stir(seed);
        uint256 total = sleeve.totalAssets();
        uint256 paid = _redeemAll(ben) + _redeemAll(ann);
        assertLe(paid, total);
        assertGe(sleeve.totalAssets() + _slack(), total - paid, "what nobody was paid is still there");
    }

    function testFuzz_a_gain_raises_and_a_loss_lowers_every_share(uint256 seed, uint256 change) public {
        _stir(seed);
        change = bound(change, 1, sleeve.totalAssets() + 1);
        uint256 worth = sleeve.convertToAssets(sleeve.balanceOf(ben));
        _gain(change);
        _notPoorer(worth);
        worth = sleeve.convertToAssets(sleeve.balanceOf(ben));
        _lose(change / 2);
        assertLe(sleeve.convertToAssets(sleeve.balanceOf(ben)), worth);
    }

    // ------------------------------------------------------------------- inflation

    /// @dev Eve deposits first, donates, lets Ann deposit and leaves: she must not gain, and Ann must not be emptied.
    function testFuzz_a_donation_before_the_first_honest_deposit_does_not_pay(
        uint256 first,
        uint256 donation,
        uint256 deposit
    ) public {
        (first, donation, deposit) = (_some(first), _some(donation), bound(deposit, 1e3, _most()));
        _enrich(eve, first + donation);
        _enrich(ann, deposit);
        if (sleeve.previewDeposit(first) == 0) return;
        vm.prank(eve);
        sleeve.deposit(first, eve);
        _donate(eve, donation);
        vm.prank(ann);
        try sleeve.deposit(deposit, ann) {}
        catch {
            return; // refused, so nothing is lost
        }
        assertLe(_redeemAll(eve), first + donation, "Eve gains nothing");
        uint256 lost = Math.saturatingSub(deposit, _redeemAll(ann));
        uint256 bearable = _slack() + 2 + deposit * _victimLossD18(donation, deposit) / ONE_D18;
        assertLe(lost, bearable, "Ann loses next to nothing");
    }

    // ------------------------------------------------------------------ measuring

    function _redeemAll(address who) private returns (uint256) {
        uint256 shares = sleeve.maxRedeem(who);
        if (shares == 0 || sleeve.previewRedeem(shares) == 0) return 0;
        vm.prank(who);
        return sleeve.redeem(shares, who, who);
    }

    function _notPoorer(uint256 bens) private view {
        assertGe(sleeve.convertToAssets(sleeve.balanceOf(ben)) + _slack(), bens, "Ben is not poorer");
    }
}
