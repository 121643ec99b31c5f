// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Valuation} from "../Valuation.sol";
import {IBasketVault} from "../interfaces/IBasketVault.sol";
import {IPolicy} from "../interfaces/IPolicy.sol";
import {ISettler} from "../interfaces/ISettler.sol";
import {DutchPrice} from "../math/DutchPrice.sol";
import {Intents} from "./Intents.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Fills: anyone buys what the live intent sells, at a Dutch price near the oracle's.
///
/// @notice INVARIANTS
/// - Price: `received * P_buy >= sold * P_sell * (1 - floorDisc)`, for a floor discount no role can set above the ceiling.
/// - Convergence: units per share only fall on a sale and never below `sellDownTo`, only rise on a purchase and never above
///   `buyUpTo`; as `buyUpTo <= sellDownTo`, one intent can never trade a token back and forth.
/// - What a live order may still sell and bring is its own: no fill takes that room, not even between an auction's check of the
///   order and its transfer.
/// - A quarantined token is never bought, and never sold under its exit floor. See Valuation.
/// - One fill sells at most `maxFillBps` of NAV.
abstract contract Fills is Intents {
    /// @dev Everything one sale has to know, read once.
    struct Deal {
        IPolicy.Bounds bounds;
        IPolicy.Class sellClass;
        Valuation.Value sell;
        Valuation.Value buy;
        uint256 supply;
        uint256 sellable;
        uint256 buyable;
        uint256 sold;
        uint256 required;
        uint256 received;
        uint256 lossD18;
        uint256 turnoverD18;
    }

    /// @inheritdoc ISettler
    function quote(address vault, address sell, address buy, uint256 sellAmount) external view returns (uint256) {
        Header memory header = _live(vault);
        Deal memory deal = _deal(vault, header.nonce, sell, buy);
        deal.sold = sellAmount;
        return _requiredUp(header, deal);
    }

    /// @inheritdoc ISettler
    function fill(
        address vault,
        address sell,
        address buy,
        uint256 sellAmount,
        uint256 maxBuyAmount,
        bytes calldata data
    ) external nonReentrant returns (uint256 received) {
        if (sellAmount == 0) revert Settler__ZeroAmount();
        Header memory header = _live(vault);
        Deal memory deal = _deal(vault, header.nonce, sell, buy);
        deal.sold = sellAmount;
        deal.required = _requiredUp(header, deal);
        if (deal.required > maxBuyAmount) revert Settler__PriceAboveLimit(deal.required, maxBuyAmount);
        if (_buckets[vault].armed) {
            (deal.sellable, deal.buyable) = _beside(vault, sell, buy, deal.sellable, deal.buyable);
        }
        _requireSellable(sell, sellAmount, deal.sellable);

        received = IBasketVault(vault).settle(sell, buy, sellAmount, deal.required, msg.sender, data);

        deal.received = received;
        _requireBuyable(buy, received, deal.buyable);
        _chargeSale(vault, header.navPerShareD18, deal);
        _announce(vault, header.nonce, sell, buy, deal);
    }

    // ----------------------------------------------------------------- private

    function _deal(address vault, uint32 nonce, address sell, address buy) internal view returns (Deal memory deal) {
        Band memory sellBand = _bandOf(vault, sell, nonce);
        Band memory buyBand = _bandOf(vault, buy, nonce);
        IPolicy.Class memory buyClass;
        (deal.bounds, deal.sellClass, buyClass) = policy.termsOf(vault, sell, buy);
        deal.sell = Valuation.look(hub, sell, deal.sellClass);
        deal.buy = Valuation.look(hub, buy, buyClass);
        _requireBuying(vault, buy, deal.buy.quarantined);
        uint256 sellBalance;
        uint256 buyBalance;
        (deal.supply, sellBalance, buyBalance) = IBasketVault(vault).position(sell, buy);
        deal.sellable = _sellable(sellBand, sellBalance, deal.supply);
        deal.buyable = _buyable(buyBand, buyBalance, deal.supply);
    }

    /// @dev The price, see DutchPrice. A policy that was tightened after the proposal counts at once.
    function _requiredUp(Header memory header, Deal memory deal) internal view virtual returns (uint256) {
        uint256 factorD18 = DutchPrice.factorD18Up(
            block.timestamp - header.notBefore, header.decay, header.startPremBps, _discBps(header, deal)
        );
        // The exit floor is a floor: no discount goes below it.
        if (deal.sell.quarantined && factorD18 < ONE_D18) factorD18 = ONE_D18;
        return _askUp(deal, factorD18);
    }

    function _askUp(Deal memory deal, uint256 factorD18) internal pure returns (uint256) {
        uint256 sellD18 = Valuation.askD18(deal.sell, deal.sellClass);
        uint256 worthD18 = DutchPrice.worthD18Up(deal.sold, sellD18, deal.sell.scale);
        return DutchPrice.requiredUp(worthD18, factorD18, deal.buy.priceD18, deal.buy.scale);
    }

    function _discBps(Header memory header, Deal memory deal) internal pure returns (uint256) {
        uint256 discBps = Math.min(header.floorDiscBps, deal.bounds.maxFloorDiscBps);
        uint256 own = deal.sellClass.maxFloorDiscBps;
        return own == 0 ? discBps : Math.min(discBps, own);
    }

    /// @dev Charges what was sold and what was lost against the oracle, both rounded up, to the buckets.
    function _chargeSale(address vault, uint256 navPerShareD18, Deal memory deal) internal {
        uint256 navD18 = Math.mulDiv(navPerShareD18, deal.supply, ONE_D18);
        uint256 outD18 = DutchPrice.worthD18Up(deal.sold, deal.sell.markD18, deal.sell.scale);
        uint256 inD18 = DutchPrice.worthD18Down(deal.received, deal.buy.priceD18, deal.buy.scale);
        deal.lossD18 = Math.mulDiv(Math.saturatingSub(outD18, inD18), ONE_D18, navD18, Math.Rounding.Ceil);
        deal.turnoverD18 = Math.mulDiv(outD18, ONE_D18, navD18, Math.Rounding.Ceil);
        uint256 own = deal.sellClass.maxFillBps;
        uint256 maxBps = own == 0 ? deal.bounds.maxFillBps : Math.min(own, deal.bounds.maxFillBps);
        _requireFillUnder(deal.turnoverD18, maxBps * (ONE_D18 / BPS));
        _charge(vault, deal.bounds, deal.lossD18, deal.turnoverD18);
    }

    function _announce(address vault, uint32 nonce, address sell, address buy, Deal memory d) private {
        (uint256 sold, uint256 required, uint256 received) = (d.sold, d.required, d.received);
        emit Filled(vault, nonce, msg.sender, sell, buy, sold, required, received, d.lossD18, d.turnoverD18);
    }

    // ------------------------------------------------------------------ guards

    function _requireSellable(address token, uint256 amount, uint256 sellable) internal pure virtual {
        if (amount > sellable) revert Settler__SellsPastBand(token, amount, sellable);
    }

    function _requireBuyable(address token, uint256 amount, uint256 buyable) internal pure virtual {
        if (amount > buyable) revert Settler__BuysPastBand(token, amount, buyable);
    }

    function _requireBuying(address vault, address token, bool quarantined) internal pure virtual {
        if (quarantined) revert Settler__Quarantined(vault, token);
    }

    function _requireFillUnder(uint256 turnoverD18, uint256 maxD18) internal pure virtual {
        if (turnoverD18 > maxD18) revert Settler__FillTooLarge(turnoverD18, maxD18);
    }
}
