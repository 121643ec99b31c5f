// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Erc4626Scene} from "./Scene.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {Vm} from "forge-std/Test.sol";

/// @title What a preview promises of entering and leaving is kept, moved exactly and announced.
abstract contract PromiseProperties is Erc4626Scene {
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

    // ------------------------------------------------------------------ measuring

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
}
