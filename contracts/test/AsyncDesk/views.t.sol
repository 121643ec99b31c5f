// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {AsyncDesk} from "../../src/AsyncDesk.sol";
import {IAsyncDesk} from "../../src/interfaces/IAsyncDesk.sol";
import {DeskFixture} from "../fixture/DeskFixture.sol";

contract DeskViewsTest is DeskFixture {
    function test_it_says_what_it_is() public view {
        assertEq(desk.asset(), address(tokens[1]));
        assertEq(desk.share(), address(vault));
        assertEq(abi.encode(desk.terms()), abi.encode(terms()));
        // The ids that ERC-165, ERC-7540 and ERC-7575 name.
        bytes4[5] memory ids = [bytes4(0x01ffc9a7), 0xe3bc4e65, 0x2f0a18c5, 0xce3bbe50, 0x620ee8e4];
        for (uint256 i; i < 5; ++i) {
            assertTrue(desk.supportsInterface(ids[i]));
        }
        assertFalse(desk.supportsInterface(0xffffffff));
    }

    function testFuzz_previews_always_revert(uint256 amount) public {
        vm.expectRevert(IAsyncDesk.AsyncDesk__NoPreview.selector);
        desk.previewDeposit(amount);
        vm.expectRevert(IAsyncDesk.AsyncDesk__NoPreview.selector);
        desk.previewMint(amount);
        vm.expectRevert(IAsyncDesk.AsyncDesk__NoPreview.selector);
        desk.previewWithdraw(amount);
        vm.expectRevert(IAsyncDesk.AsyncDesk__NoPreview.selector);
        desk.previewRedeem(amount);
    }

    function testFuzz_conversions_round_down_and_never_gain(uint256 amount) public view {
        amount = bound(amount, 0, 1e15);
        uint256 shares = desk.convertToShares(amount);
        assertApproxEqAbs(shares, amount * 1e9, 1e9, "a share is worth $1,000");
        assertLe(desk.convertToAssets(shares), amount);
        assertApproxEqAbs(desk.totalAssets(), 1_000_000e6, 1e6);
    }

    function test_conversions_answer_when_prices_are_stale() public {
        vm.warp(block.timestamp + 30 days);
        assertApproxEqAbs(desk.convertToAssets(1e18), 1000e6, 10);
        assertApproxEqAbs(desk.convertToShares(1000e6), 1e18, 1e10);
    }

    function test_terms_must_make_sense() public {
        IAsyncDesk.Terms memory t = terms();
        t.floorDiscBps = 501;
        _refused(t);
        t = terms();
        t.gap = 0;
        _refused(t);
        t = terms();
        t.patience = t.decay;
        _refused(t);
        t = terms();
        t.decay = 0;
        _refused(t);
        vm.expectRevert(abi.encodeWithSelector(IAsyncDesk.AsyncDesk__BadTerms.selector, terms()));
        this.deploy(address(vault), terms());
    }

    function _refused(IAsyncDesk.Terms memory t) private {
        vm.expectRevert(abi.encodeWithSelector(IAsyncDesk.AsyncDesk__BadTerms.selector, t));
        this.deploy(address(tokens[1]), t);
    }

    /// @dev From outside: forge deploys by a cheat code, whose revert would be the end of the test.
    function deploy(address cash, IAsyncDesk.Terms calldata t) external {
        new AsyncDesk(vault, cash, hub, t);
    }
}
