// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISettler} from "./ISettler.sol";
import {ITimelock} from "./ITimelock.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title Intents that anyone may post with a bond and that pass unless somebody challenges them with another.
interface IOptimisticProposer is ITimelock {
    /// @notice What a plan for a vault costs to post and to challenge.
    /// @param token bonds are paid in
    /// @param bond {tokAtom} of the poster, and again of the challenger
    /// @param window {s} in which a plan may be challenged
    /// @param poster the only one who may post, or zero for anyone
    struct Terms {
        IERC20 token;
        uint128 bond;
        uint32 window;
        address poster;
    }

    /// @notice The open plan of a vault.
    /// @param by who posted it
    /// @param readyAt {s} when it may be executed, and no longer be challenged
    /// @param expiresAt {s} last second at which it may be executed
    struct Plan {
        bytes32 intentHash;
        address by;
        uint40 readyAt;
        uint40 expiresAt;
        uint32 nonce;
        IERC20 token;
        uint128 bond;
    }

    /// @notice A plan that was challenged.
    /// @param endsAt {s} from when both may have their bonds back
    struct Dispute {
        address vault;
        address poster;
        address challenger;
        uint40 endsAt;
        IERC20 token;
        uint128 bond;
    }

    event TermsSet(address indexed vault, Terms terms);
    event Posted(
        address indexed vault, bytes32 indexed intentHash, address indexed by, Plan plan, ISettler.Intent intent
    );
    event Executed(address indexed vault, bytes32 indexed intentHash);
    event Closed(address indexed vault, bytes32 indexed intentHash, address by);
    event Challenged(address indexed vault, bytes32 indexed intentHash, uint256 indexed id, Dispute dispute);
    /// @notice `winner` has both bonds but for `forfeit`, which went to the vault.
    event Resolved(uint256 indexed id, address indexed winner, uint256 forfeit);
    event Abandoned(uint256 indexed id);
    event Withdrawn(IERC20 indexed token, address indexed account, address to, uint256 amount);

    /// @notice A bond above zero, a token with code, a window between the least and the most.
    error OptimisticProposer__BadTerms(Terms terms);
    /// @notice The vault has no terms yet, or only `poster` may post.
    error OptimisticProposer__MayNotPost(address vault, address caller, address poster);
    /// @notice Another plan is open until `expiresAt` {s}, unless it is challenged.
    error OptimisticProposer__PlanOpen(address vault, bytes32 intentHash, uint256 expiresAt);
    /// @notice The intent is for another chain or nonce, or is over before it could be executed.
    error OptimisticProposer__BadIntent(
        uint256 chainId, uint32 nonce, uint32 expected, uint32 deadline, uint256 readyAt
    );
    /// @notice The open plan of the vault is another one.
    error OptimisticProposer__WrongPlan(address vault, bytes32 given, bytes32 open);
    /// @notice It may only be executed between `readyAt` and `expiresAt`, and be challenged before {s}.
    error OptimisticProposer__WrongTime(uint256 time, uint256 readyAt, uint256 expiresAt);
    /// @notice There is no such dispute any more, or it waits for the curator until `endsAt` {s}.
    error OptimisticProposer__NoDispute(uint256 id, uint256 endsAt);
    /// @notice The token brought less than the bond: it charges on transfer.
    error OptimisticProposer__BondNotPaid(IERC20 token, uint256 bond, uint256 arrived);

    /// @notice Sets the terms of `vault`: the first at once, others after they were queued. The curator.
    function configure(address vault, Terms calldata terms) external;

    /// @notice Posts the next intent of a vault with a bond, which the caller has approved. Anyone, or the poster named.
    function post(ISettler.Intent calldata intent) external returns (bytes32 intentHash);

    /// @notice Disputes the open plan with a bond of the same size; the plan is void from now on. Anyone, in its window.
    /// @param intentHash that the caller disputes, so that no other can be slipped in before this call
    function challenge(address vault, bytes32 intentHash) external returns (uint256 id);

    /// @notice Proposes a plan that nobody challenged, and frees its bond. Anyone, with the intent that was posted.
    function execute(ISettler.Intent calldata intent) external;

    /// @notice Voids the open plan; its bond goes back. Guardians of the vault at any time, anyone once it is over.
    function strike(address vault, bytes32 intentHash) external;

    /// @notice Gives both bonds, but for half of one, to the poster, if the plan was `sound`, or to the challenger; that half to
    /// the vault. The vault's curator.
    function resolve(uint256 id, bool sound) external;

    /// @notice Gives both their bonds back if the curator has not spoken for `PATIENCE`. Anyone.
    function abandon(uint256 id) external;

    /// @notice Pays all that the caller is owed of `token` to `to`.
    function withdraw(IERC20 token, address to) external returns (uint256 amount);

    /// @notice Returns the terms of `vault`; a bond of zero if it has none.
    function termsOf(address vault) external view returns (Terms memory);

    /// @notice Returns the plan of `vault`, zero if there is none, and whether its place is free.
    function planOf(address vault) external view returns (Plan memory plan, bool over);

    /// @notice Returns a dispute; all zero once it is over.
    function disputeOf(uint256 id) external view returns (Dispute memory);

    /// @notice Returns how many disputes there have been; the last one's id.
    function disputes() external view returns (uint256);

    /// @notice Returns {tokAtom} that `account` may withdraw.
    function owed(IERC20 token, address account) external view returns (uint256);
}
