// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {DeskFixture} from "../fixture/DeskFixture.sol";
import {DeskGuard} from "../fixture/WeakAsyncDesk.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Three people who request, claim and reclaim at a desk whenever they like, for themselves and each other, while others
/// lock, cross, fill and finish epochs, prices move, and gifts arrive. Beside it a ledger of its own.
contract DeskHandler is DeskFixture {
    address[3] private _people = [makeAddr("ann"), makeAddr("ben"), makeAddr("cid")];
    mapping(bool entering => mapping(address controller => mapping(uint256 epoch => uint256))) private _asked;
    mapping(bool entering => mapping(address controller => uint256)) private _paid;
    mapping(bool entering => mapping(address controller => uint256)) private _returned;
    mapping(bool asset => uint256) private _gifts;
    uint256 public fills;

    constructor(uint256 asset) {
        setUp();
        _openDesk(asset, DeskGuard.None);
        for (uint256 i; i < 3; ++i) {
            _giveShares(_people[i], 200e18);
        }
    }

    // ------------------------------------------------------------------- doing

    function request(bool entering, uint256 who, uint256 forWhom, uint256 amount) external {
        _request(entering, _people[who % 3], _people[forWhom % 3], amount);
    }

    function claim(bool entering, uint256 who, uint256 amount, bool byWhatComesOut) external {
        address person = _people[who % 3];
        (uint256 used, uint256 got) = _claimable(entering, person);
        amount = byWhatComesOut ? bound(amount, 0, got) : bound(amount, 0, used);
        if (amount == 0) return;
        uint256 before = _tokenOut(entering).balanceOf(person);
        vm.startPrank(person);
        if (entering) byWhatComesOut ? desk.mint(amount, person) : desk.deposit(amount, person);
        else byWhatComesOut ? desk.withdraw(amount, person, person) : desk.redeem(amount, person, person);
        vm.stopPrank();
        _paid[entering][person] += _tokenOut(entering).balanceOf(person) - before;
    }

    function reclaim(bool entering, uint256 who) external {
        address person = _people[who % 3];
        if (desk.reclaimable(entering, person) == 0) return;
        vm.prank(person);
        _returned[entering][person] += desk.reclaim(entering, person, person);
    }

    function give(bool asset, uint256 amount) external {
        amount = bound(amount, 1, asset ? _dollars(1000) : 1e15);
        if (asset) tokens[which].mint(address(desk), amount);
        else _move(address(desk), amount);
        _gifts[asset] += amount;
    }

    /// @dev The basket grows; what a share consists of does not.
    function mintInKind(uint256 shares) external {
        shares = bound(shares, 1e12, 1e18);
        for (uint256 i; i < 5; ++i) {
            tokens[i].mint(alice, amounts()[i]);
        }
        vm.prank(alice);
        vault.mint(shares, _none(), alice);
    }

    function pass(uint256 time, uint256 i, uint256 bps) external {
        i = i % 5;
        (, int256 answer,,,) = feeds[i].latestRoundData();
        uint256 moved = uint256(answer) * bound(bps, 9000, 11_000) / 10_000;
        feeds[i].set(uint128(bound(moved, prices()[i] / 2, prices()[i] * 2)));
        _wait(bound(time, 1, 3 hours));
    }

    function cross() external {
        try desk.cross() {} catch {}
    }

    function fill(bool entering, uint256 part) external {
        _fill(entering, part);
    }

    function finish() external {
        try desk.finish() {} catch {}
    }

    /// @dev An epoch from its lock to its end, with any part of either side sold.
    function serve(uint256 enteringPart, uint256 leavingPart, uint256 time) external {
        _request(true, _people[time % 3], _people[enteringPart % 3], leavingPart);
        _wait(1 hours);
        try desk.lock() {} catch {}
        _wait(2 hours + time % 2 hours);
        _fill(true, enteringPart);
        _fill(false, leavingPart);
        _wait(1 days);
        try desk.finish() {} catch {}
    }

    function _request(bool entering, address person, address controller, uint256 amount) private {
        amount = bound(amount, 1, entering ? _dollars(50_000) : 5e18);
        if (entering) _giveAssets(person, amount);
        else if (vault.balanceOf(person) < amount) return;
        vm.startPrank(person);
        if (entering) desk.requestDeposit(amount, controller, person);
        else desk.requestRedeem(amount, controller, person);
        vm.stopPrank();
        _asked[entering][controller][desk.epoch()] += amount;
    }

    function _fill(bool entering, uint256 part) private {
        try desk.cross() {} catch {}
        uint256 left = desk.potOf(desk.finished() + 1, entering).left;
        if (left == 0 || desk.finished() + 1 == desk.epoch()) return;
        uint256 amount = part % 4 == 0 ? left : bound(part, 1, left);
        try desk.quote(entering, amount) returns (uint256 required) {
            if (!entering) _giveAssets(stranger, required);
            else if (vault.balanceOf(alice) < required) return;
            else _giveShares(stranger, required);
            vm.prank(stranger);
            desk.fill(entering, amount, required, "");
            ++fills;
        } catch {}
    }

    function _move(address to, uint256 shares) private {
        vm.prank(alice);
        vault.transfer(to, shares);
    }

    // --------------------------------------------------------------- measuring

    /// The desk has what it owes, and beside it only gifts and less than an atom for every part it has rounded.
    function assertSolvent() external view {
        _assertSolvent(true);
        _assertSolvent(false);
    }

    /// Everybody has, or may have, his part of every finished epoch, to the atom, and all of what he asked for is accounted for.
    function assertFair() external view {
        for (uint256 i; i < 3; ++i) {
            _assertFair(true, _people[i]);
            _assertFair(false, _people[i]);
        }
    }

    function _assertSolvent(bool asset) private view {
        uint256 due;
        for (uint256 e = desk.finished() + 1; e <= desk.epoch(); ++e) {
            due += desk.potOf(e, asset).left + desk.potOf(e, !asset).got;
        }
        for (uint256 i; i < 3; ++i) {
            (, uint256 got) = _claimable(!asset, _people[i]);
            due += got + desk.reclaimable(asset, _people[i]);
        }
        uint256 here = _tokenOut(!asset).balanceOf(address(desk)) - _gifts[asset];
        assertGe(here, due, "it owes more than it has");
        assertLe(here - due, 6 * desk.epoch(), "something is nobody's");
    }

    function _assertFair(bool entering, address person) private view {
        (uint256 got, uint256 unused, uint256 pending) = (0, 0, 0);
        for (uint256 e = 1; e <= desk.epoch(); ++e) {
            uint256 asked = _asked[entering][person][e];
            if (asked == 0) continue;
            (uint256 total, uint256 left, uint256 brought) = _pot(e, entering);
            if (e > desk.finished()) pending += asked;
            else got += Math.mulDiv(brought, asked, total);
            if (e <= desk.finished()) unused += Math.mulDiv(left, asked, total);
        }
        (, uint256 claimable) = _claimable(entering, person);
        assertEq(_paid[entering][person] + claimable, got, "his part of what came");
        assertEq(_returned[entering][person] + desk.reclaimable(entering, person), unused, "his part of what stayed");
        uint256 waiting = entering ? desk.pendingDepositRequest(0, person) : desk.pendingRedeemRequest(0, person);
        assertEq(waiting, pending, "what still waits");
    }

    function _pot(uint256 e, bool entering) private view returns (uint256 total, uint256 left, uint256 got) {
        return (desk.potOf(e, entering).total, desk.potOf(e, entering).left, desk.potOf(e, entering).got);
    }

    function _claimable(bool entering, address person) private view returns (uint256 used, uint256 got) {
        if (entering) return (desk.maxDeposit(person), desk.maxMint(person));
        return (desk.maxRedeem(person), desk.maxWithdraw(person));
    }

    function _tokenOut(bool entering) private view returns (IERC20) {
        return entering ? IERC20(address(vault)) : IERC20(address(tokens[which]));
    }
}
