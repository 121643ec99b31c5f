// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Valuation} from "../Valuation.sol";
import {IBasketVault} from "../interfaces/IBasketVault.sol";
import {IOracleHub} from "../interfaces/IOracleHub.sol";
import {IPolicy} from "../interfaces/IPolicy.sol";
import {ISettler} from "../interfaces/ISettler.sol";
import {Basket} from "../math/Basket.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Appraisal: what a vault consists of, at the prices of now, for a rule to decide by.
///
/// @notice INVARIANTS
/// - What has no price counts for its exit floor, if it has one (see Valuation), and may count for its price again before an
///   intent is over. So no more of it is wanted than is held, and it counts for no more than the hub's last answer: nobody
///   gains by having asked in between.
/// - What is neither held nor wanted needs no price.
abstract contract Appraisal {
    /// @dev A vault at the prices of now, in the vault's order of assets.
    /// @param pricesD18 D18{USD/tok}, zero where an asset is neither held nor wanted
    /// @param scales {tokAtom/tok}
    /// @param worthsD18 D18{USD} rounded down
    /// @param floored true if the hub has no usable price, so that it counts for its exit floor
    struct Book {
        uint256 supply;
        address[] tokens;
        uint256[] pricesD18;
        uint256[] scales;
        uint256[] worthsD18;
        bool[] floored;
        uint256 navD18;
    }

    uint256 internal constant BPS_TO_D18 = 1e14;
    uint256 internal constant ONE_D18 = 1e18;

    IPolicy public immutable policy;
    IOracleHub public immutable hub;

    constructor(IPolicy policy_, IOracleHub hub_) {
        (policy, hub) = (policy_, hub_);
    }

    /// @dev True if the rule may want some of the asset: then it needs a price even if none is held.
    function _isWanted(address vault, uint256 asset) internal view virtual returns (bool);

    function _appraise(address vault) internal view returns (Book memory book) {
        uint256[] memory balances;
        (book.supply, book.tokens, balances) = IBasketVault(vault).holdings();
        uint256 count = book.tokens.length;
        (book.pricesD18, book.scales) = (new uint256[](count), new uint256[](count));
        (book.worthsD18, book.floored) = (new uint256[](count), new bool[](count));
        for (uint256 i; i < count; ++i) {
            if (balances[i] == 0 && !_isWanted(vault, i)) continue;
            Valuation.Value memory value = Valuation.look(hub, book.tokens[i], policy.classOf(vault, book.tokens[i]));
            (book.pricesD18[i], book.scales[i]) = (value.priceD18, value.scale);
            if (value.quarantined) (book.pricesD18[i], book.floored[i]) = _floored(book.tokens[i], value.priceD18);
            book.worthsD18[i] = Math.mulDiv(balances[i], book.pricesD18[i], book.scales[i]);
            book.navD18 += book.worthsD18[i];
        }
    }

    /// @dev What a token in quarantine counts for. An exit floor above the hub's last answer is no price that anybody pays.
    function _floored(address token, uint256 priceD18)
        internal
        view
        virtual
        returns (uint256 countedD18, bool floored)
    {
        (uint256 lastD18,, bool ok) = hub.tryPriced(token);
        if (ok || lastD18 == 0) return (priceD18, !ok);
        return (Math.min(lastD18, priceD18), true);
    }

    /// @dev The weight that is wanted, but no more than is held of what counts for its exit floor.
    function _cappedD18(Book memory book, uint256 i, uint256 weightD18) internal pure virtual returns (uint256) {
        if (!book.floored[i]) return weightD18;
        return Math.min(weightD18, Math.mulDiv(book.worthsD18[i], ONE_D18, book.navD18));
    }

    /// @dev D18{USD/share}
    function _navPerShareD18(Book memory book) internal pure returns (uint256) {
        return Math.mulDiv(book.navD18, ONE_D18, book.supply);
    }

    /// @dev True if some weight is further than `halfBps` from its target.
    function _anyOutside(Book memory book, uint256[] memory weightsD18, uint256 halfBps) internal pure returns (bool) {
        for (uint256 i; i < weightsD18.length; ++i) {
            if (Basket.isOutside(book.worthsD18[i], book.navD18, weightsD18[i], halfBps * BPS_TO_D18)) return true;
        }
        return false;
    }

    function _unitsDown(Book memory book, uint256 i, uint256 navPerShareD18, uint256 weightD18)
        internal
        pure
        returns (uint112)
    {
        if (weightD18 == 0) return 0;
        uint256 units = Basket.unitsDown(navPerShareD18, weightD18, book.pricesD18[i], book.scales[i]);
        if (units > type(uint112).max) revert ISettler.Settler__TooLarge(units);
        return uint112(units);
    }
}
