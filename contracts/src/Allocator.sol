// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Valuation} from "./Valuation.sol";
import {IAdapter} from "./interfaces/IAdapter.sol";
import {IAllocator} from "./interfaces/IAllocator.sol";
import {IBasketVault} from "./interfaces/IBasketVault.sol";
import {IOracleHub} from "./interfaces/IOracleHub.sol";
import {IPolicy} from "./interfaces/IPolicy.sol";
import {ISettler} from "./interfaces/ISettler.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Allocator: assets of a vault into positions and back, at their value.
///
/// @notice PURPOSE
/// Yield and liquidity without trusting whoever chooses them: a position is a token of the vault's own basket, entered through an
/// adapter that the policy has allowed, as far as its caps say, for no less than it is worth.
///
/// INVARIANTS
/// - A move loses at most `maxMoveLossBps` of what it gives, at the hub's prices, and what it loses is charged to the loss
///   bucket: many small moves cannot lose more than one large one.
/// - After a move into a position, the vault's part of it is under the adapter's cap, under `coverBps` of what the adapter could
///   pay out now, and what bears each of its risks, in all of the vault's positions together, is under that risk's cap.
/// - Nothing is moved into what is quarantined.
///
/// LIVENESS
/// Moving out needs the hub's prices, or exit floors. Redeeming hands positions over as they are and needs neither.
///
/// ROLES, by the harm they could do
/// - Strategist: move as the caps allow, and lose the loss budget by it. - Guardians: move out.
///
/// WARNINGS
/// - Caps bind moves. A share is a token of the basket, so an intent can buy it as well: its band is what bounds that.
/// - An adapter is code that holds what was moved into it: allow only such as you have read.
/// - A position counts at the hub's price of its share: list shares by rates that nobody can move within a transaction.
contract Allocator is IAllocator, ReentrancyGuardTransient {
    /// @dev What a move gave and got, and what the vault is worth after it.
    struct Weight {
        uint256 outD18;
        uint256 inD18;
        uint256 navD18;
    }

    /// @notice Most positions a vault has ever been in: what every move into one has to look through.
    uint256 public constant MAX_ADAPTERS = 16;

    uint256 private constant ONE_D18 = 1e18;
    uint256 private constant BPS = 10_000;

    IPolicy public immutable policy;
    IOracleHub public immutable hub;
    ISettler public immutable settler;

    mapping(address vault => address[]) private _adapters;
    mapping(address vault => mapping(address adapter => bool)) private _entered;

    constructor(IPolicy policy_, IOracleHub hub_, ISettler settler_) {
        policy = policy_;
        hub = hub_;
        settler = settler_;
    }

    /// @inheritdoc IAllocator
    function allocate(
        address vault,
        address adapter,
        address[] calldata tokens,
        int256[] calldata deltas,
        bytes calldata data
    ) external nonReentrant returns (uint256[] memory received) {
        if (msg.sender != policy.strategistOf(vault)) {
            revert Allocator__NotAllowed(vault, msg.sender);
        }
        address share = IAdapter(adapter).share();
        _requireWay(share, tokens, deltas, true);
        for (uint256 i; i < tokens.length; ++i) {
            _requireHealthy(vault, tokens[i]);
        }
        _remember(vault, adapter);
        received = IBasketVault(vault).convert(tokens, deltas, adapter, data);
        Weight memory weight = _weigh(vault, tokens, deltas, received);
        _chargeMove(vault, weight);
        _requireCapped(vault, adapter, share, weight.navD18);
        emit Allocated(vault, adapter, tokens, deltas, received, weight.outD18, weight.inD18);
    }

    /// @inheritdoc IAllocator
    function deallocate(
        address vault,
        address adapter,
        address[] calldata tokens,
        int256[] calldata deltas,
        bytes calldata data
    ) external nonReentrant returns (uint256[] memory received) {
        if (msg.sender != policy.strategistOf(vault) && !policy.isGuardian(vault, msg.sender)) {
            revert Allocator__NotAllowed(vault, msg.sender);
        }
        if (!_entered[vault][adapter]) revert Allocator__UnknownAdapter(vault, adapter);
        _requireWay(IAdapter(adapter).share(), tokens, deltas, false);
        received = IBasketVault(vault).convert(tokens, deltas, adapter, data);
        Weight memory weight = _weigh(vault, tokens, deltas, received);
        _chargeMove(vault, weight);
        emit Deallocated(vault, adapter, tokens, deltas, received, weight.outD18, weight.inD18);
    }

    /// @inheritdoc IAllocator
    function adaptersOf(address vault) external view returns (address[] memory) {
        return _adapters[vault];
    }

    // ----------------------------------------------------------------- private

    /// @dev The share goes one way and everything else the other.
    function _requireWay(address share, address[] calldata tokens, int256[] calldata deltas, bool entering)
        internal
        view
        virtual
    {
        if (tokens.length != deltas.length) revert Allocator__BadMove(share, entering);
        bool found;
        for (uint256 i; i < tokens.length; ++i) {
            bool gives = deltas[i] < 0;
            if (tokens[i] == share) found = true;
            if (gives != (entering != (tokens[i] == share))) revert Allocator__BadMove(share, entering);
        }
        if (!found) revert Allocator__BadMove(share, entering);
    }

    function _remember(address vault, address adapter) private {
        if (_entered[vault][adapter]) return;
        // Only what the policy has allowed gets a place in the list.
        if (policy.capOf(vault, adapter).maxBps == 0) revert Allocator__UnknownAdapter(vault, adapter);
        if (_adapters[vault].length == MAX_ADAPTERS) revert Allocator__TooManyAdapters(MAX_ADAPTERS);
        _entered[vault][adapter] = true;
        _adapters[vault].push(adapter);
    }

    /// @dev What was given is rounded up, what was got down.
    function _weigh(address vault, address[] calldata tokens, int256[] calldata deltas, uint256[] memory received)
        private
        view
        returns (Weight memory weight)
    {
        for (uint256 i; i < tokens.length; ++i) {
            Valuation.Value memory value = _valueOf(vault, tokens[i]);
            if (deltas[i] < 0) {
                uint256 given = uint256(-deltas[i]);
                weight.outD18 += Math.mulDiv(given, value.markD18, value.scale, Math.Rounding.Ceil);
            } else {
                weight.inD18 += Math.mulDiv(received[i], value.priceD18, value.scale);
            }
        }
        (, address[] memory assets, uint256[] memory balances) = IBasketVault(vault).holdings();
        for (uint256 i; i < assets.length; ++i) {
            if (balances[i] != 0) weight.navD18 += _worthD18(vault, assets[i], balances[i]);
        }
    }

    function _valueOf(address vault, address token) private view returns (Valuation.Value memory) {
        return Valuation.look(hub, token, policy.classOf(vault, token));
    }

    function _worthD18(address vault, address token, uint256 amount) private view returns (uint256) {
        Valuation.Value memory value = _valueOf(vault, token);
        return Math.mulDiv(amount, value.priceD18, value.scale);
    }

    function _chargeMove(address vault, Weight memory weight) private {
        uint256 lostD18 = Math.saturatingSub(weight.outD18, weight.inD18);
        _requireMoveLossUnder(lostD18, weight.outD18, policy.boundsOf(vault).maxMoveLossBps);
        settler.charge(vault, Math.mulDiv(lostD18, ONE_D18, weight.navD18, Math.Rounding.Ceil));
    }

    function _requireCapped(address vault, address adapter, address share, uint256 navD18) private view {
        (, uint256 held,) = IBasketVault(vault).position(share, share);
        uint256 heldD18 = _worthD18(vault, share, held);
        IPolicy.Cap memory cap = policy.capOf(vault, adapter);
        _requireUnderCap(adapter, heldD18, navD18 * cap.maxBps / BPS);
        _requireCovered(adapter, heldD18, _coverD18(vault, adapter, held, cap.coverBps));
        bytes32[] memory risks = IAdapter(adapter).riskIds();
        for (uint256 i; i < risks.length; ++i) {
            uint256 mostD18 = navD18 * policy.riskCapOf(vault, risks[i]) / BPS;
            _requireRiskUnder(risks[i], _bearingD18(vault, risks[i]), mostD18);
        }
    }

    /// @dev What of the vault's part is covered. An adapter never tells more than shares are worth, so it is asked about so many
    /// that the cover suffices where all of them could leave, and a thousandth more, for the roundings in between.
    function _coverD18(address vault, address adapter, uint256 held, uint256 coverBps) private view returns (uint256) {
        if (coverBps == 0) return 0;
        uint256 asked = coverBps < BPS ? Math.mulDiv(held, BPS, coverBps, Math.Rounding.Ceil) : held;
        return _payableD18(vault, adapter, asked + asked / 1000 + 1) * coverBps / BPS;
    }

    /// @dev What the adapter could pay out for `held` shares now.
    function _payableD18(address vault, address adapter, uint256 held) private view returns (uint256 sumD18) {
        address[] memory tokens = IAdapter(adapter).assets();
        uint256[] memory amounts = IAdapter(adapter).withdrawable(held);
        for (uint256 i; i < tokens.length; ++i) {
            sumD18 += _worthD18(vault, tokens[i], amounts[i]);
        }
    }

    /// @dev What the vault has in positions that bear this risk.
    function _bearingD18(address vault, bytes32 risk) private view returns (uint256 sumD18) {
        address[] memory entered = _adapters[vault];
        for (uint256 i; i < entered.length; ++i) {
            bytes32[] memory risks = IAdapter(entered[i]).riskIds();
            for (uint256 k; k < risks.length; ++k) {
                if (risks[k] != risk) continue;
                address share = IAdapter(entered[i]).share();
                (, uint256 held,) = IBasketVault(vault).position(share, share);
                sumD18 += _worthD18(vault, share, held);
                break;
            }
        }
    }

    // ------------------------------------------------------------------ guards

    function _requireHealthy(address vault, address token) internal view virtual {
        if (_valueOf(vault, token).quarantined) revert Allocator__Quarantined(vault, token);
    }

    function _requireMoveLossUnder(uint256 lostD18, uint256 outD18, uint256 maxBps) internal pure virtual {
        if (lostD18 * BPS > outD18 * maxBps) revert Allocator__MoveLoses(lostD18, outD18, maxBps);
    }

    function _requireUnderCap(address adapter, uint256 heldD18, uint256 capD18) internal pure virtual {
        if (heldD18 > capD18) revert Allocator__AdapterCapHit(adapter, heldD18, capD18);
    }

    function _requireCovered(address adapter, uint256 heldD18, uint256 coverD18) internal pure virtual {
        if (heldD18 > coverD18) revert Allocator__NotCovered(adapter, heldD18, coverD18);
    }

    function _requireRiskUnder(bytes32 risk, uint256 bearingD18, uint256 capD18) internal pure virtual {
        if (bearingD18 > capD18) revert Allocator__RiskCapHit(risk, bearingD18, capD18);
    }
}
