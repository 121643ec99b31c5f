// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOracleHub} from "./interfaces/IOracleHub.sol";
import {IPolicy} from "./interfaces/IPolicy.sol";
import {Budgets} from "./settling/Budgets.sol";
import {Intents} from "./settling/Intents.sol";
import {Orders} from "./settling/Orders.sol";

/// @title Settler: one live intent per vault, and sales that serve it at a price near the oracle's.
///
/// @notice PURPOSE
/// The strategist (or anyone, through a rule that computes on chain) proposes an intent: for every asset, how many atoms
/// per share it may be sold down to and bought up to. Anyone then fills it, pair by pair, at a Dutch price that starts
/// above the oracle and falls to a floor below it; or the strategist arms an order of a batch auction at that same price.
/// Routers, auctions and market makers are all fillers; custody knows none of them, so adding one cannot weaken it.
///
/// READ IN THIS ORDER: settling/Budgets (what may be lost), Intents (what is wanted), Fills (how it is sold), Orders (to a
/// batch auction). Each states its own invariants; these hold of all together.
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
contract Settler is Orders {
    /// @param batch_ settlement contract of the batch auction, or zero where there is none
    constructor(IPolicy policy_, IOracleHub hub_, address batch_) Budgets(policy_) Intents(hub_) Orders(batch_) {}
}
