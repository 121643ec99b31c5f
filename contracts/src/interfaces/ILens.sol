// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Valuation} from "../Valuation.sol";
import {IOracleHub} from "./IOracleHub.sol";
import {IPolicy} from "./IPolicy.sol";
import {ISettler} from "./ISettler.sol";

/// @title Reads a vault whole, for keepers and pages, whatever of it is broken.
interface ILens {
    /// @notice One asset of a vault.
    /// @param owned {tokAtom} what the shares own; zero if the vault cannot say now
    /// @param balance {tokAtom} what the token says; zero if it does not answer
    /// @param answers false if the token does not tell its balance
    /// @param class limits of this vault for this token
    /// @param feedD18 D18{USD/tok} the oracle's last answer, usable or not
    /// @param updatedAt {s} of that answer
    /// @param status whether it may be used
    /// @param priced false if the token counts for nothing known: then `value`, `worthD18` and `weightD18` are zero
    /// @param value what the token counts for in this vault
    /// @param worthD18 D18{USD} of what is owned
    /// @param weightD18 D18{1} of NAV
    /// @param leg of the last intent; zero if it has none
    /// @param sellable {tokAtom} that the live intent still sells
    /// @param buyable {tokAtom} that the live intent still buys
    struct Asset {
        address token;
        uint256 owned;
        uint256 balance;
        bool answers;
        IPolicy.Class class;
        uint256 feedD18;
        uint256 updatedAt;
        IOracleHub.Status status;
        bool priced;
        Valuation.Value value;
        uint256 worthD18;
        uint256 weightD18;
        ISettler.Leg leg;
        uint256 sellable;
        uint256 buyable;
    }

    /// @notice One position that a vault has ever been in.
    /// @param answers false if the adapter does not: then all but its address is zero
    /// @param held {shareAtom} what the vault's shares own of it
    /// @param tokens what it is made of
    /// @param withdrawable {tokAtom} what could be taken out for all of it now, one per token
    struct Position {
        address adapter;
        bool answers;
        address share;
        uint256 held;
        IPolicy.Cap cap;
        address[] tokens;
        uint256[] withdrawable;
    }

    /// @notice A vault at one moment.
    /// @param supply {share} D18
    /// @param whole false while the vault is in the middle of something: then nothing is known of what it owns
    /// @param complete false if something it owns has no price: then NAV is what the others are worth
    /// @param navD18 D18{USD}
    /// @param navPerShareD18 D18{USD/share}
    /// @param live true while the last intent may be filled
    /// @param lossLeftD18 D18{1} of NAV that may still be lost
    /// @param turnoverLeftD18 D18{1} of NAV that may still be sold
    /// @param armedDigest of the armed order, zero if there is none
    /// @param armedLeft {sellAtom} that may still be taken for it
    /// @param armedGood true if it may be filled now
    struct State {
        uint256 supply;
        bool whole;
        bool complete;
        uint256 navD18;
        uint256 navPerShareD18;
        Asset[] assets;
        bool live;
        bytes32 intentHash;
        ISettler.Header header;
        ISettler.Buckets buckets;
        uint256 lossLeftD18;
        uint256 turnoverLeftD18;
        bytes32 armedDigest;
        uint256 armedLeft;
        bool armedGood;
        ISettler.Armed armed;
        Position[] positions;
        IPolicy.Roles roles;
        IPolicy.Bounds bounds;
        address trigger;
    }

    /// @notice The largest fill of one pair that goes through now.
    /// @param sellAmount {sellAtom}
    /// @param buyAmount {buyAtom} that has to be paid for it
    /// @param outD18 D18{USD} of what is sold, at the price against which a loss is measured
    /// @param inD18 D18{USD} of what is paid
    struct Pair {
        address sell;
        address buy;
        uint256 sellAmount;
        uint256 buyAmount;
        uint256 outD18;
        uint256 inD18;
    }

    /// @notice Returns all there is to know of `vault`.
    function look(address vault) external view returns (State memory state);

    /// @notice Returns every pair that may be filled now, each as if it were the only one; none if no intent is live.
    function pairs(address vault) external view returns (Pair[] memory list);

    /// @notice Returns the largest fill of one pair; amounts are zero if there is none.
    function pair(address vault, address sell, address buy) external view returns (Pair memory);

    /// @notice Returns what the vault has in a position; reverts if the adapter does not answer.
    function positionOf(address vault, address adapter) external view returns (Position memory);

    /// @notice Returns what a token counts for in a vault; reverts if that is unknown.
    function valueOf(address vault, address token) external view returns (Valuation.Value memory);
}
