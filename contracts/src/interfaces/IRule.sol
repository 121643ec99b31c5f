// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISettler} from "./ISettler.sol";

/// @title Computes on chain when a vault should move, and where to, so that anyone may propose it.
interface IRule {
    /// @notice How the sale of a rule's intent runs.
    /// @param startPremBps {bps} above the oracle, at the start
    /// @param floorDiscBps {bps} below the oracle, at the end
    /// @param decay {s} from the one to the other
    /// @param horizon {s} from the proposal to the deadline
    struct Terms {
        uint16 startPremBps;
        uint16 floorDiscBps;
        uint32 decay;
        uint32 horizon;
    }

    /// @notice Says whether `vault` should move now.
    function ready(address vault) external view returns (bool);

    /// @notice Returns where `vault` should move to, one leg per asset in the vault's order, and how.
    function targets(address vault) external view returns (ISettler.Leg[] memory legs, Terms memory terms);
}
