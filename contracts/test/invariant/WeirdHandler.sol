// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {TestToken} from "../../src/demo/TestToken.sol";
import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {BrokenToken} from "../fixture/BrokenToken.sol";
import {FeeToken} from "../fixture/FeeToken.sol";
import {Hook, HookToken} from "../fixture/HookToken.sol";
import {Handler} from "./Handler.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

/// @dev A token whose balances grow and shrink by themselves.
contract RebasingToken is TestToken {
    constructor(uint8 decimals_, address owner_) TestToken("Rebasing", "REB", decimals_, owner_) {}

    function shrink(address account, uint256 amount) external onlyOwner {
        _burn(account, amount);
    }
}

/// @title The same, with tokens that return nothing, charge a fee, block, call back, and grow and shrink by themselves.
contract WeirdHandler is Handler {
    uint256 private constant FEE = 1;
    uint256 private constant BROKEN = 2;
    uint256 private constant HOOK = 3;
    uint256 private constant REBASING = 4;

    bool private _feeOn;
    BrokenToken.Break private _kind;
    Hook private _hook = new Hook();
    uint256 public calledBack;

    constructor(System memory system) Handler(system) {}

    /// @dev Once the tokens are this contract's.
    function hookIn() external {
        HookToken(address(tokens[HOOK])).register(address(vault), _hook);
    }

    function chargeFee(uint256 kind) external {
        FeeToken(address(tokens[FEE])).charge(FeeToken.Fee(kind % 3));
        _feeOn = kind % 3 != 0;
    }

    /// @dev Any way but by burning all gas, which would only make this slow.
    function breakToken(uint256 kind) external {
        kind %= 7;
        _kind = BrokenToken.Break(kind == 4 ? 0 : kind);
        BrokenToken(address(tokens[BROKEN])).breakIt(_kind, address(vault));
    }

    function rebase(uint256 amount, bool up) external {
        uint256 here = _here(REBASING);
        amount = bound(amount, 0, here / 50);
        if (up) {
            tokens[REBASING].mint(address(vault), amount);
        } else {
            RebasingToken(address(tokens[REBASING])).shrink(address(vault), amount);
            lossUnseen[REBASING] = true;
            // what shrinks while an order trades it looks like a sale of that much, for the dust that waits
            if (_isArmed(REBASING)) uncounted |= (1 << sells) | (1 << buys);
        }
        expected[REBASING] = _here(REBASING);
        _onGift(REBASING);
    }

    function _give(uint256 i, address to, uint256 amount) internal override {
        if (i != BROKEN) return super._give(i, to, amount);
        BrokenToken(address(tokens[i])).breakIt(BrokenToken.Break.None, address(0));
        tokens[i].mint(to, amount);
        BrokenToken(address(tokens[i])).breakIt(_kind, address(vault));
    }

    function _isOdd(uint256 i) internal view override returns (bool) {
        if (i == FEE && _feeOn) return true;
        if (i == BROKEN && _kind != BrokenToken.Break.None) return true;
        // an order that a token took something from counts when it is over
        return _isArmed(i) && _isStuck();
    }

    // ------------------------------------------------------------------ called back

    function _beforeMove() internal override {
        Hook.Call[] memory calls = new Hook.Call[](6);
        calls[0].data = abi.encodeCall(IBasketVault.holdings, ());
        calls[1].data = abi.encodeCall(IBasketVault.position, (address(tokens[0]), address(tokens[1])));
        calls[2].data = abi.encodeCall(IBasketVault.unitsOf, (address(tokens[0])));
        calls[3].data = _mintCall();
        calls[4].data = _redeemCall();
        calls[5].data = abi.encodeCall(IBasketVault.sync, (address(tokens[0])));
        for (uint256 i; i < 6; ++i) {
            calls[i].target = address(vault);
        }
        _hook.plan(calls);
    }

    function _afterMove() internal override {
        if (!_hook.armed()) {
            bytes4[] memory answers = _hook.answers();
            if (answers.length != 0) ++calledBack;
            for (uint256 i; i < answers.length; ++i) {
                if (answers[i] != ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector) {
                    _break("while it moves tokens the vault answers nobody");
                }
            }
        }
        _hook.plan(new Hook.Call[](0));
    }
}
