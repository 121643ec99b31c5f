// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Timelock} from "./Timelock.sol";
import {IBasketVault} from "./interfaces/IBasketVault.sol";
import {IBreaker} from "./interfaces/IBreaker.sol";
import {IOracleHub} from "./interfaces/IOracleHub.sol";
import {IPolicy} from "./interfaces/IPolicy.sol";
import {ISettler} from "./interfaces/ISettler.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Breaker: anyone stops a vault, on evidence that the chain itself can check.
///
/// @notice PURPOSE
/// Named breaker of a vault, it uses a guardian's powers for whoever shows that something is wrong. It only stops things.
///
/// INVARIANTS
/// - Evidence is a fact of the moment of the call, at the hub's prices and the vault's recorded units: no pool, balance or
///   claim is part of it. What is not so reverts with the values.
/// - Evidence stops once: a quarantine is not repeated, a drop of NAV is measured anew, an unusable oracle cancels only
///   intents that would buy the token. Leaving a broken asset is never held up.
/// - No moment is better than another to mark: a mark only ever raises the reference, which fades at a fixed rate. A low
///   moment hides nothing, and a high one was true. Nothing is marked before the curator has said what a drop is.
///
/// LIVENESS
/// A drop of NAV cannot be shown while an asset has no usable price. A new intent may come at once; a quarantined token or a
/// dismissed strategist comes back after the policy's delay.
///
/// ROLES, by the harm they could do
/// - Anyone: stop what evidence says. - Curator: what counts as evidence; the first settings at once, others delayed.
///
/// WARNINGS
/// - Without settings nothing is a depeg or a drop. Settings narrower than ordinary markets are a switch for strangers.
contract Breaker is IBreaker, Timelock {
    /// @dev {USD/share} D18 and when.
    struct Mark {
        uint128 navD18;
        uint40 time;
    }

    uint256 private constant BPS = 10_000;

    IPolicy public immutable policy;
    ISettler public immutable settler;
    IOracleHub public immutable hub;

    /// @inheritdoc IBreaker
    mapping(address vault => mapping(address token => Band)) public bandOf;
    /// @inheritdoc IBreaker
    mapping(address vault => Drop) public dropOf;
    mapping(address vault => Mark) private _marks;

    constructor(IPolicy policy_, ISettler settler_, IOracleHub hub_) Timelock(policy_.delay()) {
        (policy, settler, hub) = (policy_, settler_, hub_);
    }

    /// @inheritdoc IBreaker
    function setBand(address vault, address token, Band calldata band) external {
        _requireCurator(vault);
        if (bandOf[vault][token].highD18 != 0) _spend(vault);
        if (band.lowD18 >= band.highD18) revert Breaker__BadBand(band);
        bandOf[vault][token] = band;
        emit BandSet(vault, token, band);
    }

    /// @inheritdoc IBreaker
    function setDrop(address vault, Drop calldata drop) external {
        _requireCurator(vault);
        if (dropOf[vault].maxBps != 0) _spend(vault);
        if (drop.maxBps == 0 || drop.maxBps >= BPS || drop.fade == 0) revert Breaker__BadDrop(drop);
        dropOf[vault] = drop;
        emit DropSet(vault, drop);
        mark(vault);
    }

    /// @inheritdoc IBreaker
    function mark(address vault) public virtual {
        uint256 navD18 = navPerShareD18(vault);
        if (navD18 > referenceD18(vault) && dropOf[vault].maxBps != 0) _mark(vault, navD18);
    }

    /// @inheritdoc IBreaker
    function trip(address vault, Evidence calldata evidence) external {
        if (evidence.kind == Kind.Oracle) _requireOracleFailure(vault, evidence.token);
        else if (evidence.kind == Kind.Depeg) _quarantine(vault, evidence.token);
        else _dismiss(vault);
        settler.cancel(vault);
        emit Tripped(vault, msg.sender, evidence);
    }

    /// @dev An intent that would buy a token whose price is unusable.
    function _requireOracleFailure(address vault, address token) private view {
        (uint256 priceD18,, IOracleHub.Status status) = hub.peek(token);
        (uint256 supply, uint256 held,) = IBasketVault(vault).position(token, token);
        uint256 wanted = Math.mulDiv(settler.legOf(vault, token).buyUpTo, supply, 1e18);
        bool live = block.timestamp <= settler.headerOf(vault).deadline;
        if (status == IOracleHub.Status.Ok || !live || wanted <= held) {
            revert Breaker__NoOracleFailure(token, status, priceD18, live, wanted, held);
        }
    }

    function _quarantine(address vault, address token) private {
        Band memory band = bandOf[vault][token];
        uint256 priceD18 = hub.price(token);
        bool known = policy.classOf(vault, token).quarantined;
        if (band.highD18 == 0 || known || (priceD18 >= band.lowD18 && priceD18 <= band.highD18)) {
            revert Breaker__NoDepeg(token, priceD18, band, known);
        }
        policy.quarantine(vault, token);
    }

    function _dismiss(address vault) private {
        uint256 navD18 = navPerShareD18(vault);
        (uint256 markedD18, uint16 maxBps) = (referenceD18(vault), dropOf[vault].maxBps);
        if (maxBps == 0 || navD18 * BPS >= markedD18 * (BPS - maxBps)) {
            revert Breaker__NoDrop(navD18, markedD18, maxBps);
        }
        _mark(vault, navD18);
        policy.dismissStrategist(vault);
    }

    /// @inheritdoc IBreaker
    function navPerShareD18(address vault) public view returns (uint256) {
        (uint256 supply, address[] memory tokens, uint256[] memory balances) = IBasketVault(vault).holdings();
        uint256 navD18;
        for (uint256 i; i < tokens.length; ++i) {
            if (balances[i] == 0) continue;
            (uint256 priceD18, uint256 scale) = hub.priced(tokens[i]);
            navD18 += Math.mulDiv(balances[i], priceD18, scale);
        }
        return Math.mulDiv(navD18, 1e18, supply);
    }

    /// @inheritdoc IBreaker
    function referenceD18(address vault) public view virtual returns (uint256) {
        (Mark memory marked, Drop memory drop) = (_marks[vault], dropOf[vault]);
        if (marked.navD18 == 0) return 0;
        uint256 fadedBps = Math.min(BPS, (block.timestamp - marked.time) * drop.maxBps / drop.fade);
        return Math.mulDiv(marked.navD18, BPS - fadedBps, BPS);
    }

    function _mark(address vault, uint256 navD18) private {
        _marks[vault] = Mark(uint128(navD18), uint40(block.timestamp));
        emit Marked(vault, navD18);
    }

    function _rolesOf(address vault) internal view override returns (IPolicy.Roles memory) {
        return policy.rolesOf(vault);
    }
}
