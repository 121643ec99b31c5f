// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../interfaces/IBasketVault.sol";
import {ISettler} from "../interfaces/ISettler.sol";
import {DutchPrice} from "../math/DutchPrice.sol";
import {Fills} from "./Fills.sol";
import {Intents} from "./Intents.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title What a batch auction's settlement contract tells about itself.
interface IBatchSettlement {
    function domainSeparator() external view returns (bytes32);
    function vaultRelayer() external view returns (address);
}

/// @title Orders: the live intent, served by a batch auction of the GPv2 kind instead of a fill.
///
/// @notice INVARIANTS
/// - The order that is armed is a sale of the live intent, from the vault to the vault, without fee, at no less than the
///   quote, for no more than the room of both legs, and ends soon.
/// - Both buckets are charged when it is armed, for all of it, at the floor, as a part of nine tenths of the NAV, and it is
///   good only while nine tenths of the shares are left (see ArmedOrder for what makes it so between a look and a sale):
///   nothing that the auction, or whoever redeems, does later can cost those who stay more. What is not filled is not given back.
/// - Whenever the auction asks, the order is good only if the intent still lives, there is still room for what is left, and the
///   limit price is still no less than the quote of that moment. A price that was right once is not good enough.
///
/// WARNINGS
/// - What the auction brings beyond the limit is the vault's even if it goes past the band: nobody can refuse a gift.
/// - Who redeems between the auction's check and its transfer, a tenth of the shares at most, leaves those who stay that much
///   further along than the band says.
/// - What an order loses is charged at the prices of its arming.
abstract contract Orders is Fills {
    bytes32 private constant ORDER_TYPEHASH = keccak256(
        "Order(address sellToken,address buyToken,address receiver,uint256 sellAmount,uint256 buyAmount,uint32 validTo,"
        "bytes32 appData,uint256 feeAmount,string kind,bool partiallyFillable,string sellTokenBalance,"
        "string buyTokenBalance)"
    );
    bytes32 private constant SELL = keccak256("sell");
    bytes32 private constant ERC20_BALANCE = keccak256("erc20");

    /// @notice {bps} of the shares at arming that must be left when an order is settled.
    uint256 public constant LEAST_SUPPLY_BPS = 9000;

    /// @notice The batch auction's settlement contract; zero where the chain has none.
    address public immutable batch;
    /// @notice Who takes what an armed order sells.
    address public immutable relayer;
    bytes32 private immutable _batchDomain;

    mapping(address vault => Armed) private _armed;

    constructor(address batch_) {
        if (batch_ == address(0)) return;
        batch = batch_;
        relayer = IBatchSettlement(batch_).vaultRelayer();
        _batchDomain = IBatchSettlement(batch_).domainSeparator();
    }

    /// @inheritdoc ISettler
    function arm(address vault, BatchOrder calldata order) external nonReentrant returns (bytes32 digest) {
        _requireStrategist(vault);
        Header memory header = _live(vault);
        Deal memory deal = _deal(vault, header.nonce, order.sellToken, order.buyToken);
        _requireOrder(vault, order, deal.bounds.maxOrderLife);
        deal.sold = order.sellAmount;
        deal.required = _requiredUp(header, deal);
        _requireLimit(order.buyAmount, deal.required);
        _requireSellable(order.sellToken, order.sellAmount, deal.sellable);
        _requireBuyable(order.buyToken, order.buyAmount, deal.buyable);
        // The oracle may rise until it is filled: at worst it brings the floor.
        uint256 floorD18 = ONE_D18 - _discBps(header, deal) * (ONE_D18 / BPS);
        deal.received = Math.min(order.buyAmount, _askUp(deal, floorD18));
        // Those who redeem before it is settled leave the loss to the others: it is charged as if a tenth already had.
        deal.supply = deal.supply * LEAST_SUPPLY_BPS / BPS;
        if (deal.supply > type(uint96).max) revert Settler__TooLarge(deal.supply);
        _chargeSale(vault, header.navPerShareD18, deal);

        digest = hashOrder(order);
        _buckets[vault].armed = true;
        _armed[vault] = Armed({
            sell: order.sellToken,
            validTo: order.validTo,
            nonce: header.nonce,
            buy: order.buyToken,
            leastSupply: uint96(deal.supply),
            sellAmount: order.sellAmount,
            buyAmount: order.buyAmount
        });
        IBasketVault(vault)
            .arm(
                IBasketVault.ArmedSale({
                digest: digest,
                sell: order.sellToken,
                buy: order.buyToken,
                relayer: relayer,
                validTo: order.validTo,
                leastSupply: uint96(deal.supply),
                sellAmount: order.sellAmount,
                buyAmount: order.buyAmount
            })
            );
        emit OrderArmed(vault, header.nonce, digest, order);
    }

    /// @inheritdoc ISettler
    function disarm(address vault) external nonReentrant {
        if (_isOrderLive(vault) && msg.sender != policy.strategistOf(vault)) _requireGuardian(vault);
        delete _armed[vault];
        _buckets[vault].armed = false;
        IBasketVault(vault).disarm();
    }

    /// @inheritdoc ISettler
    function isOrderGood(address vault, uint256 left) external view returns (bool) {
        Armed memory order = _armed[vault];
        if (!_isOrderLive(vault)) return false;
        Header memory header = _live(vault);
        Deal memory deal = _deal(vault, header.nonce, order.sell, order.buy);
        deal.sold = order.sellAmount;
        uint256 leftToBuy = Math.mulDiv(order.buyAmount, left, order.sellAmount);
        return _isBorne(deal.supply, order.leastSupply) && left != 0 && left <= deal.sellable
            && leftToBuy <= deal.buyable && _isStillWorth(order.buyAmount, header, deal);
    }

    /// @inheritdoc ISettler
    function armedOf(address vault) external view returns (Armed memory) {
        return _armed[vault];
    }

    /// @inheritdoc ISettler
    function hashOrder(BatchOrder calldata order) public view returns (bytes32) {
        bytes32 inner = keccak256(bytes.concat(ORDER_TYPEHASH, abi.encode(order)));
        return keccak256(abi.encodePacked(hex"1901", _batchDomain, inner));
    }

    /// @inheritdoc Intents
    function _beside(address vault, address sell, address buy, uint256 sellable, uint256 buyable)
        internal
        view
        virtual
        override
        returns (uint256, uint256)
    {
        Armed storage order = _armed[vault];
        if (!_isOrderLive(vault)) return (sellable, buyable);
        (, uint256 left) = IBasketVault(vault).armed();
        if (sell == order.sell) sellable = Math.saturatingSub(sellable, left);
        if (buy != order.buy) return (sellable, buyable);
        uint256 leftToBuy = Math.mulDiv(order.buyAmount, left, order.sellAmount, Math.Rounding.Ceil);
        return (sellable, Math.saturatingSub(buyable, leftToBuy));
    }

    // ------------------------------------------------------------------ guards

    function _requireOrder(address vault, BatchOrder calldata order, uint256 maxLife) internal view virtual {
        bool plain = order.receiver == vault && order.kind == SELL && order.feeAmount == 0
            && order.sellTokenBalance == ERC20_BALANCE && order.buyTokenBalance == ERC20_BALANCE;
        bool timely = order.validTo >= block.timestamp && order.validTo <= block.timestamp + maxLife;
        if (!plain || !timely || order.sellAmount == 0 || batch == address(0)) {
            revert Settler__BadOrder(order, maxLife);
        }
    }

    function _requireLimit(uint256 buyAmount, uint256 required) internal pure virtual {
        if (buyAmount < required) revert Settler__LimitUnderQuote(buyAmount, required);
    }

    function _isStillWorth(uint256 buyAmount, Header memory header, Deal memory deal)
        internal
        view
        virtual
        returns (bool)
    {
        return buyAmount >= _requiredUp(header, deal);
    }

    /// @dev There are shares enough left for what was charged.
    function _isBorne(uint256 supply, uint256 leastSupply) internal pure virtual returns (bool) {
        return supply >= leastSupply;
    }

    /// @dev The order's own time and its intent's have not run out.
    function _isOrderLive(address vault) private view returns (bool) {
        Armed storage order = _armed[vault];
        Header memory header = _headerOf(vault);
        return block.timestamp <= order.validTo && block.timestamp <= header.deadline && order.nonce == header.nonce
            && order.nonce != 0;
    }
}
