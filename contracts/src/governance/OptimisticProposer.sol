// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Timelock} from "../Timelock.sol";
import {IOptimisticProposer} from "../interfaces/IOptimisticProposer.sol";
import {IPolicy} from "../interfaces/IPolicy.sol";
import {ISettler} from "../interfaces/ISettler.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title OptimisticProposer: anyone may move a vault, unless somebody disagrees; each puts money on it.
///
/// @notice PURPOSE
/// Named strategist of a vault, it proposes an intent that somebody has posted with a bond and that nobody has challenged
/// while its window was open. Only the hash of an intent is stored; the intent itself is in the log of `post`, for a plan
/// that nobody can read is a plan that nobody can dispute.
///
/// INVARIANTS
/// - Only an intent that was posted, bonded and open for the whole window is ever proposed, byte for byte.
/// - Bonds: what is here of a token >= bonds of open plans + bonds in dispute + what is owed. No bond is paid twice.
/// - One plan is open per vault. It ends by being executed, challenged, struck, overtaken by another intent or expired, at
///   the latest `GRACE` after its window; nobody can hold the place longer.
/// - A dispute ends by the curator's word or after `PATIENCE`, when both have their bonds back: nothing is locked for ever.
/// - Who loses a dispute loses half of his bond to the vault: nobody saves it by disputing himself in time.
///
/// ASSUMPTIONS
/// - Bonds are standard tokens: one that charges on transfer is refused, one that lowers balances makes the last one wait.
///
/// LIVENESS
/// If nobody posts, nothing moves. A challenge frees the place at once, so a bad plan delays a good one for no longer than
/// that takes. Bonds are credited and then withdrawn: nobody blocks another, but a vault that cannot be paid the verdict.
///
/// ROLES, by the harm they could do
/// - Anyone (or the one `poster` named): post, at the bond's risk. Anyone: challenge, execute. A plan that passes costs at
///   most what the settler's buckets allow.
/// - Guardians of the vault (owner, curator, sentinel...): strike a plan; its bond goes back.
/// - Curator: terms (the first at once, others after the policy's delay), and who wins a dispute.
///
/// WARNINGS
/// - Both sides of a dispute trust the vault's curator with their bonds. Terms are those of the moment of posting.
/// - A plan in dispute is void whoever wins: its prices are old by then. Where the curator never speaks, anyone can stop every
///   plan at no cost but the wait. - The vault's half counts if the token is an asset of it, and is gone if not.
/// - Challenge what you cannot check in time. A window that is shorter than a watcher's sleep is no window.
contract OptimisticProposer is IOptimisticProposer, Timelock {
    using SafeERC20 for IERC20;

    /// @notice {s} least and most that a window may last.
    uint32 public constant MIN_WINDOW = 30 minutes;
    uint32 public constant MAX_WINDOW = 7 days;
    /// @notice {s} after its window for which a plan may be executed.
    uint40 public constant GRACE = 1 days;
    /// @notice {s} that a dispute waits for the curator.
    uint40 public constant PATIENCE = 30 days;

    IPolicy public immutable policy;
    ISettler public immutable settler;

    /// @inheritdoc IOptimisticProposer
    uint256 public disputes;
    /// @inheritdoc IOptimisticProposer
    mapping(IERC20 token => mapping(address account => uint256)) public owed;
    mapping(address vault => Terms) private _terms;
    mapping(address vault => Plan) private _plans;
    mapping(uint256 id => Dispute) private _disputes;

    constructor(IPolicy policy_, ISettler settler_) Timelock(policy_.delay()) {
        (policy, settler) = (policy_, settler_);
    }

    // ------------------------------------------------------------------- terms

    /// @inheritdoc IOptimisticProposer
    function configure(address vault, Terms calldata terms) external {
        _requireCurator(vault);
        if (_terms[vault].bond != 0) _spend(vault);
        if (
            terms.bond == 0 || address(terms.token).code.length == 0 || terms.window < MIN_WINDOW
                || terms.window > MAX_WINDOW
        ) revert OptimisticProposer__BadTerms(terms);
        _terms[vault] = terms;
        emit TermsSet(vault, terms);
    }

    // ------------------------------------------------------------------- plans

    /// @inheritdoc IOptimisticProposer
    function post(ISettler.Intent calldata intent) external returns (bytes32 intentHash) {
        address vault = intent.vault;
        Terms memory terms = _terms[vault];
        if (terms.bond == 0 || (terms.poster != address(0) && terms.poster != msg.sender)) {
            revert OptimisticProposer__MayNotPost(vault, msg.sender, terms.poster);
        }
        _clear(vault);
        uint256 readyAt = block.timestamp + terms.window;
        uint32 nonce = settler.headerOf(vault).nonce + 1;
        if (intent.chainId != block.chainid || intent.nonce != nonce || intent.deadline <= readyAt) {
            revert OptimisticProposer__BadIntent(intent.chainId, intent.nonce, nonce, intent.deadline, readyAt);
        }
        intentHash = settler.hashIntent(intent);
        Plan memory plan = Plan({
            intentHash: intentHash,
            by: msg.sender,
            readyAt: uint40(readyAt),
            expiresAt: uint40(Math.min(intent.deadline, readyAt + GRACE)),
            nonce: nonce,
            token: terms.token,
            bond: terms.bond
        });
        _plans[vault] = plan;
        _take(plan.token, plan.bond);
        emit Posted(vault, intentHash, msg.sender, plan, intent);
    }

    /// @inheritdoc IOptimisticProposer
    function challenge(address vault, bytes32 intentHash) external returns (uint256 id) {
        Plan memory plan = _planOf(vault, intentHash);
        if (block.timestamp >= plan.readyAt) {
            revert OptimisticProposer__WrongTime(block.timestamp, plan.readyAt, plan.expiresAt);
        }
        delete _plans[vault];
        id = ++disputes;
        Dispute memory dispute =
            Dispute(vault, plan.by, msg.sender, uint40(block.timestamp) + PATIENCE, plan.token, plan.bond);
        _disputes[id] = dispute;
        _take(plan.token, plan.bond);
        emit Challenged(vault, intentHash, id, dispute);
    }

    /// @inheritdoc IOptimisticProposer
    function execute(ISettler.Intent calldata intent) external {
        bytes32 intentHash = settler.hashIntent(intent);
        Plan memory plan = _planOf(intent.vault, intentHash);
        _requireDue(plan);
        _close(intent.vault, plan);
        settler.propose(intent);
        emit Executed(intent.vault, intentHash);
    }

    /// @inheritdoc IOptimisticProposer
    function strike(address vault, bytes32 intentHash) external {
        Plan memory plan = _planOf(vault, intentHash);
        if (!_isOver(vault, plan)) _requireGuardian(vault);
        _close(vault, plan);
    }

    // ---------------------------------------------------------------- disputes

    /// @inheritdoc IOptimisticProposer
    function resolve(uint256 id, bool sound) external {
        Dispute memory dispute = _settleDispute(id);
        _requireCurator(dispute.vault);
        address winner = sound ? dispute.poster : dispute.challenger;
        uint256 forfeit = _forfeitOf(dispute.bond);
        owed[dispute.token][winner] += 2 * uint256(dispute.bond) - forfeit;
        emit Resolved(id, winner, forfeit);
        if (forfeit != 0) dispute.token.safeTransfer(dispute.vault, forfeit);
    }

    /// @inheritdoc IOptimisticProposer
    function abandon(uint256 id) external {
        Dispute memory dispute = _settleDispute(id);
        if (block.timestamp < dispute.endsAt) revert OptimisticProposer__NoDispute(id, dispute.endsAt);
        owed[dispute.token][dispute.poster] += dispute.bond;
        owed[dispute.token][dispute.challenger] += dispute.bond;
        emit Abandoned(id);
    }

    /// @inheritdoc IOptimisticProposer
    function withdraw(IERC20 token, address to) external returns (uint256 amount) {
        amount = owed[token][msg.sender];
        delete owed[token][msg.sender];
        token.safeTransfer(to, amount);
        emit Withdrawn(token, msg.sender, to, amount);
    }

    // ------------------------------------------------------------------- views

    /// @inheritdoc IOptimisticProposer
    function termsOf(address vault) external view returns (Terms memory) {
        return _terms[vault];
    }

    /// @inheritdoc IOptimisticProposer
    function planOf(address vault) external view returns (Plan memory plan, bool over) {
        plan = _plans[vault];
        over = _isOver(vault, plan);
    }

    /// @inheritdoc IOptimisticProposer
    function disputeOf(uint256 id) external view returns (Dispute memory) {
        return _disputes[id];
    }

    // ----------------------------------------------------------------- private

    /// @dev Half of the loser's: who challenges himself before somebody else does loses that at least.
    function _forfeitOf(uint128 bond) internal pure virtual returns (uint256) {
        return bond / 2;
    }

    /// @dev The guard of the window: nothing is executed before everyone could have challenged it.
    function _requireDue(Plan memory plan) internal view virtual {
        if (block.timestamp < plan.readyAt || block.timestamp > plan.expiresAt) {
            revert OptimisticProposer__WrongTime(block.timestamp, plan.readyAt, plan.expiresAt);
        }
    }

    function _planOf(address vault, bytes32 intentHash) private view returns (Plan memory plan) {
        plan = _plans[vault];
        if (plan.intentHash != intentHash || plan.by == address(0)) {
            revert OptimisticProposer__WrongPlan(vault, intentHash, plan.intentHash);
        }
    }

    /// @dev Expired, or overtaken by an intent of a rule or another strategist: it can never be executed any more.
    function _isOver(address vault, Plan memory plan) private view returns (bool) {
        return block.timestamp > plan.expiresAt || settler.headerOf(vault).nonce >= plan.nonce;
    }

    function _clear(address vault) private {
        Plan memory plan = _plans[vault];
        if (plan.by == address(0)) return;
        if (!_isOver(vault, plan)) revert OptimisticProposer__PlanOpen(vault, plan.intentHash, plan.expiresAt);
        _close(vault, plan);
    }

    function _close(address vault, Plan memory plan) private {
        delete _plans[vault];
        owed[plan.token][plan.by] += plan.bond;
        emit Closed(vault, plan.intentHash, msg.sender);
    }

    function _settleDispute(uint256 id) private returns (Dispute memory dispute) {
        dispute = _disputes[id];
        if (dispute.vault == address(0)) revert OptimisticProposer__NoDispute(id, 0);
        delete _disputes[id];
    }

    function _take(IERC20 token, uint256 bond) private {
        uint256 before = token.balanceOf(address(this));
        token.safeTransferFrom(msg.sender, address(this), bond);
        uint256 arrived = token.balanceOf(address(this)) - before;
        if (arrived != bond) revert OptimisticProposer__BondNotPaid(token, bond, arrived);
    }

    function _rolesOf(address vault) internal view override returns (IPolicy.Roles memory) {
        return policy.rolesOf(vault);
    }
}
