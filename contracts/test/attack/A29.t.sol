// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAsyncDesk} from "../../src/interfaces/IAsyncDesk.sol";
import {DeskFixture} from "../fixture/DeskFixture.sol";
import {DeskGuard} from "../fixture/WeakAsyncDesk.sol";

/// @dev Cheats of the forge in use that the library in use does not know yet.
interface Snapshots {
    function snapshotState() external returns (uint256 id);
    function revertToState(uint256 id) external returns (bool ok);
}

/// Bob knows that a price is about to move (a tick waits in the mempool, a harvest is due) or that the vault is about to be
/// filled. He comes just before and goes just after. Measured against having kept what he had.
contract A29Test is DeskFixture {
    uint256 private constant ATOMS_D18 = 0.02e18; // what rounding may move: an atom of each token

    /// @dev What Bob has now, less what the tokens he began with are worth now.
    function _gainD18(uint256[5] memory kept) private view returns (int256) {
        uint256 keptD18;
        for (uint256 i; i < 5; ++i) {
            keptD18 += _worthD18(i, kept[i]);
        }
        return int256(_richesD18(bob)) - int256(keptD18);
    }

    function _endow() private returns (uint256[5] memory kept) {
        for (uint256 i; i < 5; ++i) {
            kept[i] = 100 * amounts()[i];
            tokens[i].mint(bob, kept[i]);
            vm.prank(bob);
            tokens[i].approve(address(vault), type(uint256).max);
        }
    }

    function _tick(uint256 i, int256 bps) private {
        (, int256 answer,,,) = feeds[i].latestRoundData();
        feeds[i].set(uint128(uint256(answer * (10_000 + bps) / 10_000)));
    }

    function _mintFor(uint256 shares) private {
        vm.prank(bob);
        vault.mint(shares, _none(), bob);
    }

    function _redeemAll() private {
        uint256 held = vault.balanceOf(bob);
        vm.prank(bob);
        vault.redeem(held, _none(), bob);
    }

    function testFuzz_in_kind_a_tick_is_nobodys_to_catch(uint256 shares, uint256 i, int256 bps) public {
        uint256[5] memory kept = _endow();
        shares = bound(shares, 1, 90_000e18); // up to 99 % of the supply
        uint256 units = vault.unitsOf(address(tokens[3]));
        _mintFor(shares);
        assertEq(vault.unitsOf(address(tokens[3])), units, "the others' shares are what they were");
        _tick(bound(i, 0, 4), bound(bps, -5000, 5000));
        _redeemAll();
        assertLe(_gainD18(kept), 0);
        assertGt(_gainD18(kept), -int256(ATOMS_D18), "nor lost");
    }

    /// @dev Somebody fills at or below the oracle's price, as anyone does who lives from it.
    function testFuzz_in_kind_a_fill_pays_nobody_who_came_for_it(uint256 shares, uint256 wait) public {
        uint256[5] memory kept = _endow();
        _propose(_intent(1, 3, 1000));
        _wait(bound(wait, 200, 30 minutes)); // from where the premium is used up
        _mintFor(bound(shares, 1, 90_000e18));
        _fill(stranger, 1, 3, 1000e6);
        _redeemAll();
        assertLe(_gainD18(kept), int256(ATOMS_D18));
    }

    /// @dev Bob fills himself, at any price: what his shares get back of a premium is less than the premium he pays.
    function testFuzz_in_kind_filling_between_coming_and_going_earns_no_more_than_filling(uint256 shares, uint256 wait)
        public
    {
        uint256[5] memory kept = _endow();
        _propose(_intent(1, 3, 1000));
        _wait(bound(wait, 0, 30 minutes));
        uint256 id = Snapshots(address(vm)).snapshotState();
        _fill(bob, 1, 3, 1000e6);
        int256 filling = _gainD18(kept);
        Snapshots(address(vm)).revertToState(id);
        _mintFor(bound(shares, 1, 90_000e18));
        _fill(bob, 1, 3, 1000e6);
        _redeemAll();
        assertLe(_gainD18(kept), (filling > 0 ? filling : int256(0)) + int256(ATOMS_D18));
    }

    /// @dev He enters through the desk when the tick is in sight. It lands before his request has a price.
    function testFuzz_the_desk_prices_nobody_before_the_tick(uint256 dollars, uint256 i, int256 bps) public {
        uint256[5] memory kept;
        kept[1] = bound(dollars, 10, 100_000) * 1e6;
        _enter(bob, kept[1]);
        _exit(carol, 20e18);
        _wait(1 hours);
        desk.lock();
        _tick(2 + bound(i, 0, 2), bound(bps, 0, 5000)); // any but the asset itself
        _wait(2 hours);
        desk.cross();
        if (desk.potOf(1, true).left != 0) {
            _wait(30 minutes); // fillers come when it does not cost them
            _fillAll(true);
        }
        _finishAndClaim();
        assertLe(_gainD18(kept), int256(ATOMS_D18));
    }

    /// @dev The other way round: he leaves before a fall that he knows of.
    function testFuzz_the_desk_lets_nobody_out_before_the_fall(uint256 shares, uint256 i, int256 bps) public {
        shares = bound(shares, 1e16, 50e18);
        _enter(carol, 20_000e6);
        _exit(bob, shares);
        _wait(1 hours);
        desk.lock();
        _tick(2 + bound(i, 0, 2), -bound(bps, 0, 5000));
        _wait(2 hours);
        desk.cross();
        if (desk.potOf(1, false).left != 0) {
            _wait(30 minutes);
            _fillAll(false);
        }
        _finishAndClaim();
        assertLe(_richesD18(bob), shares * _shareD18() / ONE + ATOMS_D18, "he has what he would have kept");
    }

    /// @dev Nor does the last moment help: whoever requests and locks in one breath waits for the gap like everybody.
    function test_the_desk_waits_after_the_lock_whoever_calls_it() public {
        _exit(carol, 20e18);
        _wait(1 hours);
        _enter(bob, 10_000e6);
        vm.startPrank(bob);
        desk.lock();
        vm.expectRevert(abi.encodeWithSelector(IAsyncDesk.AsyncDesk__NotReady.selector, block.timestamp + 2 hours));
        desk.cross();
    }

    function test_honest_users_enter_and_leave_at_the_oracles_price() public {
        uint256 before = _shareD18();
        _enter(bob, 10_000e6);
        _exit(carol, 10e18);
        _lock();
        desk.cross();
        desk.finish();
        vm.prank(bob);
        desk.deposit(10_000e6, bob);
        vm.prank(carol);
        desk.redeem(10e18, carol, carol);
        assertApproxEqAbs(_richesD18(bob), 10_000e18, ATOMS_D18);
        assertApproxEqAbs(_richesD18(carol), 10_000e18, ATOMS_D18);
        assertEq(_shareD18(), before);
    }

    /// @dev A desk that takes the price of the moment: Bob's request, lock and crossing come before the tick.
    function test_control_a_desk_that_prices_at_once_pays_the_tick_to_whoever_saw_it() public {
        _openDesk(1, DeskGuard.Waiting);
        _exit(carol, 20e18);
        _wait(1 hours);
        uint256[5] memory kept;
        kept[1] = 20_000e6;
        _enter(bob, kept[1]);
        desk.lock();
        desk.cross();
        _tick(3, 1000);
        _finishAndClaim();
        // a fifth of the basket rose by a tenth: 2 % of $20,000
        assertApproxEqAbs(_gainD18(kept), 400e18, 1e18);
        vm.prank(carol);
        desk.redeem(20e18, carol, carol);
        assertApproxEqAbs(20 * _shareD18() - _richesD18(carol), 400e18, 1e18, "Carol paid it");
    }

    function _finishAndClaim() private {
        _wait(1 days);
        desk.finish();
        (uint256 shares, uint256 assets) = (desk.maxMint(bob), desk.maxWithdraw(bob));
        vm.startPrank(bob);
        if (shares != 0) desk.mint(shares, bob);
        if (assets != 0) desk.withdraw(assets, bob, bob);
        vm.stopPrank();
    }
}
