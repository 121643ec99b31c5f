// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "./interfaces/IBasketVault.sol";
import {IOracleHub} from "./interfaces/IOracleHub.sol";
import {IPolicy} from "./interfaces/IPolicy.sol";
import {IRule} from "./interfaces/IRule.sol";
import {ISettler} from "./interfaces/ISettler.sol";
import {DutchPrice} from "./math/DutchPrice.sol";
import {IntentHash} from "./math/IntentHash.sol";
import {LeakyBucket} from "./math/LeakyBucket.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Settler: one live intent per vault, and fills that serve it at a price near the oracle's.
///
/// @notice PURPOSE
/// The strategist (or anyone, through a rule that computes on chain) proposes an intent: for every asset, how many atoms
/// per share it may be sold down to and bought up to. Anyone then fills it, pair by pair, at a Dutch price that starts
/// above the oracle and falls to a floor below it. Routers, auctions and market makers are all fillers; custody knows none
/// of them, so adding one cannot weaken it.
///
/// INVARIANTS
/// - Price: `received * P_buy >= sold * P_sell * (1 - floorDisc)`, for a floor discount no role can set above the ceiling.
/// - Convergence: units per share only fall on a sale and never below `sellDownTo`, only rise on a purchase and never above
///   `buyUpTo`; as `buyUpTo <= sellDownTo`, one intent can never trade a token back and forth.
/// - Loss: what fills lose against the oracle, as a part of NAV, goes into a bucket that leaks at the daily cap. Gains do
///   not empty it, a new intent does not, midnight does not. Over any time t, loss <= cap * (1 + t / 1 day).
/// - Turnover: what fills sell, as a part of NAV, goes into a bucket of the same kind.
/// - Nonce: strictly plus one; one live intent per vault; cancelled at once.
///
/// ASSUMPTIONS
/// - The oracle hub's prices are right within the floor discount. A wrong oracle costs at most what the buckets allow in
///   terms of that oracle; bounds, heartbeat and the second feed of the hub are what keeps it from being wrong.
/// - NAV is recorded per share when an intent is proposed, so that minting and redeeming around a fill cannot stretch the
///   budget: every holder's loss, as a part of what the holder has, is under the cap.
///
/// LIVENESS
/// If a price is missing, fills and proposals that need it revert. Redeeming from the vault needs nothing from here.
///
/// ROLES, by the harm they could do
/// - Strategist: choose bad targets inside the policy; at worst the loss cap per day. - Anyone: fill, propose by a rule.
/// - Owner, strategist, sentinel: cancel.
///
/// WARNINGS
/// - Intents of a vault that is not registered with the policy cannot exist: all its bounds are zero.
/// - A stranger's `vault` is called like any other; it can only cheat itself.
contract Settler is ISettler, EIP712, ReentrancyGuardTransient {
    /// @dev Packed leg: one slot per asset. It counts only while its nonce is the header's.
    struct Band {
        uint32 nonce;
        uint112 sellDownTo;
        uint112 buyUpTo;
    }

    /// @dev Everything one fill has to know, read once.
    struct Deal {
        uint256 sellPriceD18;
        uint256 sellScale;
        uint256 buyPriceD18;
        uint256 buyScale;
        uint256 supply;
        uint256 sellable;
        uint256 buyable;
        uint256 sold;
        uint256 required;
        uint256 received;
        uint256 lossD18;
        uint256 turnoverD18;
    }

    /// @notice {bps} No floor may be further below the oracle, whatever any policy says.
    uint16 public constant MAX_FLOOR_DISC_BPS = 500;
    uint256 private constant ONE_D18 = 1e18;
    uint256 private constant BPS = 10_000;

    IPolicy public immutable policy;
    IOracleHub public immutable hub;

    mapping(address vault => Header) private _headers;
    mapping(address vault => Buckets) private _buckets;
    mapping(address vault => bytes32) private _hashes;
    mapping(address vault => mapping(address token => Band)) private _bands;

    constructor(IPolicy policy_, IOracleHub hub_) EIP712("Trimtab Settler", "1") {
        policy = policy_;
        hub = hub_;
    }

    // ----------------------------------------------------------------- intents

    /// @inheritdoc ISettler
    function propose(Intent calldata intent) external nonReentrant returns (bytes32 intentHash) {
        if (policy.rolesOf(intent.vault).strategist != msg.sender) {
            revert Settler__NotAllowed(intent.vault, msg.sender);
        }
        if (intent.rule != address(0)) revert Settler__RuleNotAllowed(intent.vault, intent.rule);
        return _open(intent);
    }

    /// @inheritdoc ISettler
    function proposeByRule(address vault, address rule) external nonReentrant returns (bytes32 intentHash) {
        if (!policy.isRule(vault, rule)) revert Settler__RuleNotAllowed(vault, rule);
        Header memory header = _headers[vault];
        if (block.timestamp <= header.deadline) revert Settler__StillLive(header.nonce, header.deadline);
        if (!IRule(rule).ready(vault)) revert Settler__RuleNotReady(vault, rule);
        (Leg[] memory legs, IRule.Terms memory terms) = IRule(rule).targets(vault);
        return _open(
            Intent({
                vault: vault,
                chainId: block.chainid,
                nonce: header.nonce + 1,
                notBefore: uint32(block.timestamp),
                deadline: uint32(block.timestamp) + terms.horizon,
                rule: rule,
                modelCommit: 0,
                dataRoot: 0,
                startPremBps: terms.startPremBps,
                floorDiscBps: terms.floorDiscBps,
                decay: terms.decay,
                legs: legs
            })
        );
    }

    /// @inheritdoc ISettler
    function cancel(address vault) external {
        IPolicy.Roles memory roles = policy.rolesOf(vault);
        if (msg.sender != roles.sentinel && msg.sender != roles.owner && msg.sender != roles.strategist) {
            revert Settler__NotAllowed(vault, msg.sender);
        }
        Header storage header = _headers[vault];
        header.deadline = 0;
        emit Cancelled(vault, header.nonce, msg.sender);
    }

    // ------------------------------------------------------------------- fills

    /// @inheritdoc ISettler
    function quote(address vault, address sell, address buy, uint256 sellAmount) external view returns (uint256) {
        Header memory header = _live(vault);
        Deal memory deal = _deal(vault, header.nonce, sell, buy);
        deal.sold = sellAmount;
        return _requiredUp(header, policy.boundsOf(vault), deal);
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
        IPolicy.Bounds memory bounds = policy.boundsOf(vault);
        Deal memory deal = _deal(vault, header.nonce, sell, buy);
        deal.sold = sellAmount;
        deal.required = _requiredUp(header, bounds, deal);
        if (deal.required > maxBuyAmount) revert Settler__PriceAboveLimit(deal.required, maxBuyAmount);
        _requireSellable(sell, sellAmount, deal.sellable);

        received = IBasketVault(vault).settle(sell, buy, sellAmount, deal.required, msg.sender, data);

        deal.received = received;
        _requireBuyable(buy, received, deal.buyable);
        _charge(vault, header.navPerShareD18, bounds, deal);
        _announce(vault, header.nonce, sell, buy, deal);
    }

    // ------------------------------------------------------------------- views

    /// @inheritdoc ISettler
    function room(address vault, address token) external view returns (uint256 sellable, uint256 buyable) {
        Header memory header = _live(vault);
        (uint256 supply, uint256 balance,) = IBasketVault(vault).position(token, token);
        Band memory band = _bandOf(vault, token, header.nonce);
        return (_sellable(band, balance, supply), _buyable(band, balance, supply));
    }

    /// @inheritdoc ISettler
    function headerOf(address vault) external view returns (Header memory) {
        return _headers[vault];
    }

    /// @inheritdoc ISettler
    function intentHashOf(address vault) external view returns (bytes32) {
        return _hashes[vault];
    }

    /// @inheritdoc ISettler
    function legOf(address vault, address token) external view returns (Leg memory) {
        Band memory band = _bandOf(vault, token, _headers[vault].nonce);
        return Leg(token, band.sellDownTo, band.buyUpTo);
    }

    /// @inheritdoc ISettler
    function bucketsOf(address vault) external view returns (Buckets memory) {
        return _leaked(vault, policy.boundsOf(vault));
    }

    /// @inheritdoc ISettler
    function hashIntent(Intent memory intent) public view returns (bytes32) {
        return _hashTypedDataV4(IntentHash.hash(intent));
    }

    // --------------------------------------------------------------- proposing

    function _open(Intent memory intent) private returns (bytes32 intentHash) {
        address vault = intent.vault;
        IPolicy.Bounds memory bounds = policy.boundsOf(vault);
        Buckets storage buckets = _buckets[vault];
        if (intent.chainId != block.chainid) revert Settler__WrongChain(intent.chainId, block.chainid);
        _requireNext(intent.nonce, _headers[vault].nonce);
        uint256 readyAt = uint256(buckets.proposedAt) + bounds.cooldown;
        if (block.timestamp < readyAt) revert Settler__CoolingDown(readyAt);
        _requireTerms(intent, bounds);
        uint256 navPerShareD18 = _writeBands(intent, bounds);

        intentHash = hashIntent(intent);
        _headers[vault] = Header({
            nonce: intent.nonce,
            notBefore: intent.notBefore,
            deadline: intent.deadline,
            decay: intent.decay,
            startPremBps: intent.startPremBps,
            floorDiscBps: intent.floorDiscBps,
            navPerShareD18: uint96(navPerShareD18)
        });
        _hashes[vault] = intentHash;
        buckets.proposedAt = uint32(block.timestamp);
        emit Proposed(vault, intent.nonce, intentHash, msg.sender, intent, navPerShareD18);
    }

    function _requireTerms(Intent memory intent, IPolicy.Bounds memory bounds) private view {
        if (
            intent.deadline <= intent.notBefore || intent.deadline < block.timestamp
                || intent.deadline > block.timestamp + bounds.maxHorizon
        ) {
            revert Settler__BadWindow(intent.notBefore, intent.deadline, bounds.maxHorizon);
        }
        uint16 maxFloorDiscBps = uint16(Math.min(bounds.maxFloorDiscBps, MAX_FLOOR_DISC_BPS));
        if (intent.startPremBps > bounds.maxStartPremBps || intent.floorDiscBps > maxFloorDiscBps) {
            revert Settler__BadPriceRange(
                intent.startPremBps, bounds.maxStartPremBps, intent.floorDiscBps, maxFloorDiscBps
            );
        }
    }

    /// @dev Checks every leg and its sum against what the vault holds, at one set of prices, and stores the legs.
    /// @return navPerShareD18 D18{USD/share} rounded down, so that losses weigh more
    function _writeBands(Intent memory intent, IPolicy.Bounds memory bounds) private returns (uint256 navPerShareD18) {
        (uint256 supply, address[] memory tokens, uint256[] memory balances) = IBasketVault(intent.vault).holdings();
        if (intent.legs.length != tokens.length) {
            revert Settler__WrongLegs(intent.legs.length, address(0), address(0));
        }
        mapping(address token => Band) storage bands = _bands[intent.vault];
        uint256 navD18;
        uint256 twiceTargetD18;
        for (uint256 i; i < tokens.length; ++i) {
            Leg memory leg = intent.legs[i];
            if (leg.token != tokens[i]) revert Settler__WrongLegs(i, leg.token, tokens[i]);
            uint256 twiceMiddle = uint256(leg.sellDownTo) + leg.buyUpTo;
            _requireBand(leg, twiceMiddle, bounds.maxBandBps);
            bands[leg.token] = Band(intent.nonce, leg.sellDownTo, leg.buyUpTo);
            // An asset that is neither held nor wanted needs no price: its broken feed holds nobody back.
            if (balances[i] == 0 && twiceMiddle == 0) continue;
            (uint256 priceD18, uint256 scale) = hub.priced(leg.token);
            navD18 += Math.mulDiv(balances[i], priceD18, scale);
            twiceTargetD18 += Math.mulDiv(twiceMiddle, priceD18, scale);
        }
        navPerShareD18 = Math.mulDiv(navD18, ONE_D18, supply);
        if (navPerShareD18 > type(uint96).max) revert Settler__TooLarge(navPerShareD18);
        _requireOnNav(twiceTargetD18 / 2, navPerShareD18, bounds.navToleranceBps);
    }

    // ----------------------------------------------------------------- filling

    function _live(address vault) private view returns (Header memory header) {
        header = _headers[vault];
        if (block.timestamp < header.notBefore || block.timestamp > header.deadline) {
            revert Settler__NotLive(vault, header.nonce, header.notBefore, header.deadline);
        }
    }

    function _deal(address vault, uint32 nonce, address sell, address buy) private view returns (Deal memory deal) {
        Band memory sellBand = _bandOf(vault, sell, nonce);
        Band memory buyBand = _bandOf(vault, buy, nonce);
        (deal.sellPriceD18, deal.sellScale) = hub.priced(sell);
        (deal.buyPriceD18, deal.buyScale) = hub.priced(buy);
        uint256 sellBalance;
        uint256 buyBalance;
        (deal.supply, sellBalance, buyBalance) = IBasketVault(vault).position(sell, buy);
        deal.sellable = _sellable(sellBand, sellBalance, deal.supply);
        deal.buyable = _buyable(buyBand, buyBalance, deal.supply);
    }

    function _bandOf(address vault, address token, uint32 nonce) private view returns (Band memory band) {
        band = _bands[vault][token];
        if (band.nonce != nonce || nonce == 0) revert Settler__NotInIntent(vault, token, nonce);
    }

    /// @dev What is above the band; the limit is rounded up, so that a sale never ends below it.
    function _sellable(Band memory band, uint256 balance, uint256 supply) private pure returns (uint256) {
        return Math.saturatingSub(balance, Math.mulDiv(band.sellDownTo, supply, ONE_D18, Math.Rounding.Ceil));
    }

    /// @dev What is missing below the band; the limit is rounded down, so that a purchase never ends above it.
    function _buyable(Band memory band, uint256 balance, uint256 supply) private pure returns (uint256) {
        return Math.saturatingSub(Math.mulDiv(band.buyUpTo, supply, ONE_D18), balance);
    }

    /// @dev The price, see DutchPrice. A policy that was tightened after the proposal counts at once.
    function _requiredUp(Header memory header, IPolicy.Bounds memory bounds, Deal memory deal)
        internal
        view
        virtual
        returns (uint256)
    {
        uint256 factorD18 = DutchPrice.factorD18Up(
            block.timestamp - header.notBefore,
            header.decay,
            header.startPremBps,
            Math.min(header.floorDiscBps, bounds.maxFloorDiscBps)
        );
        uint256 worthD18 = DutchPrice.worthD18Up(deal.sold, deal.sellPriceD18, deal.sellScale);
        return DutchPrice.requiredUp(worthD18, factorD18, deal.buyPriceD18, deal.buyScale);
    }

    /// @dev Charges what was sold and what was lost against the oracle, both rounded up, to the buckets.
    function _charge(address vault, uint256 navPerShareD18, IPolicy.Bounds memory bounds, Deal memory deal) private {
        uint256 navD18 = Math.mulDiv(navPerShareD18, deal.supply, ONE_D18);
        uint256 outD18 = DutchPrice.worthD18Up(deal.sold, deal.sellPriceD18, deal.sellScale);
        uint256 inD18 = DutchPrice.worthD18Down(deal.received, deal.buyPriceD18, deal.buyScale);
        deal.lossD18 = Math.mulDiv(Math.saturatingSub(outD18, inD18), ONE_D18, navD18, Math.Rounding.Ceil);
        deal.turnoverD18 = Math.mulDiv(outD18, ONE_D18, navD18, Math.Rounding.Ceil);
        Buckets memory buckets = _leaked(vault, bounds);
        uint256 lossLevelD18 = buckets.lossD18 + deal.lossD18;
        uint256 turnoverLevelD18 = buckets.turnoverD18 + deal.turnoverD18;
        _requireLossUnder(lossLevelD18, LeakyBucket.sizeD18(bounds.lossCapBpsPerDay));
        _requireTurnoverUnder(turnoverLevelD18, LeakyBucket.sizeD18(bounds.turnoverCapBpsPerDay));
        // Both are under a cap of 16 bits of bps, so under 7e18: they fit 64 bits.
        (buckets.lossD18, buckets.turnoverD18) = (uint64(lossLevelD18), uint64(turnoverLevelD18));
        _buckets[vault] = buckets;
    }

    function _announce(address vault, uint32 nonce, address sell, address buy, Deal memory d) private {
        (uint256 sold, uint256 required, uint256 received) = (d.sold, d.required, d.received);
        emit Filled(vault, nonce, msg.sender, sell, buy, sold, required, received, d.lossD18, d.turnoverD18);
    }

    /// @dev Lowers both levels by cap * time / day, rounded against the filler.
    function _leaked(address vault, IPolicy.Bounds memory bounds) private view returns (Buckets memory buckets) {
        buckets = _buckets[vault];
        uint256 elapsed = block.timestamp - buckets.updatedAt;
        buckets.lossD18 = LeakyBucket.levelD18Up(buckets.lossD18, bounds.lossCapBpsPerDay, elapsed);
        buckets.turnoverD18 = LeakyBucket.levelD18Up(buckets.turnoverD18, bounds.turnoverCapBpsPerDay, elapsed);
        buckets.updatedAt = uint32(block.timestamp);
    }

    // ------------------------------------------------------------------ guards

    function _requireNext(uint32 given, uint32 last) internal pure virtual {
        if (given != last + 1) revert Settler__WrongNonce(given, last + 1);
    }

    function _requireBand(Leg memory leg, uint256 twiceMiddle, uint16 maxBandBps) internal pure virtual {
        // width / middle <= maxBand, with middle = twiceMiddle / 2
        if (leg.buyUpTo > leg.sellDownTo || 2 * BPS * (leg.sellDownTo - leg.buyUpTo) > twiceMiddle * maxBandBps) {
            revert Settler__BadBand(leg.token, leg.sellDownTo, leg.buyUpTo, maxBandBps);
        }
    }

    function _requireOnNav(uint256 targetD18, uint256 navPerShareD18, uint16 toleranceBps) internal pure virtual {
        uint256 gapD18 = targetD18 > navPerShareD18 ? targetD18 - navPerShareD18 : navPerShareD18 - targetD18;
        if (gapD18 * BPS > navPerShareD18 * toleranceBps || navPerShareD18 == 0) {
            revert Settler__TargetOffNav(targetD18, navPerShareD18, toleranceBps);
        }
    }

    function _requireSellable(address token, uint256 amount, uint256 sellable) internal pure virtual {
        if (amount > sellable) revert Settler__SellsPastBand(token, amount, sellable);
    }

    function _requireBuyable(address token, uint256 amount, uint256 buyable) internal pure virtual {
        if (amount > buyable) revert Settler__BuysPastBand(token, amount, buyable);
    }

    function _requireLossUnder(uint256 levelD18, uint256 capD18) internal pure virtual {
        if (levelD18 > capD18) revert Settler__LossCapHit(levelD18, capD18);
    }

    function _requireTurnoverUnder(uint256 levelD18, uint256 capD18) internal pure virtual {
        if (levelD18 > capD18) revert Settler__TurnoverCapHit(levelD18, capD18);
    }
}
