// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {TestToken} from "../../src/demo/TestToken.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {ShareLender} from "../fixture/ShareLender.sol";
import {Guard} from "../fixture/Weak.sol";

contract Bomb {
    constructor(address payable target) payable {
        selfdestruct(target);
    }
}

/// In the middle of a vault's life somebody with a flash loan and up to nine tenths of the shares gives it something (a token
/// it holds, one it does not, ether, shares of itself), so that what a share is worth jumps for whoever trusts that number.
contract A23Test is Fixture {
    address private _attacker = makeAddr("attacker");
    ShareLender private _lender;

    /// @dev The attacker holds `bps` of the supply.
    function _hold(uint256 bps) private {
        uint256 shares = vault.totalSupply() * bps / (10_000 - bps);
        for (uint256 i; i < 5; ++i) {
            tokens[i].mint(_attacker, 20 * amounts()[i]);
            vm.prank(_attacker);
            tokens[i].approve(address(vault), type(uint256).max);
        }
        vm.prank(_attacker);
        vault.mint(shares, _none(), _attacker);
    }

    function _give(uint256 i, uint256 amount) private {
        tokens[i].mint(_attacker, amount);
        vm.prank(_attacker);
        tokens[i].transfer(address(vault), amount);
    }

    function _leave() private {
        uint256 held = vault.balanceOf(_attacker);
        vm.prank(_attacker);
        vault.redeem(held, _none(), _attacker);
    }

    function _sync() private {
        for (uint256 i; i < 5; ++i) {
            vault.sync(address(tokens[i]));
        }
    }

    function testFuzz_a_gift_of_a_held_token_comes_back_to_the_giver_in_part_at_most(
        uint256 bps,
        uint256 i,
        uint256 times,
        uint256 daysOfSync
    ) public {
        i = bound(i, 0, 4);
        _hold(bound(bps, 100, 9000));
        uint256 before = _wealthD18(_attacker) + _navD18() * vault.balanceOf(_attacker) / vault.totalSupply();
        uint256 gift = amounts()[i] * bound(times, 1, 100);
        before += _worthD18(i, gift);
        _give(i, gift);
        for (uint256 n; n < bound(daysOfSync, 0, 3); ++n) {
            _wait(1 days);
            _sync();
        }
        _leave();
        assertLe(_wealthD18(_attacker), before);
    }

    function testFuzz_what_a_share_consists_of_grows_by_a_hundredth_a_day_at_most(
        uint256 i,
        uint256 times,
        uint256 wait
    ) public {
        i = bound(i, 0, 4);
        wait = bound(wait, 0, 2 days);
        uint256 units = vault.unitsOf(address(tokens[i]));
        _sync();
        _give(i, amounts()[i] * bound(times, 1, 1000));
        assertEq(vault.unitsOf(address(tokens[i])), units, "nothing before a sync");
        _wait(wait);
        _sync();
        uint256 days_ = wait > 1 days ? 1 days : wait;
        assertLe(vault.unitsOf(address(tokens[i])), units + units * days_ / (100 * 1 days));
    }

    function testFuzz_what_is_not_listed_never_counts(uint256 bps, uint256 amount) public {
        _hold(bound(bps, 100, 9000));
        amount = bound(amount, 1, 1e30);
        uint256 nav = _navD18();
        uint256[] memory due = _due();
        TestToken other = new TestToken("Other", "OTH", 18, address(this));
        other.mint(address(vault), amount);
        vm.deal(address(this), 100 ether);
        new Bomb{value: 100 ether}(payable(address(vault)));
        uint256 own = vault.balanceOf(_attacker) / 10;
        vm.prank(_attacker);
        vault.transfer(address(vault), own); // the vault's own shares
        _wait(1 days);
        _sync();
        assertEq(_navD18(), nav);
        vm.prank(alice);
        uint256[] memory paid = vault.redeem(1e18, _none(), alice);
        assertEq(paid, due, "the listed tokens, pro rata, and nothing else");
        vm.expectRevert();
        vault.sync(address(other));
    }

    function _due() private view returns (uint256[] memory due) {
        due = new uint256[](5);
        for (uint256 i; i < 5; ++i) {
            due[i] = vault.unitsOf(address(tokens[i])) * 1e18 / 1e36;
        }
    }

    // ------------------------------------------------- the number that others trust

    /// @dev Bob owes a lender all shares but the attacker's: 10 of them, $10,000, against $11,400. At $10,260 he is robbed.
    function _owe() private {
        _lender = new ShareLender(vault, tokens[1], hub);
        vm.startPrank(alice);
        vault.transfer(address(_lender), 10e18);
        uint256 rest = vault.balanceOf(alice);
        vault.redeem(rest, _none(), alice);
        vm.stopPrank();
        tokens[1].mint(stranger, 11_400e6);
        vm.startPrank(stranger);
        tokens[1].approve(address(_lender), 11_400e6);
        _lender.borrow(10e18, 11_400e6);
        vm.stopPrank();
        _sync();
        _hold(9000);
    }

    /// @dev 4 % of everything is given and synced, and Bob's debt bought with the attacker's own shares.
    function _squeeze() private returns (bool taken, int256 gainD18) {
        uint256 before = _wealthD18(_attacker) + _navD18() * vault.balanceOf(_attacker) / vault.totalSupply();
        (,, uint256[] memory balances) = vault.holdings();
        for (uint256 i; i < 5; ++i) {
            before += _worthD18(i, balances[i] / 25);
            _give(i, balances[i] / 25);
        }
        _wait(1 hours);
        _sync();
        vm.startPrank(_attacker);
        vault.approve(address(_lender), type(uint256).max);
        (taken,) = address(_lender).call(abi.encodeCall(_lender.liquidate, (stranger)));
        vm.stopPrank();
        _leave();
        gainD18 = int256(_wealthD18(_attacker)) - int256(before);
    }

    function test_a_gift_moves_no_price_that_a_lender_of_shares_relies_on() public {
        _owe();
        (bool taken, int256 gainD18) = _squeeze();
        assertFalse(taken, "Bob is as sound as before");
        assertLt(gainD18, 0);
    }

    function test_honest_gains_do_reach_the_holders_in_time() public {
        uint256 nav = _navD18();
        _give(3, 1e18); // one per cent of the vault's ether, an airdrop
        _wait(1 days);
        _sync();
        assertApproxEqAbs(_navD18() - nav, 2000e18, 1e18);
    }

    function test_control_where_gifts_count_at_once_the_borrower_is_robbed() public {
        _without(Guard.Sync);
        _owe();
        (bool taken, int256 gainD18) = _squeeze();
        assertTrue(taken);
        // $11,400 for ten shares worth $10,400; a tenth of the gift, $400, stayed with the lender
        assertGt(gainD18, 500e18);
    }
}
