// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAsyncDesk} from "./interfaces/IAsyncDesk.sol";
import {IERC7540Deposit, IERC7540Operator, IERC7540Redeem, IERC7575} from "./interfaces/IERC7540.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title AsyncRequests: the books of an ERC-7540 desk. Who requested, who may claim, and how much.
///
/// @notice PURPOSE
/// Requests are collected in epochs. Whoever inherits this turns the pots of an epoch into something else and marks it
/// `finished`; then every controller of that epoch may claim its part. Nothing here knows a price.
///
/// INVARIANTS
/// - All requests of an epoch and side get the same rate, rounded down; what was not sold goes back in kind.
/// - Only a controller or its operator moves what belongs to its requests; only an owner or its operator requests with it.
/// - Claiming and requesting take constant time, however many epochs have passed.
///
/// ASSUMPTIONS
/// - At most one epoch before the open one is unfinished, so a controller has at most two that are not yet settled.
///
/// WARNINGS
/// - `requestId` is always 0: all requests of one controller are one. Redeem requests for others need an operator, for an
///   allowance of the share to the caller is not this contract's to spend.
/// - Anyone may request in favour of any controller, with their own tokens: that is a gift.
abstract contract AsyncRequests is IAsyncDesk, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @param last newest epoch with a request; at most this one and the one before are not yet part of the rest
    /// @param used {inAtom} sold and not yet claimed
    /// @param got {outAtom} for it
    /// @param unused {inAtom} to go back
    struct Account {
        uint256 last;
        uint256 used;
        uint256 got;
        uint256 unused;
    }

    /// @inheritdoc IERC7575
    address public immutable asset;
    /// @inheritdoc IERC7575
    address public immutable share;

    /// @notice The epoch that takes requests; the one before is being filled, unless it is finished.
    uint256 public epoch = 1;
    /// @notice The newest epoch of which everything is claimable.
    uint256 public finished;

    mapping(uint256 epoch => mapping(bool entering => Pot)) internal _pots;
    mapping(bool entering => mapping(address controller => Account)) private _accounts;
    mapping(bool entering => mapping(address controller => mapping(uint256 epoch => uint256))) private _requests;
    /// @inheritdoc IERC7540Operator
    mapping(address controller => mapping(address operator => bool)) public isOperator;

    constructor(address asset_, address share_) {
        (asset, share) = (asset_, share_);
    }

    // ---------------------------------------------------------------- requests

    /// @inheritdoc IERC7540Operator
    function setOperator(address operator, bool approved) external returns (bool) {
        isOperator[msg.sender][operator] = approved;
        emit OperatorSet(msg.sender, operator, approved);
        return true;
    }

    /// @inheritdoc IERC7540Deposit
    function requestDeposit(uint256 assets, address controller, address owner) external nonReentrant returns (uint256) {
        _request(true, assets, controller, owner);
        emit DepositRequest(controller, owner, 0, msg.sender, assets);
        return 0;
    }

    /// @inheritdoc IERC7540Redeem
    function requestRedeem(uint256 shares, address controller, address owner) external nonReentrant returns (uint256) {
        _request(false, shares, controller, owner);
        emit RedeemRequest(controller, owner, 0, msg.sender, shares);
        return 0;
    }

    // ------------------------------------------------------------------ claims

    /// @inheritdoc IERC7540Deposit
    function deposit(uint256 assets, address receiver, address controller)
        public
        nonReentrant
        returns (uint256 shares)
    {
        shares = _claimUsed(true, assets, receiver, controller);
        emit Deposit(controller, receiver, assets, shares);
    }

    /// @inheritdoc IERC7540Deposit
    function mint(uint256 shares, address receiver, address controller) public nonReentrant returns (uint256 assets) {
        assets = _claimGot(true, shares, receiver, controller);
        emit Deposit(controller, receiver, assets, shares);
    }

    /// @inheritdoc IERC7575
    function deposit(uint256 assets, address receiver) external returns (uint256 shares) {
        return deposit(assets, receiver, msg.sender);
    }

    /// @inheritdoc IERC7575
    function mint(uint256 shares, address receiver) external returns (uint256 assets) {
        return mint(shares, receiver, msg.sender);
    }

    /// @inheritdoc IERC7575
    function withdraw(uint256 assets, address receiver, address controller)
        external
        nonReentrant
        returns (uint256 shares)
    {
        shares = _claimGot(false, assets, receiver, controller);
        emit Withdraw(msg.sender, receiver, controller, assets, shares);
    }

    /// @inheritdoc IERC7575
    function redeem(uint256 shares, address receiver, address controller)
        external
        nonReentrant
        returns (uint256 assets)
    {
        assets = _claimUsed(false, shares, receiver, controller);
        emit Withdraw(msg.sender, receiver, controller, assets, shares);
    }

    /// @inheritdoc IAsyncDesk
    function reclaim(bool entering, address receiver, address controller)
        external
        nonReentrant
        returns (uint256 amount)
    {
        _requireActor(controller);
        Account storage account = _settle(entering, controller);
        amount = account.unused;
        if (amount == 0) revert AsyncDesk__Zero();
        account.unused = 0;
        IERC20(_tokenIn(entering)).safeTransfer(receiver, amount);
        emit Reclaimed(controller, receiver, _tokenIn(entering), amount);
    }

    // ------------------------------------------------------------------- views

    /// @inheritdoc IERC7540Deposit
    function pendingDepositRequest(uint256 requestId, address controller) external view returns (uint256) {
        return requestId == 0 ? _pending(true, controller) : 0;
    }

    /// @inheritdoc IERC7540Redeem
    function pendingRedeemRequest(uint256 requestId, address controller) external view returns (uint256) {
        return requestId == 0 ? _pending(false, controller) : 0;
    }

    /// @inheritdoc IERC7540Deposit
    function claimableDepositRequest(uint256 requestId, address controller) external view returns (uint256) {
        return requestId == 0 ? _settled(true, controller).used : 0;
    }

    /// @inheritdoc IERC7540Redeem
    function claimableRedeemRequest(uint256 requestId, address controller) external view returns (uint256) {
        return requestId == 0 ? _settled(false, controller).used : 0;
    }

    /// @inheritdoc IERC7575
    function maxDeposit(address controller) external view returns (uint256) {
        return _settled(true, controller).used;
    }

    /// @inheritdoc IERC7575
    function maxMint(address controller) external view returns (uint256) {
        return _settled(true, controller).got;
    }

    /// @inheritdoc IERC7575
    function maxWithdraw(address controller) external view returns (uint256) {
        return _settled(false, controller).got;
    }

    /// @inheritdoc IERC7575
    function maxRedeem(address controller) external view returns (uint256) {
        return _settled(false, controller).used;
    }

    /// @inheritdoc IAsyncDesk
    function reclaimable(bool entering, address controller) external view returns (uint256) {
        return _settled(entering, controller).unused;
    }

    /// @inheritdoc IAsyncDesk
    function potOf(uint256 epoch_, bool entering) external view returns (Pot memory) {
        return _pots[epoch_][entering];
    }

    // ------------------------------------------------------------------- books

    function _tokenIn(bool entering) internal view returns (address) {
        return entering ? asset : share;
    }

    /// @dev The caller must be `account` or its operator.
    function _requireActor(address account) internal view virtual {
        if (msg.sender != account && !isOperator[account][msg.sender]) {
            revert AsyncDesk__NotAllowed(account, msg.sender);
        }
    }

    /// @dev Exactly `amount` must have arrived.
    function _requireArrived(address token, uint256 before, uint256 amount) internal view virtual {
        uint256 here = IERC20(token).balanceOf(address(this));
        if (here != before + amount) revert AsyncDesk__BalanceMismatch(token, before + amount, here);
    }

    function _request(bool entering, uint256 amount, address controller, address owner) private {
        if (amount == 0) revert AsyncDesk__Zero();
        _requireActor(owner);
        uint256 open = epoch;
        _settle(entering, controller).last = open;
        _requests[entering][controller][open] += amount;
        Pot storage pot = _pots[open][entering];
        pot.total += amount;
        pot.left += amount;
        IERC20 token = IERC20(_tokenIn(entering));
        uint256 before = token.balanceOf(address(this));
        token.safeTransferFrom(owner, address(this), amount);
        _requireArrived(address(token), before, amount);
    }

    /// @dev Claims by what was given in; the claimant's own rest keeps what rounding leaves.
    function _claimUsed(bool entering, uint256 used, address receiver, address controller)
        private
        returns (uint256 got)
    {
        Account storage account = _opened(entering, used, controller);
        if (used > account.used) revert AsyncDesk__TooMuch(used, account.used);
        got = Math.mulDiv(account.got, used, account.used);
        _pay(entering, account, used, got, receiver);
    }

    /// @dev Claims by what comes out; the claimant's own rest keeps what rounding leaves.
    function _claimGot(bool entering, uint256 got, address receiver, address controller)
        private
        returns (uint256 used)
    {
        Account storage account = _opened(entering, got, controller);
        if (got > account.got) revert AsyncDesk__TooMuch(got, account.got);
        used = Math.mulDiv(account.used, got, account.got);
        _pay(entering, account, used, got, receiver);
    }

    function _opened(bool entering, uint256 amount, address controller) private returns (Account storage) {
        if (amount == 0) revert AsyncDesk__Zero();
        _requireActor(controller);
        return _settle(entering, controller);
    }

    function _pay(bool entering, Account storage account, uint256 used, uint256 got, address receiver) private {
        account.used -= used;
        account.got -= got;
        IERC20(_tokenIn(!entering)).safeTransfer(receiver, got);
    }

    /// @dev Makes the controller's finished epochs part of its account.
    function _settle(bool entering, address controller) private returns (Account storage account) {
        account = _accounts[entering][controller];
        Account memory settled = _settled(entering, controller);
        for (uint256 e = Math.saturatingSub(settled.last, 1); e <= settled.last; ++e) {
            if (e <= finished) delete _requests[entering][controller][e];
        }
        (account.used, account.got, account.unused) = (settled.used, settled.got, settled.unused);
    }

    /// @dev The account with its finished epochs. Parts are rounded down: the epoch never pays more than it has.
    function _settled(bool entering, address controller) private view returns (Account memory account) {
        account = _accounts[entering][controller];
        for (uint256 e = Math.saturatingSub(account.last, 1); e <= account.last; ++e) {
            uint256 amount = _requests[entering][controller][e];
            if (amount == 0 || e > finished) continue;
            Pot memory pot = _pots[e][entering];
            uint256 unused = Math.mulDiv(pot.left, amount, pot.total);
            account.used += amount - unused;
            account.got += Math.mulDiv(pot.got, amount, pot.total);
            account.unused += unused;
        }
    }

    function _pending(bool entering, address controller) private view returns (uint256 amount) {
        uint256 last = _accounts[entering][controller].last;
        for (uint256 e = Math.max(finished + 1, Math.saturatingSub(last, 1)); e <= last; ++e) {
            amount += _requests[entering][controller][e];
        }
    }
}
