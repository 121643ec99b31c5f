// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAsyncDesk} from "../../src/interfaces/IAsyncDesk.sol";
import {DeskFixture} from "../fixture/DeskFixture.sol";
import {MintingFiller} from "../fixture/MintingFiller.sol";
import {NettingFiller} from "../fixture/NettingFiller.sol";
import {DeskGuard} from "../fixture/WeakAsyncDesk.sol";

contract DeskFillTest is DeskFixture {
    function testFuzz_whoever_enters_pays_at_most_the_floor_discount(uint256 i, uint256 dollars, uint256 wait) public {
        _openDesk(bound(i, 0, 4), DeskGuard.None);
        uint256 amount = _dollars(bound(dollars, 1000, 50_000));
        wait = bound(wait, 0, 2 hours);
        _enter(bob, amount);
        _lock();
        _wait(wait);
        uint256 got = _fillAll(true);
        uint256 worthD18 = _worthD18(which, amount);
        uint256 factorBps = wait >= 1 hours ? 9900 : 10_100 - 200 * wait / 1 hours;
        assertGe(got * _shareD18() / ONE + 1e6, worthD18 * (factorBps - 1) / 10_000);
        assertLe(got * _shareD18() / ONE, worthD18 * (factorBps + 1) / 10_000 + 1e6);
        assertEq(vault.balanceOf(address(desk)), got);
    }

    function testFuzz_whoever_leaves_pays_at_most_the_floor_discount(uint256 i, uint256 shares, uint256 wait) public {
        _openDesk(bound(i, 0, 4), DeskGuard.None);
        shares = bound(shares, 1e16, 50e18);
        wait = bound(wait, 0, 2 hours);
        _exit(bob, shares);
        _lock();
        _wait(wait);
        uint256 got = _fillAll(false);
        uint256 worthD18 = shares * _shareD18() / ONE;
        uint256 factorBps = wait >= 1 hours ? 9900 : 10_100 - 200 * wait / 1 hours;
        uint256 atomD18 = _worthD18(which, 1) + 1e6;
        assertGe(_worthD18(which, got), worthD18 * (factorBps - 1) / 10_000);
        assertLe(_worthD18(which, got), worthD18 * (factorBps + 1) / 10_000 + atomD18);
    }

    function test_a_filler_without_shares_mints_them_in_kind() public {
        _enter(bob, 10_000e6);
        _lock();
        _wait(1 hours);
        MintingFiller filler = new MintingFiller(vault);
        for (uint256 i; i < 5; ++i) {
            tokens[i].mint(address(filler), amounts()[i] / 50);
        }
        uint256 units = vault.unitsOf(address(tokens[3]));
        assertApproxEqAbs(filler.fill(desk, true, 10_000e6), 9.9e18, 1e6);
        assertEq(vault.unitsOf(address(tokens[3])), units, "the holders of the vault do not notice");
    }

    function test_a_filler_who_wants_no_shares_redeems_them_in_kind() public {
        _exit(bob, 10e18);
        _lock();
        _wait(1 hours);
        MintingFiller filler = new MintingFiller(vault);
        tokens[1].mint(address(filler), 10_000e6);
        assertApproxEqAbs(filler.fill(desk, false, 10e18), 9900e6, 10);
        assertGt(tokens[3].balanceOf(address(filler)), 0.99e18);
    }

    /// @dev Bob's $1,900 become what the vault's sale of ether is paid with, in one transaction.
    function test_a_filler_nets_those_who_enter_with_the_vaults_live_intent() public {
        _enter(bob, 1900e6);
        _lock();
        _wait(1 hours);
        _propose(_intent(3, 1, 1000));
        _wait(10 minutes);
        NettingFiller filler = new NettingFiller(settler, address(tokens[3]), 0.9e18);
        vm.prank(alice);
        vault.transfer(address(filler), 2e18);
        (,, uint256 before) = vault.position(address(tokens[3]), address(tokens[1]));
        assertApproxEqAbs(filler.fill(desk, 1900e6), 1.881e18, 0.01e18);
        (,, uint256 then_) = vault.position(address(tokens[3]), address(tokens[1]));
        assertApproxEqAbs(then_ - before, 1782e6, 1e6, "$1,800 of ether, 1 % under the oracle");
        assertEq(tokens[3].balanceOf(address(filler)), 0.9e18);
    }

    function test_partial_fills_add_up_to_one_rate_for_all() public {
        _enter(bob, 3000e6);
        _enter(carol, 1000e6);
        _lock();
        uint256 got = _fillSome(true, 1500e6);
        _wait(1 hours);
        got += _fillSome(true, 2500e6);
        desk.finish();
        assertEq(desk.maxMint(bob), got * 3 / 4);
        assertEq(desk.maxMint(carol), got / 4);
    }

    function test_the_quote_is_what_a_fill_asks_for_and_its_limit_holds() public {
        _enter(bob, 3000e6);
        _lock();
        uint256 quoted = desk.quote(true, 3000e6);
        _giveShares(stranger, 10e18);
        vm.startPrank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IAsyncDesk.AsyncDesk__PriceAboveLimit.selector, quoted, quoted - 1));
        desk.fill(true, 3000e6, quoted - 1, "");
        assertEq(desk.fill(true, 3000e6, quoted, ""), quoted);
    }

    function test_nothing_is_filled_too_early_too_much_or_too_little() public {
        _enter(bob, 3000e6);
        vm.expectRevert(abi.encodeWithSelector(IAsyncDesk.AsyncDesk__NotReady.selector, type(uint256).max));
        desk.fill(true, 1, 1e18, "");
        _wait(1 hours);
        desk.lock();
        vm.expectRevert(abi.encodeWithSelector(IAsyncDesk.AsyncDesk__NotReady.selector, START + 3 hours));
        desk.fill(true, 1, 1e18, "");
        vm.expectRevert(abi.encodeWithSelector(IAsyncDesk.AsyncDesk__NotReady.selector, START + 3 hours));
        desk.quote(true, 1);
        _wait(2 hours);
        vm.expectRevert(abi.encodeWithSelector(IAsyncDesk.AsyncDesk__TooMuch.selector, 3000e6 + 1, 3000e6));
        desk.fill(true, 3000e6 + 1, 1e36, "");
        vm.expectRevert(abi.encodeWithSelector(IAsyncDesk.AsyncDesk__TooMuch.selector, 1, 0));
        desk.fill(false, 1, 1e36, "");
        vm.expectRevert(IAsyncDesk.AsyncDesk__Zero.selector);
        desk.fill(true, 0, 1e36, "");
    }
}
