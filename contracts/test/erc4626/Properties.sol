// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Test, Vm} from "forge-std/Test.sol";

/// @title What every ERC-4626 vault must do, as properties over any one of them.
///
/// @notice A subclass makes a sleeve and says how to give somebody its asset; the properties do the rest. Every property runs
/// in a scene that its `seed` draws: Ben holds shares, the sleeve may have gained or lost since, then Ann holds some too.
/// Ann acts, Eve is a stranger. Amounts are drawn evenly over orders of magnitude, from one atom to `_most()`.
abstract contract Erc4626Properties is Test {
    using SafeERC20 for IERC20;

    uint256 internal constant ONE_D18 = 1e18;

    IERC4626 internal sleeve;
    IERC20 internal asset;
    address internal ann = makeAddr("ann");
    address internal ben = makeAddr("ben");
    address internal eve = makeAddr("eve");

    // ----------------------------------------------------- what a subclass says

    /// @dev A fresh sleeve without shares, or with those it locks itself.
    function _newSleeve() internal virtual returns (IERC4626);

    /// @dev Makes `who` richer by `assets` of the asset.
    function _give(address who, uint256 assets) internal virtual;

    /// @dev Makes what the sleeve holds grow by about `assets`: a harvest, interest.
    function _gain(uint256 assets) internal virtual {}

    /// @dev Makes what the sleeve holds shrink by about `assets`: a slash, bad debt.
    function _lose(uint256 assets) internal virtual {}

    /// @dev Sends `assets` to wherever the sleeve could be fooled by them; the sender has them.
    function _donate(address from, uint256 assets) internal virtual {
        vm.prank(from);
        asset.safeTransfer(address(sleeve), assets);
    }

    /// @dev {assetAtom} most that one actor uses.
    function _most() internal view virtual returns (uint256) {
        return 1e27;
    }

    /// @dev {assetAtom} by which what lies under the sleeve may round, against the user.
    function _slack() internal view virtual returns (uint256) {
        return 0;
    }

    /// @dev D18{1} most that the first honest depositor may lose to a donation made before.
    function _victimLossD18(uint256, uint256) internal view virtual returns (uint256) {
        return 1e14;
    }

    function setUp() public virtual {
        sleeve = _newSleeve();
        asset = IERC20(sleeve.asset());
    }

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

    // ------------------------------------------------------- what preview promises

    function testFuzz_deposit_keeps_its_preview_and_moves_exactly_that(uint256 seed, uint256 assets) public {
        _stir(seed);
        assets = _affordable(ann, assets);
        (uint256 before, uint256 eves) = (asset.balanceOf(ann), sleeve.balanceOf(eve));
        uint256 promised = sleeve.previewDeposit(assets);
        vm.recordLogs();
        vm.prank(ann);
        uint256 shares = sleeve.deposit(assets, eve);
        _emitted(IERC4626.Deposit.selector, [_word(ann), _word(eve), 0], abi.encode(assets, shares));
        assertGe(shares, promised);
        assertEq(asset.balanceOf(ann), before - assets);
        assertEq(sleeve.balanceOf(eve), eves + shares);
    }

    function testFuzz_mint_keeps_its_preview_and_moves_exactly_that(uint256 seed, uint256 amount) public {
        _stir(seed);
        uint256 shares = sleeve.previewDeposit(_affordable(ann, amount));
        vm.assume(shares != 0);
        (uint256 before, uint256 eves) = (asset.balanceOf(ann), sleeve.balanceOf(eve));
        uint256 promised = sleeve.previewMint(shares);
        _enrich(ann, promised);
        before = asset.balanceOf(ann);
        vm.recordLogs();
        vm.prank(ann);
        uint256 assets = sleeve.mint(shares, eve);
        _emitted(IERC4626.Deposit.selector, [_word(ann), _word(eve), 0], abi.encode(assets, shares));
        assertLe(assets, promised);
        assertGt(assets, 0, "no shares for nothing");
        assertEq(asset.balanceOf(ann), before - assets);
        assertEq(sleeve.balanceOf(eve), eves + shares);
    }

    function testFuzz_withdraw_keeps_its_preview_and_moves_exactly_that(uint256 seed, uint256 assets) public {
        _stir(seed);
        uint256 most = sleeve.maxWithdraw(ann);
        vm.assume(most != 0);
        assets = bound(assets, 1, most);
        (uint256 before, uint256 held) = (asset.balanceOf(eve), sleeve.balanceOf(ann));
        uint256 promised = sleeve.previewWithdraw(assets);
        vm.recordLogs();
        vm.prank(ann);
        uint256 shares = sleeve.withdraw(assets, eve, ann);
        _emitted(IERC4626.Withdraw.selector, [_word(ann), _word(eve), _word(ann)], abi.encode(assets, shares));
        assertLe(shares, promised);
        assertGt(shares, 0, "no assets for nothing");
        assertEq(asset.balanceOf(eve), before + assets);
        assertEq(sleeve.balanceOf(ann), held - shares);
    }

    function testFuzz_redeem_keeps_its_preview_and_moves_exactly_that(uint256 seed, uint256 shares) public {
        _stir(seed);
        uint256 most = sleeve.maxRedeem(ann);
        vm.assume(most != 0);
        shares = bound(shares, 1, most);
        (uint256 before, uint256 held) = (asset.balanceOf(eve), sleeve.balanceOf(ann));
        uint256 promised = sleeve.previewRedeem(shares);
        vm.assume(promised != 0);
        vm.recordLogs();
        vm.prank(ann);
        uint256 assets = sleeve.redeem(shares, eve, ann);
        _emitted(IERC4626.Withdraw.selector, [_word(ann), _word(eve), _word(ann)], abi.encode(assets, shares));
        assertGe(assets, promised);
        assertEq(asset.balanceOf(eve), before + assets);
        assertEq(sleeve.balanceOf(ann), held - shares);
    }

    // -------------------------------------------------------------------- limits

    function testFuzz_limits_do_not_depend_on_who_asks_or_has_assets(uint256 seed) public {
        _stir(seed);
        uint256 most = sleeve.maxDeposit(ann);
        uint256 mostShares = sleeve.maxMint(ann);
        _enrich(ann, _most());
        assertEq(sleeve.maxDeposit(ann), most, "what Ann has is not the sleeve's limit");
        assertEq(sleeve.maxMint(ann), mostShares);
        _sameForAll(abi.encodeCall(IERC4626.maxDeposit, (ann)));
        _sameForAll(abi.encodeCall(IERC4626.maxMint, (ann)));
        _sameForAll(abi.encodeCall(IERC4626.maxWithdraw, (ann)));
        _sameForAll(abi.encodeCall(IERC4626.maxRedeem, (ann)));
    }

    function testFuzz_nobody_can_take_more_than_the_limits_say(uint256 seed, uint256 excess) public {
        _stir(seed);
        excess = bound(excess, 1, _most());
        assertLe(sleeve.maxRedeem(ann), sleeve.balanceOf(ann));
        assertLe(sleeve.maxWithdraw(ann), sleeve.convertToAssets(sleeve.balanceOf(ann)));
        assertEq(sleeve.maxRedeem(eve), 0, "who has no shares has no limit to use");
        assertEq(sleeve.maxWithdraw(eve), 0);
        _refused(ann, abi.encodeCall(IERC4626.withdraw, (sleeve.maxWithdraw(ann) + excess, ann, ann)));
        _refused(ann, abi.encodeCall(IERC4626.redeem, (sleeve.maxRedeem(ann) + excess, ann, ann)));
    }

    function testFuzz_nobody_can_put_in_more_than_the_limits_say(uint256 seed) public {
        _stir(seed);
        uint256 most = sleeve.maxDeposit(ann);
        if (most < type(uint128).max) {
            _enrich(ann, most + 1);
            _refused(ann, abi.encodeCall(IERC4626.deposit, (most + 1, ann)));
        }
        uint256 mostShares = sleeve.maxMint(ann);
        if (mostShares < type(uint128).max) {
            _enrich(ann, sleeve.previewMint(mostShares + 1));
            _refused(ann, abi.encodeCall(IERC4626.mint, (mostShares + 1, ann)));
        }
    }

    function testFuzz_the_limits_can_be_used_up(uint256 seed, bool byShares) public {
        _stir(seed);
        (uint256 assets, uint256 shares) = (sleeve.maxWithdraw(ann), sleeve.maxRedeem(ann));
        vm.assume(assets != 0 && shares != 0);
        vm.prank(ann);
        if (byShares) sleeve.redeem(shares, ann, ann);
        else sleeve.withdraw(assets, ann, ann);
    }

    function testFuzz_the_limits_of_entering_can_be_used_up(uint256 seed, bool byShares) public {
        _stir(seed);
        if (byShares) {
            uint256 shares = Math.min(sleeve.maxMint(ann), sleeve.convertToShares(_most()));
            vm.assume(shares != 0);
            _enrich(ann, sleeve.previewMint(shares));
            vm.prank(ann);
            sleeve.mint(shares, ann);
        } else {
            uint256 assets = Math.min(sleeve.maxDeposit(ann), _most());
            vm.assume(assets != 0 && sleeve.previewDeposit(assets) != 0);
            _enrich(ann, assets);
            vm.prank(ann);
            sleeve.deposit(assets, ann);
        }
    }

    // ---------------------------------------------------------------- permissions

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

    // ----------------------------------------------------------------- round trips

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

    // --------------------------------------------------------------------- scenes

    function _stir(uint256 seed) internal {
        _join(ben, _drawn(seed, "ben"));
        uint256 change = uint256(keccak256(abi.encode(seed, "change")));
        uint256 total = sleeve.totalAssets();
        if (change % 3 == 1) _gain(change % (2 * total + 1));
        if (change % 3 == 2) _lose(change % (total / 2 + 1));
        _join(ann, _drawn(seed, "ann"));
    }

    function _join(address who, uint256 assets) private {
        assets = Math.min(assets, sleeve.maxDeposit(who));
        if (assets == 0 || sleeve.previewDeposit(assets) == 0) return;
        _enrich(who, assets);
        vm.prank(who);
        sleeve.deposit(assets, who);
    }

    /// @dev Gives `assets` to `who` and lets the sleeve take whatever `who` has.
    function _enrich(address who, uint256 assets) internal {
        _give(who, assets);
        vm.prank(who);
        asset.forceApprove(address(sleeve), type(uint256).max);
    }

    /// @dev An amount that `who` now has and may deposit for at least one share.
    function _affordable(address who, uint256 raw) private returns (uint256 assets) {
        assets = Math.min(_some(raw), sleeve.maxDeposit(who));
        vm.assume(assets != 0 && sleeve.previewDeposit(assets) != 0);
        _enrich(who, assets);
    }

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

    function _redeemAll(address who) private returns (uint256) {
        uint256 shares = sleeve.maxRedeem(who);
        if (shares == 0 || sleeve.previewRedeem(shares) == 0) return 0;
        vm.prank(who);
        return sleeve.redeem(shares, who, who);
    }

    // ------------------------------------------------------------------ measuring

    function _notPoorer(uint256 bens) private view {
        assertGe(sleeve.convertToAssets(sleeve.balanceOf(ben)) + _slack(), bens, "Ben is not poorer");
    }

    function _sameForAll(bytes memory call) private {
        vm.prank(ann);
        (bool ok, bytes memory answer) = address(sleeve).call(call);
        assertTrue(ok, "a view reverts");
        vm.prank(eve);
        (, bytes memory other) = address(sleeve).call(call);
        assertEq(answer, other, "a view tells two callers different things");
    }

    function _refused(address who, bytes memory call) private {
        vm.prank(who);
        (bool ok,) = address(sleeve).call(call);
        assertFalse(ok, "should have been refused");
    }

    /// @dev Asserts that the last event of this kind that the sleeve emitted says this; a topic of zero is not there.
    function _emitted(bytes32 kind, bytes32[3] memory topics, bytes memory data) private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = logs.length; i-- > 0;) {
            if (logs[i].emitter != address(sleeve) || logs[i].topics[0] != kind) continue;
            for (uint256 t; t + 1 < logs[i].topics.length; ++t) {
                assertEq(logs[i].topics[t + 1], topics[t], "the event names somebody else");
            }
            assertEq(logs[i].data, data, "the event tells other amounts");
            return;
        }
        assertTrue(false, "no event");
    }

    function _word(address who) private pure returns (bytes32) {
        return bytes32(uint256(uint160(who)));
    }

    /// @dev Evenly over orders of magnitude, 1 to `_most()`.
    function _some(uint256 raw) internal view returns (uint256) {
        uint256 bits = uint256(keccak256(abi.encode(raw))) % (Math.log2(_most()) + 1);
        return Math.min(_most(), (1 << bits) + raw % (1 << bits));
    }

    function _drawn(uint256 seed, string memory who) private view returns (uint256) {
        return _some(uint256(keccak256(abi.encode(seed, who))));
    }
}
