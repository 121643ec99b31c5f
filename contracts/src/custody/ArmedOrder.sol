// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../interfaces/IBasketVault.sol";
import {Ledger} from "./Ledger.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @dev A token's approval, whether it returns something or not: what nobody reads cannot fail to be there.
interface IRevocable {
    function approve(address spender, uint256 amount) external;
}

/// @title ArmedOrder: one sell order of the vault's own, which a batch auction may fill in parts while the vault looks away.
///
/// @notice PURPOSE
/// A batch auction takes with `transferFrom` and pays later in the same transaction; the vault is not called. What happened is
/// read from the balances of both tokens, never from the auction's own record, which can be reset or made to lie.
///
/// INVARIANTS
/// - The only allowance the vault ever has outstanding is to the relayer of the armed order, for what is left of it.
/// - The allowance never reaches what is held for claims, and no sale is left to fewer shares than it was charged to: when
///   people redeem, or fills sell, that far, it is taken back and the order is over. The auction checks all its orders first
///   and takes afterwards, and what it takes from others may call somebody in between: no check of the order's sees that.
/// - What the order sold leaves the ledger together with what it brought. While more has left than has been paid for at the
///   limit (in the middle of an auction's settlement, or because a token took something away) nothing that touches either token
///   is possible but redeeming, which pays a part of what is here.
/// - What comes in counts as proceeds only if something was sold.
///
/// LIVENESS
/// A token that does not tell its balance, or an absurd one, or does not let an allowance be taken back, stops the order from
/// being counted or ended, and nothing else. After `validTo` an order that sold and was not paid (a token took the difference
/// away) is counted as a loss when it is disarmed.
abstract contract ArmedOrder is Ledger {
    using SafeERC20 for IERC20;

    /// @param digest of the order; zero if none is armed
    /// @param leastSupply {share} D18 fewer shares than this cannot bear what was charged for them
    /// @param excess {tokAtom} that were here beyond the ledger when it was armed
    struct Order {
        bytes32 digest;
        address sell;
        uint32 validTo;
        address buy;
        uint96 leastSupply;
        address relayer;
        uint256 sellAmount;
        uint256 buyAmount;
        uint256 sellExcess;
        uint256 buyExcess;
    }

    Order private _order;
    /// @dev Within a mint or a redemption: the order has been looked at, and its tokens may have moved since.
    bool private transient _caughtUp;
    /// @dev Within a redemption, as it was before its tokens moved: what of the token that is sold has left and is not paid for, and
    /// what is missing of the one that is bought.
    uint256 private transient _unpaid;
    uint256 private transient _missing;

    /// @inheritdoc IBasketVault
    function armed() public view returns (bytes32 digest, uint256 left) {
        Order storage order = _order;
        digest = order.digest;
        if (digest != 0) left = IERC20(order.sell).allowance(address(this), order.relayer);
    }

    function _arm(IBasketVault.ArmedSale calldata sale, uint256 supply) internal {
        if (_order.digest != 0) revert BasketVault__AlreadyArmed(_order.digest);
        // What is missing before it is armed would be taken for sold.
        _sync(sale.sell, supply);
        _sync(sale.buy, supply);
        uint256 owned = _owned(sale.sell, supply);
        if (sale.sellAmount > owned) revert BasketVault__Oversold(sale.sell, sale.sellAmount, owned);
        _order = Order({
            digest: sale.digest,
            sell: sale.sell,
            validTo: sale.validTo,
            buy: sale.buy,
            leastSupply: sale.leastSupply,
            relayer: sale.relayer,
            sellAmount: sale.sellAmount,
            buyAmount: sale.buyAmount,
            sellExcess: _excess(sale.sell, supply),
            buyExcess: _excess(sale.buy, supply)
        });
        _setArmed(sale.sell, true);
        _setArmed(sale.buy, true);
        IERC20(sale.sell).forceApprove(sale.relayer, sale.sellAmount);
        emit Armed(sale.digest, sale.sell, sale.buy, sale.sellAmount, sale.buyAmount, sale.validTo);
    }

    function _disarm(uint256 supply) internal {
        Order memory order = _order;
        if (order.digest == 0) return;
        (uint256 sold, uint256 received) = _executed(order, supply);
        if (_isUnpaid(order, sold, received) && block.timestamp <= order.validTo) {
            revert BasketVault__InTheMiddle(order.digest);
        }
        _book(order, sold, received, supply);
        delete _order;
        _setArmed(order.sell, false);
        _setArmed(order.buy, false);
        IERC20(order.sell).forceApprove(order.relayer, 0);
        emit Disarmed(order.digest);
    }

    /// @dev Brings the ledger up to what the order has sold and been paid for.
    /// @return whole false if more has left: in the middle of a settlement, or because a token has taken something away
    function _catchUp(uint256 supply) internal returns (bool whole) {
        if (_order.digest == 0) return true;
        Order memory order = _order;
        (uint256 sold, uint256 received) = _executed(order, supply);
        whole = !_isUnpaid(order, sold, received);
        if (!whole) sold = Math.saturatingMul(received, order.sellAmount) / order.buyAmount;
        _book(order, sold, received, supply);
    }

    /// @dev As `_catchUp`, for whatever changes or tells the bundle: not in the middle of a settlement.
    function _requireWhole(uint256 supply) internal {
        if (!_catchUp(supply)) revert BasketVault__InTheMiddle(_order.digest);
    }

    /// @dev What the shares own, counting what the armed order has done and the ledger does not know yet.
    function _ownedNow(address token, uint256 supply) internal view returns (uint256 owned) {
        bool busy;
        (owned, busy) = _ownedOf(token, supply);
        if (!busy) return owned;
        Order memory order = _order;
        (uint256 sold, uint256 received) = _executed(order, supply);
        if (_isUnpaid(order, sold, received)) revert BasketVault__InTheMiddle(order.digest);
        if (token == order.sell) owned = Math.saturatingSub(owned, sold);
        if (token == order.buy) owned += received;
    }

    /// @inheritdoc Ledger
    function _catchUpOnce(uint256 supply, bool entering) internal override {
        if (_caughtUp) return;
        _caughtUp = true;
        if (entering) return _requireWhole(supply);
        _catchUp(supply);
        Order memory order = _order;
        (_unpaid,) = _executed(order, supply);
        (, _missing,) = _moved(order.buy, supply, order.buyExcess);
    }

    /// @dev Ends what `_catchUpOnce` began: the next mint or redemption of this transaction looks again. If those who stay could not
    /// bear the rest of the order, it is taken back.
    function _lookAgain(uint256 supplyAfter) internal {
        if (!_caughtUp) return;
        (_caughtUp, _unpaid, _missing) = (false, 0, 0);
        Order memory order = _order;
        uint256 left = _askLeft(order);
        if (left == 0 || _isBearable(order, left, supplyAfter)) return;
        try IRevocable(order.sell).approve{gas: MODERATE_GAS}(order.relayer, 0) {
            emit Stopped(order.digest);
        } catch {}
    }

    /// @dev Whoever redeems leaves his part of what has been sold and is not paid for, and bears his part of what a token has taken of
    /// what the order buys, so that those who stay bear no more of either than they would have.
    function _unitsDue(address token, uint256 supply) internal view virtual override returns (uint256) {
        if (!_isArmed(token)) return super._unitsDue(token, supply);
        uint256 gone = token == _order.sell ? _unpaid : _missing;
        if (gone == 0) return super._unitsDue(token, supply);
        return _unitsDown(Math.saturatingSub(_owned(token, supply), gone), supply);
    }

    /// @dev What waits beyond the ledger is measured against what waited when the order was armed.
    function _requireUnarmed(address token) internal view {
        if (_isArmed(token)) revert BasketVault__AlreadyArmed(_order.digest);
    }

    function _book(Order memory order, uint256 sold, uint256 received, uint256 supply) private {
        if (sold == 0) return;
        _record(order.sell, Math.saturatingSub(_owned(order.sell, supply), sold), supply);
        _record(order.buy, _mostOf(_owned(order.buy, supply) + received, supply), supply);
        emit Executed(order.digest, sold, received);
    }

    function _executed(Order memory order, uint256 supply) private view returns (uint256 sold, uint256 received) {
        bool told;
        (told, sold,) = _moved(order.sell, supply, order.sellExcess);
        if (!told || sold == 0) return (0, 0);
        (told,, received) = _moved(order.buy, supply, order.buyExcess);
    }

    /// @dev What may still be taken; zero if the token does not say.
    function _askLeft(Order memory order) private view returns (uint256 left) {
        (bool ok, bytes memory data) =
            order.sell.staticcall{gas: MODERATE_GAS}(abi.encodeCall(IERC20.allowance, (address(this), order.relayer)));
        if (ok && data.length >= 32) left = abi.decode(data, (uint256));
    }

    /// @dev There are shares enough left for what was charged, and they own all that may still be taken.
    function _isBearable(Order memory order, uint256 left, uint256 supply) internal view virtual returns (bool) {
        (uint256 sold,) = _executed(order, supply);
        return supply >= order.leastSupply && left <= Math.saturatingSub(_owned(order.sell, supply), sold);
    }

    /// @dev Less has come in than the order's own limit asks for what has gone out.
    function _isUnpaid(Order memory order, uint256 sold, uint256 received) internal pure virtual returns (bool) {
        return Math.saturatingMul(received, order.sellAmount) < Math.saturatingMul(sold, order.buyAmount);
    }
}
