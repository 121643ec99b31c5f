// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {TestToken} from "../../src/demo/TestToken.sol";
import {IAsyncDesk} from "../../src/interfaces/IAsyncDesk.sol";
import {IFiller} from "../../src/interfaces/IFiller.sol";
import {DeskFixture} from "../fixture/DeskFixture.sol";
import {FeeToken} from "../fixture/FeeToken.sol";
import {DeskGuard} from "../fixture/WeakAsyncDesk.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

/// @dev Pays what it likes when it is called back, and may call the desk first.
contract Cheat is IFiller {
    IAsyncDesk private immutable _desk;
    uint256 public payment;
    bytes public call;

    constructor(IAsyncDesk desk) {
        _desk = desk;
    }

    function fill(uint256 amount, uint256 payment_, bytes calldata call_) external {
        (payment, call) = (payment_, call_);
        _desk.fill(true, amount, type(uint256).max, "call me");
    }

    function onFill(address, address buy, uint256, uint256, bytes calldata) external {
        if (call.length != 0) {
            (bool ok, bytes memory why) = address(_desk).call(call);
            if (!ok) {
                assembly ("memory-safe") {
                    revert(add(why, 0x20), mload(why))
                }
            }
        }
        IERC20(buy).transfer(msg.sender, payment);
    }
}

/// What a filler or the asset itself may try against the desk, and what each guard is worth.
contract DeskGuardsTest is DeskFixture {
    function _newToken(uint256 i) internal override returns (TestToken) {
        return i == 1 ? new FeeToken(decimals()[i], address(this)) : super._newToken(i);
    }

    function _charge(FeeToken.Fee fee) private {
        FeeToken(address(tokens[1])).charge(fee);
    }

    function _cheat() private returns (Cheat cheat) {
        _enter(bob, 1000e6);
        _lock();
        _wait(1 hours);
        cheat = new Cheat(desk);
        vm.prank(alice);
        vault.transfer(address(cheat), 10e18);
    }

    function testFuzz_a_filler_pays_the_quote_or_gets_nothing(uint256 payment) public {
        Cheat cheat = _cheat();
        uint256 quoted = desk.quote(true, 1000e6);
        payment = bound(payment, 0, 2 * quoted);
        if (payment < quoted) {
            vm.expectRevert(
                abi.encodeWithSelector(IAsyncDesk.AsyncDesk__Underpaid.selector, address(vault), quoted, payment)
            );
        }
        cheat.fill(1000e6, payment, "");
        if (payment >= quoted) assertEq(desk.potOf(1, true).got, payment, "what is too much is Bob's, too");
    }

    function test_nothing_is_requested_claimed_or_finished_during_a_fill() public {
        Cheat cheat = _cheat();
        bytes[6] memory calls = [
            abi.encodeCall(desk.requestRedeem, (1e18, address(cheat), address(cheat))),
            abi.encodeCall(desk.lock, ()),
            abi.encodeCall(desk.cross, ()),
            abi.encodeCall(desk.finish, ()),
            abi.encodeCall(desk.fill, (true, 1, 1e36, "")),
            abi.encodeCall(desk.reclaim, (true, address(cheat), address(cheat)))
        ];
        for (uint256 i; i < 6; ++i) {
            vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
            cheat.fill(1000e6, 2e18, calls[i]);
        }
    }

    function test_an_asset_that_takes_a_fee_is_not_taken_and_not_given() public {
        _charge(FeeToken.Fee.FromReceiver);
        _giveAssets(bob, 1000e6);
        vm.prank(bob);
        vm.expectRevert(
            abi.encodeWithSelector(IAsyncDesk.AsyncDesk__BalanceMismatch.selector, address(tokens[1]), 1000e6, 990e6)
        );
        desk.requestDeposit(1000e6, bob, bob);
        _charge(FeeToken.Fee.None);
        _enter(bob, 1000e6);
        _enter(carol, 1000e6);
        _lock();
        _charge(FeeToken.Fee.OnTop);
        _giveShares(stranger, 10e18);
        vm.prank(stranger);
        vm.expectRevert(
            abi.encodeWithSelector(IAsyncDesk.AsyncDesk__BalanceMismatch.selector, address(tokens[1]), 1000e6, 990e6)
        );
        desk.fill(true, 1000e6, 1e36, "");
    }

    function test_control_without_a_price_the_deposit_is_the_fillers() public {
        _openDesk(1, DeskGuard.Price);
        _cheat().fill(1000e6, 0, "");
        desk.finish();
        assertEq(desk.maxDeposit(bob), 1000e6, "Bob's $1,000 are gone");
        assertEq(desk.maxMint(bob), 0, "for nothing");
    }

    function test_control_without_measuring_the_desk_owes_more_than_it_has() public {
        _openDesk(1, DeskGuard.Measuring);
        _charge(FeeToken.Fee.FromReceiver);
        _enter(bob, 1000e6);
        _enter(carol, 1000e6);
        assertEq(desk.potOf(1, true).total - tokens[1].balanceOf(address(desk)), 20e6, "$20 of $2,000 are not there");
    }
}
