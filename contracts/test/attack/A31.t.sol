// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {TestFeed} from "../../src/demo/TestFeed.sol";
import {TestToken} from "../../src/demo/TestToken.sol";
import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {FeeToken} from "../fixture/FeeToken.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {NoReturnToken} from "../fixture/NoReturnToken.sol";
import {CallingToken, NonZeroToken, RebasingToken, Twin, TwinToken} from "../fixture/OddTokens.sol";
import {Guard} from "../fixture/Weak.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

/// Tokens that are not what a token should be, or stop being it: the first of the basket refuses to move nothing, the second
/// may charge fees, the third scales balances, the fourth returns nothing, the fifth calls somebody when it moves.
contract A31Test is Fixture {
    function _newToken(uint256 i) internal override returns (TestToken) {
        if (i == 0) return new NonZeroToken(decimals()[i], address(this));
        if (i == 1) return new FeeToken(decimals()[i], address(this));
        if (i == 2) return new RebasingToken(decimals()[i], address(this));
        if (i == 3) return TestToken(address(new NoReturnToken(decimals()[i])));
        return new CallingToken(decimals()[i], address(this));
    }

    function _charge(FeeToken.Fee fee) private {
        FeeToken(address(tokens[1])).charge(fee);
    }

    function _rebase(uint256 indexBps) private {
        RebasingToken(address(tokens[2])).rebase(address(vault), indexBps);
    }

    /// @dev What the shares own of token `i` beyond what is there.
    function _missing(uint256 i) private view returns (uint256) {
        (, uint256 owned,) = vault.position(address(tokens[i]), address(tokens[i]));
        uint256 here = tokens[i].balanceOf(address(vault));
        return owned > here ? owned - here : 0;
    }

    // ------------------------------------------------------------ fees on transfer

    function test_a_fee_on_what_comes_in_reverts() public {
        _charge(FeeToken.Fee.FromReceiver);
        _expect(IBasketVault.BasketVault__BalanceMismatch.selector);
        vm.prank(stranger);
        vault.mint(1e18, _none(), stranger);
    }

    function test_a_fee_on_what_goes_out_reverts_and_can_be_skipped() public {
        _charge(FeeToken.Fee.OnTop);
        vm.prank(alice);
        _expect(IBasketVault.BasketVault__BalanceMismatch.selector);
        vault.redeem(1e18, _none(), alice);
        vm.prank(alice);
        vault.redeemSkipping(1e18, _none(), alice, 2);
        assertEq(_missing(1), 0);
    }

    function test_a_fee_on_a_sale_or_a_purchase_reverts() public {
        _propose(_intent(1, 3, 1000));
        _charge(FeeToken.Fee.OnTop);
        _expect(IBasketVault.BasketVault__BalanceMismatch.selector);
        _fill(stranger, 1, 3, 1000e6);
        _charge(FeeToken.Fee.FromReceiver);
        _wait(10 minutes);
        _propose(_intent(3, 1, 1000));
        _expect(IBasketVault.BasketVault__Underpaid.selector);
        _fill(stranger, 3, 1, 1e18);
    }

    // ------------------------------------------------------------------- rebasing

    /// @dev A loss is everybody's at once: who leaves first is not paid by who leaves last, and the last is paid, too.
    function testFuzz_a_token_that_shrinks_is_shared_as_it_is(uint256 indexBps, uint256 first) public {
        indexBps = bound(indexBps, 1000, 9999);
        first = bound(first, 1e15, 990e18);
        vm.prank(alice);
        vault.transfer(stranger, first);
        uint256 rest = vault.balanceOf(alice);
        _rebase(indexBps);
        vm.prank(stranger);
        uint256[] memory one = vault.redeem(first, _none(), stranger);
        vm.prank(alice);
        uint256[] memory two = vault.redeem(rest, _none(), alice);
        assertEq(_missing(2), 0);
        assertApproxEqAbs(one[2] * 1e18 / first, two[2] * 1e18 / rest, 2e18 / first + 2e18 / rest + 1e9, "one rate");
        assertApproxEqAbs(one[2] + two[2], amounts()[2] * indexBps / 10_000, 1e5);
    }

    function testFuzz_a_token_that_grows_drips(uint256 indexBps) public {
        indexBps = bound(indexBps, 10_001, 50_000);
        vault.sync(address(tokens[2]));
        uint256 units = vault.unitsOf(address(tokens[2]));
        _rebase(indexBps);
        _wait(1 hours);
        vault.sync(address(tokens[2]));
        assertLe(vault.unitsOf(address(tokens[2])), units + units / 2400, "a day's hundredth, by the hour");
        assertEq(_missing(2), 0);
    }

    function testFuzz_a_shrunk_token_is_neither_minted_nor_sold_beyond_what_is_there(uint256 indexBps) public {
        indexBps = bound(indexBps, 1000, 9900);
        _rebase(indexBps);
        uint256 worth = _wealthD18(stranger);
        vm.prank(stranger);
        vault.mint(100e18, _none(), stranger);
        vm.prank(stranger);
        vault.redeem(100e18, _none(), stranger);
        assertLe(_wealthD18(stranger), worth, "nobody gains by coming after a loss");
        assertEq(_missing(2), 0);
    }

    /// @dev Right after a loss somebody leaves who skips the token that lost, for a claim on his part of what it was.
    /// @return takenD18 D18{USD} beyond his part of what is left
    function _skipTheLoss(uint256 indexBps, uint256 part) private returns (int256 takenD18) {
        vm.prank(alice);
        vault.transfer(stranger, part);
        _rebase(indexBps);
        uint256 fair = amounts()[2] * indexBps / 10_000 * part / SHARES;
        uint256 before = tokens[2].balanceOf(stranger);
        vm.prank(stranger);
        vault.redeemSkipping(part, _none(), stranger, 4);
        vm.prank(stranger);
        vault.claim(address(tokens[2]), stranger);
        uint256 got = tokens[2].balanceOf(stranger) - before;
        return int256(_worthD18(2, got)) - int256(_worthD18(2, fair));
    }

    function testFuzz_a_claim_is_no_way_around_a_loss(uint256 indexBps, uint256 part) public {
        indexBps = bound(indexBps, 1000, 9999);
        assertLe(_skipTheLoss(indexBps, bound(part, 1e18, 990e18)), 0.01e18, "a few atoms at $50,000 a token");
        assertEq(_missing(2), 0);
    }

    function test_control_where_what_is_skipped_is_not_looked_at_half_of_the_rest_is_taken() public {
        _without(Guard.Asking);
        assertGt(_skipTheLoss(5000, 500e18), 49_999e18, "$100,000 of $100,000 that are left, instead of half");
    }

    // ---------------------------------------------- no return, no zero, no such token

    function testFuzz_dust_of_a_token_that_refuses_zero_is_simply_not_moved(uint256 shares) public {
        shares = bound(shares, 1, 1e13); // less than an atom of the token without decimals
        vm.prank(alice);
        uint256[] memory paid = vault.redeem(shares, _none(), alice);
        assertEq(paid[0], 0);
    }

    function test_a_token_of_too_many_decimals_or_of_none_to_read_is_not_listed() public {
        TestFeed feed = new TestFeed("ODD / USD", 8, 1, 1e18, address(this));
        feed.set(1e8);
        TestToken odd = new TestToken("Odd", "ODD", 255, address(this));
        vm.expectRevert(
            abi.encodeWithSelector(IOracleHub.OracleHub__BadListing.selector, odd, bytes32("token decimals"))
        );
        hub.list(address(odd), listing(address(feed)));
        vm.expectRevert();
        hub.list(address(feed), listing(address(hub))); // no decimals, no feed
    }

    // -------------------------------------------------- second entrances and callbacks

    /// @dev The twin moves the same balances. It is not an asset, so nothing in the vault ever sells, pays or counts it.
    function test_a_second_entry_point_is_no_asset() public {
        TwinToken token = new TwinToken(18, address(this));
        Twin twin = Twin(token.twin());
        token.mint(address(vault), 1e18);
        vm.expectRevert();
        vault.sync(address(twin));
        vm.expectRevert(abi.encodeWithSelector(IBasketVault.BasketVault__NotAnAsset.selector, address(twin)));
        vault.position(address(twin), address(tokens[1]));
        assertEq(twin.balanceOf(address(vault)), 1e18, "what it was given by mistake is nobody's");
        _refusedAsAsset(address(twin));
    }

    function _refusedAsAsset(address token) private {
        vm.prank(address(settler));
        vm.expectRevert(abi.encodeWithSelector(IBasketVault.BasketVault__NotAnAsset.selector, token));
        vault.settle(token, address(tokens[1]), 0, 0, stranger, "");
    }

    function test_a_token_that_calls_gets_in_nowhere() public {
        CallingToken caller = CallingToken(address(tokens[4]));
        bytes[3] memory calls = [
            abi.encodeCall(vault.mint, (1e18, _none(), stranger)),
            abi.encodeCall(vault.redeem, (1, _none(), stranger)),
            abi.encodeCall(vault.sync, (address(tokens[1])))
        ];
        for (uint256 i; i < 3; ++i) {
            caller.callOnTransfer(address(vault), calls[i]);
            vm.prank(alice);
            vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
            vault.redeem(1e18, _none(), alice);
        }
    }

    // -------------------------------------------------------------- honest, and control

    function test_honest_flows_work_with_all_of_them_while_they_behave() public {
        vm.prank(stranger);
        vault.mint(1e18, _none(), stranger);
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        _fill(stranger, 1, 3, 1000e6);
        vm.prank(stranger);
        uint256[] memory paid = vault.redeem(1e18, _none(), stranger);
        assertApproxEqAbs(paid[1], 199e6, 0.002e9);
    }

    function test_control_without_measuring_the_shares_own_more_than_there_is() public {
        _without(Guard.Measuring);
        _charge(FeeToken.Fee.FromReceiver);
        vm.prank(stranger);
        vault.mint(10e18, _none(), stranger);
        assertEq(_missing(1), 20e6, "one per cent of $2,000 that was minted for");
        _propose(_intent(1, 3, 1000));
        _charge(FeeToken.Fee.OnTop);
        uint256 missing = _missing(1);
        _fill(stranger, 1, 3, 1000e6);
        assertApproxEqAbs(_missing(1), missing + 10e6, 2, "and of $1,000 that was sold");
    }
}
