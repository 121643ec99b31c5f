// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Valuation} from "../Valuation.sol";
import {IBasketVault} from "../interfaces/IBasketVault.sol";
import {IOracleHub} from "../interfaces/IOracleHub.sol";
import {IPolicy} from "../interfaces/IPolicy.sol";
import {IRule} from "../interfaces/IRule.sol";
import {ISettler} from "../interfaces/ISettler.sol";
import {IntentHash} from "../math/IntentHash.sol";
import {Budgets} from "./Budgets.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Intents: one live wish per vault, checked once against the policy and the oracles, then cheap to serve.
///
/// @notice INVARIANTS
/// - Nonce: strictly plus one; one live intent per vault; cancelled at once by any guardian or the strategist.
/// - An intent's targets are worth what the vault holds, within the tolerance, and its bands are under the cap.
/// - Between two intents lies the cooldown. Where the policy names a trigger, the strategist proposes only while it is
///   ready; a rule proposes only while it is ready itself.
abstract contract Intents is Budgets, EIP712, ReentrancyGuardTransient {
    /// @dev Packed leg: one slot per asset. It counts only while its nonce is the header's.
    struct Band {
        uint32 nonce;
        uint112 sellDownTo;
        uint112 buyUpTo;
    }

    /// @notice {bps} No floor may be further below the oracle, whatever any policy says.
    uint16 public constant MAX_FLOOR_DISC_BPS = 500;
    uint256 internal constant ONE_D18 = 1e18;
    uint256 internal constant BPS = 10_000;

    IOracleHub public immutable hub;

    mapping(address vault => Header) private _headers;
    mapping(address vault => bytes32) private _hashes;
    mapping(address vault => mapping(address token => Band)) private _bands;

    constructor(IOracleHub hub_) EIP712("Trimtab Settler", "1") {
        hub = hub_;
    }

    /// @inheritdoc ISettler
    function propose(Intent calldata intent) external nonReentrant returns (bytes32 intentHash) {
        address vault = intent.vault;
        (IPolicy.Bounds memory bounds, address strategist, address trigger, bool classed) = policy.proposalOf(vault);
        if (msg.sender != strategist) revert Settler__NotAllowed(vault, msg.sender);
        if (intent.rule != address(0)) revert Settler__RuleNotAllowed(vault, intent.rule);
        _requireTriggered(vault, trigger);
        return _open(intent, bounds, classed);
    }

    /// @inheritdoc ISettler
    function proposeByRule(address vault, address rule) external nonReentrant returns (bytes32 intentHash) {
        if (!policy.isRule(vault, rule)) revert Settler__RuleNotAllowed(vault, rule);
        Header memory header = _headers[vault];
        if (block.timestamp <= header.deadline) revert Settler__StillLive(header.nonce, header.deadline);
        if (!IRule(rule).ready(vault)) revert Settler__RuleNotReady(vault, rule);
        (IPolicy.Bounds memory bounds,,, bool classed) = policy.proposalOf(vault);
        return _open(_intentOf(vault, rule, header.nonce + 1), bounds, classed);
    }

    /// @inheritdoc ISettler
    function cancel(address vault) external {
        if (msg.sender != policy.strategistOf(vault)) _requireGuardian(vault);
        Header storage header = _headers[vault];
        header.deadline = 0;
        emit Cancelled(vault, header.nonce, msg.sender);
    }

    // ------------------------------------------------------------------- views

    /// @inheritdoc ISettler
    function room(address vault, address token) external view returns (uint256 sellable, uint256 buyable) {
        Header memory header = _live(vault);
        (uint256 supply, uint256 balance,) = IBasketVault(vault).position(token, token);
        Band memory band = _bandOf(vault, token, header.nonce);
        return _beside(vault, token, token, _sellable(band, balance, supply), _buyable(band, balance, supply));
    }

    /// @inheritdoc ISettler
    function headerOf(address vault) external view returns (Header memory) {
        return _headerOf(vault);
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
    function hashIntent(Intent memory intent) public view returns (bytes32) {
        return _hashTypedDataV4(IntentHash.hash(intent));
    }

    // --------------------------------------------------------------- proposing

    function _intentOf(address vault, address rule, uint32 nonce) private view returns (Intent memory) {
        (Leg[] memory legs, IRule.Terms memory terms) = IRule(rule).targets(vault);
        return Intent({
            vault: vault,
            chainId: block.chainid,
            nonce: nonce,
            notBefore: uint32(block.timestamp),
            deadline: uint32(block.timestamp) + terms.horizon,
            rule: rule,
            modelCommit: 0,
            dataRoot: 0,
            startPremBps: terms.startPremBps,
            floorDiscBps: terms.floorDiscBps,
            decay: terms.decay,
            legs: legs
        });
    }

    function _open(Intent memory intent, IPolicy.Bounds memory bounds, bool classed)
        private
        returns (bytes32 intentHash)
    {
        address vault = intent.vault;
        Buckets storage buckets = _buckets[vault];
        if (intent.chainId != block.chainid) revert Settler__WrongChain(intent.chainId, block.chainid);
        _requireNext(intent.nonce, _headers[vault].nonce);
        _requireCooledDown(buckets.proposedAt, bounds.cooldown);
        _requireTerms(intent, bounds);
        (uint256 navPerShareD18, uint224[] memory bands) = _writeBands(intent, bounds, classed);

        intentHash = hashIntent(intent);
        Header memory header = Header({
            nonce: intent.nonce,
            notBefore: intent.notBefore,
            deadline: intent.deadline,
            decay: intent.decay,
            startPremBps: intent.startPremBps,
            floorDiscBps: intent.floorDiscBps,
            navPerShareD18: uint96(navPerShareD18)
        });
        (_headers[vault], _hashes[vault]) = (header, intentHash);
        buckets.proposedAt = uint32(block.timestamp);
        emit Proposed(
            vault, intent.nonce, intentHash, msg.sender, intent.rule, intent.modelCommit, intent.dataRoot, header, bands
        );
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
    /// @return packed one band per asset, as `Proposed` tells them
    function _writeBands(Intent memory intent, IPolicy.Bounds memory bounds, bool classed)
        private
        returns (uint256 navPerShareD18, uint224[] memory packed)
    {
        (uint256 supply, address[] memory tokens, uint256[] memory balances) = IBasketVault(intent.vault).holdings();
        if (intent.legs.length != tokens.length) {
            revert Settler__WrongLegs(intent.legs.length, address(0), address(0));
        }
        packed = new uint224[](tokens.length);
        uint256 navD18;
        uint256 twiceTargetD18;
        for (uint256 i; i < tokens.length; ++i) {
            Leg memory leg = intent.legs[i];
            if (leg.token != tokens[i]) revert Settler__WrongLegs(i, leg.token, tokens[i]);
            uint256 twiceMiddle = uint256(leg.sellDownTo) + leg.buyUpTo;
            _requireBand(leg, twiceMiddle, bounds.maxBandBps);
            _bands[intent.vault][leg.token] = Band(intent.nonce, leg.sellDownTo, leg.buyUpTo);
            packed[i] = uint224(leg.sellDownTo) << 112 | leg.buyUpTo;
            // An asset that is neither held nor wanted needs no price: its broken feed holds nobody back.
            if (balances[i] == 0 && twiceMiddle == 0) continue;
            Valuation.Value memory value = _valueOf(intent.vault, leg.token, classed);
            navD18 += balances[i] * value.priceD18 / value.scale;
            twiceTargetD18 += twiceMiddle * value.priceD18 / value.scale;
        }
        navPerShareD18 = Math.mulDiv(navD18, ONE_D18, supply);
        if (navPerShareD18 > type(uint96).max) revert Settler__TooLarge(navPerShareD18);
        _requireOnNav(twiceTargetD18 / 2, navPerShareD18, bounds.navToleranceBps);
    }

    // ----------------------------------------------------------------- reading

    function _valueOf(address vault, address token, bool classed) private view returns (Valuation.Value memory) {
        IPolicy.Class memory class;
        if (classed) class = policy.classOf(vault, token);
        return Valuation.look(hub, token, class);
    }

    function _headerOf(address vault) internal view returns (Header memory) {
        return _headers[vault];
    }

    function _live(address vault) internal view returns (Header memory header) {
        header = _headers[vault];
        if (block.timestamp < header.notBefore || block.timestamp > header.deadline) {
            revert Settler__NotLive(vault, header.nonce, header.notBefore, header.deadline);
        }
    }

    function _bandOf(address vault, address token, uint32 nonce) internal view returns (Band memory band) {
        band = _bands[vault][token];
        if (band.nonce != nonce || nonce == 0) revert Settler__NotInIntent(vault, token, nonce);
    }

    /// @dev What is above the band; the limit is rounded up, so that a sale never ends below it.
    function _sellable(Band memory band, uint256 balance, uint256 supply) internal pure returns (uint256) {
        return Math.saturatingSub(balance, Math.mulDiv(band.sellDownTo, supply, ONE_D18, Math.Rounding.Ceil));
    }

    /// @dev What is missing below the band; the limit is rounded down, so that a purchase never ends above it.
    function _buyable(Band memory band, uint256 balance, uint256 supply) internal pure returns (uint256) {
        return Math.saturatingSub(Math.mulDiv(band.buyUpTo, supply, ONE_D18), balance);
    }

    /// @dev Leaves of both rooms what no order may still take. See Orders.
    function _beside(address vault, address sell, address buy, uint256 sellable, uint256 buyable)
        internal
        view
        virtual
        returns (uint256, uint256);

    // ------------------------------------------------------------------ guards

    function _requireStrategist(address vault) internal view {
        if (policy.strategistOf(vault) != msg.sender) revert Settler__NotAllowed(vault, msg.sender);
    }

    function _requireGuardian(address vault) internal view {
        if (!policy.isGuardian(vault, msg.sender)) revert Settler__NotAllowed(vault, msg.sender);
    }

    function _requireTriggered(address vault, address trigger) internal view virtual {
        if (trigger != address(0) && !IRule(trigger).ready(vault)) revert Settler__RuleNotReady(vault, trigger);
    }

    function _requireCooledDown(uint256 proposedAt, uint256 cooldown) internal view virtual {
        uint256 readyAt = proposedAt + cooldown;
        if (block.timestamp < readyAt) revert Settler__CoolingDown(readyAt);
    }

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
}
