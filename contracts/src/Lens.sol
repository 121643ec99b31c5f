// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Valuation} from "./Valuation.sol";
import {IAdapter} from "./interfaces/IAdapter.sol";
import {IAllocator} from "./interfaces/IAllocator.sol";
import {IBasketVault} from "./interfaces/IBasketVault.sol";
import {ILens} from "./interfaces/ILens.sol";
import {IOracleHub} from "./interfaces/IOracleHub.sol";
import {IPolicy} from "./interfaces/IPolicy.sol";
import {ISettler} from "./interfaces/ISettler.sol";
import {LeakyBucket} from "./math/LeakyBucket.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Lens: all heavy views in one place, so that custody has none.
///
/// @notice PURPOSE
/// One call tells a keeper or a page all of a vault, another every fill that goes through now and what it costs.
///
/// INVARIANTS
/// - It may do nothing, and no contract asks it.
/// - One broken feed, token or adapter leaves a gap that is named (`answers`, `priced`, `status`), and hides nothing else.
/// - A pair that it names can be filled in the same block by whoever pays in full and is not beaten to it.
///
/// ASSUMPTIONS
/// - `vault` is a vault of this system: a stranger's can tell it anything, about itself.
///
/// WARNINGS
/// - Pairs share rooms and budgets: after one of them is filled, look again.
/// - A token or an adapter that burns all its gas takes most of the call's with it: call with plenty.
contract Lens is ILens {
    uint256 private constant ONE_D18 = 1e18;
    uint256 private constant BPS_TO_D18 = 1e14;

    IPolicy public immutable policy;
    IOracleHub public immutable hub;
    ISettler public immutable settler;
    IAllocator public immutable allocator;

    constructor(IPolicy policy_, IOracleHub hub_, ISettler settler_, IAllocator allocator_) {
        (policy, hub, settler, allocator) = (policy_, hub_, settler_, allocator_);
    }

    /// @inheritdoc ILens
    function look(address vault) external view returns (State memory state) {
        state.roles = policy.rolesOf(vault);
        state.bounds = policy.boundsOf(vault);
        state.trigger = policy.triggerOf(vault);
        _readIntent(vault, state);
        _readOrder(vault, state);
        _readAssets(vault, state);
        _weigh(state);
        state.positions = _positionsOf(vault);
    }

    /// @inheritdoc ILens
    function pairs(address vault) external view returns (Pair[] memory list) {
        address[] memory tokens = IBasketVault(vault).assets();
        list = new Pair[](tokens.length * tokens.length);
        uint256 count;
        for (uint256 i; i < tokens.length; ++i) {
            (uint256 sellable,) = _room(vault, tokens[i]);
            for (uint256 k; k < tokens.length && sellable != 0; ++k) {
                if (i == k) continue;
                (, uint256 buyable) = _room(vault, tokens[k]);
                Pair memory found = _largest(vault, tokens[i], tokens[k], sellable, buyable);
                if (found.sellAmount != 0) list[count++] = found;
            }
        }
        assembly ("memory-safe") {
            mstore(list, count)
        }
    }

    /// @inheritdoc ILens
    function pair(address vault, address sell, address buy) external view returns (Pair memory) {
        (uint256 sellable,) = _room(vault, sell);
        (, uint256 buyable) = _room(vault, buy);
        return _largest(vault, sell, buy, sellable, buyable);
    }

    /// @inheritdoc ILens
    function positionOf(address vault, address adapter) external view returns (Position memory found) {
        address share = IAdapter(adapter).share();
        (, uint256 held,) = IBasketVault(vault).position(share, share);
        return Position({
            adapter: adapter,
            answers: true,
            share: share,
            held: held,
            cap: policy.capOf(vault, adapter),
            tokens: IAdapter(adapter).assets(),
            withdrawable: IAdapter(adapter).withdrawable(held)
        });
    }

    /// @inheritdoc ILens
    function valueOf(address vault, address token) external view returns (Valuation.Value memory) {
        return Valuation.look(hub, token, policy.classOf(vault, token));
    }

    // ---------------------------------------------------------------- the state

    function _readIntent(address vault, State memory state) private view {
        state.header = settler.headerOf(vault);
        state.intentHash = settler.intentHashOf(vault);
        state.live = block.timestamp >= state.header.notBefore && block.timestamp <= state.header.deadline;
        state.buckets = settler.bucketsOf(vault);
        (state.lossLeftD18, state.turnoverLeftD18) = _leftOf(state.bounds, state.buckets);
    }

    function _readOrder(address vault, State memory state) private view {
        try IBasketVault(vault).armed() returns (bytes32 digest, uint256 left) {
            (state.armedDigest, state.armedLeft) = (digest, left);
        } catch {}
        if (state.armedDigest == 0) return;
        state.armed = settler.armedOf(vault);
        try settler.isOrderGood(vault, state.armedLeft) returns (bool good) {
            state.armedGood = good;
        } catch {}
    }

    function _readAssets(address vault, State memory state) private view {
        address[] memory tokens = IBasketVault(vault).assets();
        uint256[] memory owned = new uint256[](tokens.length);
        state.supply = IERC20(vault).totalSupply();
        try IBasketVault(vault).holdings() returns (uint256, address[] memory, uint256[] memory balances) {
            (state.whole, owned) = (true, balances);
        } catch {}
        state.assets = new Asset[](tokens.length);
        for (uint256 i; i < tokens.length; ++i) {
            state.assets[i] = _assetOf(vault, tokens[i], owned[i]);
        }
    }

    function _assetOf(address vault, address token, uint256 owned) private view returns (Asset memory asset) {
        (asset.token, asset.owned, asset.class) = (token, owned, policy.classOf(vault, token));
        (asset.feedD18, asset.updatedAt, asset.status) = hub.peek(token);
        (asset.answers, asset.balance) = _balanceOf(token, vault);
        try this.valueOf(vault, token) returns (Valuation.Value memory value) {
            (asset.priced, asset.value) = (true, value);
            asset.worthD18 = Math.mulDiv(owned, value.priceD18, value.scale);
        } catch {}
        try settler.legOf(vault, token) returns (ISettler.Leg memory leg) {
            asset.leg = leg;
        } catch {}
        (asset.sellable, asset.buyable) = _room(vault, token);
    }

    function _weigh(State memory state) private pure {
        state.complete = state.whole;
        for (uint256 i; i < state.assets.length; ++i) {
            Asset memory asset = state.assets[i];
            state.navD18 += asset.worthD18;
            if (asset.owned != 0 && !asset.priced) state.complete = false;
        }
        if (state.navD18 == 0) return;
        state.navPerShareD18 = Math.mulDiv(state.navD18, ONE_D18, state.supply);
        for (uint256 i; i < state.assets.length; ++i) {
            state.assets[i].weightD18 = Math.mulDiv(state.assets[i].worthD18, ONE_D18, state.navD18);
        }
    }

    function _positionsOf(address vault) private view returns (Position[] memory list) {
        address[] memory entered = allocator.adaptersOf(vault);
        list = new Position[](entered.length);
        for (uint256 i; i < entered.length; ++i) {
            list[i].adapter = entered[i];
            try this.positionOf(vault, entered[i]) returns (Position memory found) {
                list[i] = found;
            } catch {}
        }
    }

    // ---------------------------------------------------------------- the pairs

    /// @dev As much as both rooms, the largest fill and what is left of both buckets let through.
    function _largest(address vault, address sell, address buy, uint256 sellable, uint256 buyable)
        private
        view
        returns (Pair memory found)
    {
        (found.sell, found.buy) = (sell, buy);
        if (sellable == 0 || buyable == 0) return found;
        _price(vault, found, sellable);
        if (found.buyAmount > buyable) _price(vault, found, Math.mulDiv(sellable, buyable, found.buyAmount));
        // The quote is rounded up: it may still be an atom too much.
        if (found.buyAmount > buyable) {
            uint256 excess = found.buyAmount - buyable;
            uint256 tooMuch = Math.mulDiv(found.sellAmount, excess, found.buyAmount, Math.Rounding.Ceil);
            _price(vault, found, found.sellAmount - tooMuch);
        }
        if (found.sellAmount != 0) _fitBudgets(vault, found);
    }

    function _fitBudgets(address vault, Pair memory found) private view {
        IPolicy.Bounds memory bounds = policy.boundsOf(vault);
        (uint256 lossD18, uint256 turnoverD18) = _leftOf(bounds, settler.bucketsOf(vault));
        uint256 ownBps = policy.classOf(vault, found.sell).maxFillBps;
        uint256 fillBps = ownBps == 0 ? bounds.maxFillBps : Math.min(ownBps, bounds.maxFillBps);
        uint256 navD18 = Math.mulDiv(settler.headerOf(vault).navPerShareD18, IERC20(vault).totalSupply(), ONE_D18);
        uint256 amount = found.sellAmount;
        uint256 mostD18 = _partD18(navD18, Math.min(turnoverD18, fillBps * BPS_TO_D18));
        if (found.outD18 > mostD18) amount = Math.mulDiv(found.sellAmount, mostD18, found.outD18);
        uint256 lostD18 = Math.saturatingSub(found.outD18, found.inD18);
        uint256 mayLoseD18 = _partD18(navD18, lossD18);
        if (lostD18 > mayLoseD18) amount = Math.min(amount, Math.mulDiv(found.sellAmount, mayLoseD18, lostD18));
        if (amount != found.sellAmount) _price(vault, found, amount);
    }

    /// @dev A little less than the part, for all that the settler rounds up.
    function _partD18(uint256 navD18, uint256 partD18) private pure returns (uint256) {
        return Math.mulDiv(navD18, Math.saturatingSub(partD18, 2), ONE_D18);
    }

    /// @dev Writes what `amount` costs now; zeros if there is no price, or nothing to sell.
    function _price(address vault, Pair memory found, uint256 amount) private view {
        (found.sellAmount, found.buyAmount, found.outD18, found.inD18) = (0, 0, 0, 0);
        if (amount == 0) return;
        try settler.quote(vault, found.sell, found.buy, amount) returns (uint256 asked) {
            Valuation.Value memory sold = this.valueOf(vault, found.sell);
            Valuation.Value memory bought = this.valueOf(vault, found.buy);
            (found.sellAmount, found.buyAmount) = (amount, asked);
            found.outD18 = Math.mulDiv(amount, sold.markD18, sold.scale, Math.Rounding.Ceil);
            found.inD18 = Math.mulDiv(asked, bought.priceD18, bought.scale);
        } catch {}
    }

    /// @dev A token may revert, answer with nothing, or not be there.
    function _balanceOf(address token, address who) private view returns (bool answers, uint256 balance) {
        (bool ok, bytes memory data) = token.staticcall(abi.encodeCall(IERC20.balanceOf, (who)));
        if (ok && data.length >= 32) return (true, abi.decode(data, (uint256)));
    }

    function _room(address vault, address token) private view returns (uint256 sellable, uint256 buyable) {
        try settler.room(vault, token) returns (uint256 more, uint256 less) {
            return (more, less);
        } catch {}
    }

    function _leftOf(IPolicy.Bounds memory bounds, ISettler.Buckets memory buckets)
        private
        pure
        returns (uint256 lossD18, uint256 turnoverD18)
    {
        lossD18 = Math.saturatingSub(LeakyBucket.sizeD18(bounds.lossCapBpsPerDay), buckets.lossD18);
        turnoverD18 = Math.saturatingSub(LeakyBucket.sizeD18(bounds.turnoverCapBpsPerDay), buckets.turnoverD18);
    }
}
