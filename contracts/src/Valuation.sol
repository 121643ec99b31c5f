// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOracleHub} from "./interfaces/IOracleHub.sol";
import {IPolicy} from "./interfaces/IPolicy.sol";

/// @title Valuation: what a token counts for in a vault, also while its oracle is unusable.
///
/// @notice A token is *quarantined* if a guardian says so or if its oracle is not usable: stale, out of bounds, at odds with
/// the second source, or behind a sequencer that is down or came back too recently. A quarantined token
/// - may not be bought;
/// - may be sold, at its exit floor if its oracle is unusable, at the higher of the two if only a guardian said so;
/// - counts for its exit floor in NAV if its oracle is unusable, so that one broken feed does not hold the whole vault back;
///   else for its price: no guardian makes a vault, and the budgets that are parts of it, larger by saying so.
/// What a sale at the exit floor loses against the last answer of the oracle is charged like any other loss: a feed that is
/// late for a minute costs at most what the loss budget holds.
/// Without an exit floor an unusable oracle means no price, and whatever needs one reverts with the oracle's reason.
library Valuation {
    /// @param priceD18 D18{USD/tok} at which it is bought and counted
    /// @param markD18 D18{USD/tok} against which a loss is measured; never below what it is counted or sold at
    /// @param scale {tokAtom/tok}
    /// @param quarantined true if it may not be bought
    struct Value {
        uint256 priceD18;
        uint256 markD18;
        uint256 scale;
        bool quarantined;
    }

    /// @notice Returns what `token` counts for, given its class; reverts with the hub's reason if that is unknown.
    function look(IOracleHub hub, address token, IPolicy.Class memory class)
        internal
        view
        returns (Value memory value)
    {
        bool ok;
        (value.priceD18, value.scale, ok) = hub.tryPriced(token);
        value.markD18 = value.priceD18;
        if (ok && !class.quarantined) return value;
        value.quarantined = true;
        uint256 floorD18 = class.exitFloorD18;
        if (!ok && floorD18 == 0) (floorD18,) = hub.priced(token);
        if (!ok) value.priceD18 = floorD18;
        if (value.markD18 < floorD18) value.markD18 = floorD18;
    }

    /// @notice Returns what a token of this value and class is sold for. D18{USD/tok}
    function askD18(Value memory value, IPolicy.Class memory class) internal pure returns (uint256) {
        return value.quarantined && value.priceD18 < class.exitFloorD18 ? class.exitFloorD18 : value.priceD18;
    }
}
