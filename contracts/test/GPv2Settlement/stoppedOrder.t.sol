// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {TestToken} from "../../src/demo/TestToken.sol";
import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {CowFixture} from "../fixture/CowFixture.sol";

/// @dev A token that refuses, once told to, to answer about allowances or to change any: by an error, or by burning all gas.
contract StubbornToken is TestToken {
    bool private _mute;
    bool private _fixed;
    bool private _burning;

    constructor(uint8 decimals_, address owner_) TestToken("Stubborn", "STB", decimals_, owner_) {}

    function refuse(bool mute, bool fixed_, bool burning) external {
        (_mute, _fixed, _burning) = (mute, fixed_, burning);
    }

    function allowance(address from, address spender) public view override returns (uint256) {
        _say(_mute);
        return super.allowance(from, spender);
    }

    function approve(address spender, uint256 amount) public override returns (bool) {
        _say(_fixed);
        return super.approve(spender, amount);
    }

    function _say(bool no) private view {
        if (!no) return;
        require(_burning, "no");
        assembly {
            invalid()
        }
    }
}

/// An order is over when so much has been redeemed that those who stay could not bear the rest of it.
contract StoppedOrderTest is CowFixture {
    uint256 internal constant SOLD = 10_000e6;

    bytes32 internal digest;

    function setUp() public override {
        super.setUp();
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        digest = _arm(_orderAtQuote(1, 3, SOLD));
    }

    function _newToken(uint256 i) internal override returns (TestToken) {
        return i == 1 ? new StubbornToken(decimals()[i], address(this)) : super._newToken(i);
    }

    function _redeem(uint256 shares) private {
        vm.prank(alice);
        vault.redeem(shares, _none(), alice);
    }

    function testFuzz_it_is_over_as_soon_as_a_tenth_has_left_and_not_before(uint256 part) public {
        part = bound(part, 1e12, SHARES * 99 / 100);
        _redeem(part);
        bool over = part > SHARES / 10;
        assertEq(_left(), over ? 0 : SOLD);
        assertEq(vault.isValidSignature(digest, "") == vault.isValidSignature.selector, !over);
    }

    function test_many_small_redemptions_count_as_one() public {
        for (uint256 i; i < 10; ++i) {
            _redeem(SHARES / 100);
        }
        assertEq(_left(), SOLD);
        _redeem(1e12);
        assertEq(_left(), 0);
    }

    function test_who_comes_in_later_does_not_bring_it_back() public {
        _redeem(SHARES / 5);
        vm.prank(stranger);
        vault.mint(SHARES / 5, _none(), stranger);
        assertEq(_left(), 0);
        assertFalse(settler.isOrderGood(address(vault), 0));
    }

    function test_a_minter_does_not_end_it() public {
        vm.prank(stranger);
        vault.mint(SHARES / 5, _none(), stranger);
        assertEq(_left(), SOLD);
    }

    /// Whatever the token makes of the question or the wish, everybody gets what is his.
    function testFuzz_no_token_stops_a_redemption_that_way(bool mute, bool fixed_, bool burning, bool skips) public {
        StubbornToken(address(tokens[1])).refuse(mute, fixed_, burning);
        vm.prank(alice);
        vault.redeemSkipping(SHARES / 2, _none(), alice, skips ? 2 : 0);
        assertEq(tokens[4].balanceOf(alice), amounts()[4] / 2 * 3, "what he had, and half of what was there");
        uint256 got = tokens[1].balanceOf(alice) - amounts()[1] + vault.claimOf(alice, address(tokens[1]));
        assertEq(got, amounts()[1] / 2);
        StubbornToken(address(tokens[1])).refuse(false, false, false);
        assertEq(_left(), mute || fixed_ ? SOLD : 0);
    }

    /// The least gas with which a redemption goes through is enough to take the allowance back as well.
    function test_too_little_gas_takes_nothing_out_and_leaves_nothing_behind() public {
        (uint256 none, uint256 enough) = (21_000, 2_000_000);
        while (enough - none > 1) {
            uint256 middle = (none + enough) / 2;
            uint256 snapshot = vm.snapshotState();
            if (_redeemWith(middle)) enough = middle;
            else none = middle;
            vm.revertToState(snapshot);
        }
        assertTrue(_redeemWith(enough));
        assertEq(_left(), 0);
    }

    function _redeemWith(uint256 gas_) private returns (bool ok) {
        vm.prank(alice);
        (ok,) = address(vault).call{gas: gas_}(abi.encodeCall(IBasketVault.redeem, (SHARES / 2, _none(), alice)));
    }
}
