// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ArmedOrder} from "./custody/ArmedOrder.sol";
import {OperationLock} from "./custody/OperationLock.sol";
import {IAdapter} from "./interfaces/IAdapter.sol";
import {IBasketVault} from "./interfaces/IBasketVault.sol";
import {IFiller} from "./interfaces/IFiller.sol";
import {ISettler} from "./interfaces/ISettler.sol";
import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

/// @title BasketVault: custody of a basket of tokens, and the arithmetic of its shares. Nothing else.
///
/// @notice PURPOSE
/// A share is a bundle: so many atoms of every asset. Shares are minted and redeemed in kind, which leaves the bundle as it
/// is. One contract, the settler, may exchange a part of one asset for another, and only if the other arrives in the same
/// call, or as the armed order of a batch auction says; another, the allocator, may turn assets into positions and back: that is
/// all that ever changes the bundle. There is no price, no
/// strategy, no upgrade, no delegatecall, no call with a target and data of somebody's choosing, no pause, and no way to take
/// a token out but `redeem`, `claim`, `settle`, `convert` and the armed order.
///
/// INVARIANTS
/// - Conservation: every movement is measured on the token itself, both ways; a token that charges a fee reverts.
/// - Solvency: for every asset, what the shares own + open claims <= the balance the token reports, from the next look on.
/// - Units per share do not move on mint or redeem; minting rounds up, redeeming rounds down, atoms stay in the vault.
/// - Allowances given by the vault are zero after every transaction, but for what is left of the armed order.
/// - Donations change nothing until `sync`; then losses count at once and gains in drops. See Ledger.
/// - Mint, redeem, fill and allocate never mix in one transaction. See OperationLock.
///
/// ASSUMPTIONS
/// - Assets are standard ERC-20 tokens, with or without return values, of any decimals. Fees on transfer revert.
///   A token that lowers balances by itself is owned at what is left; one that raises them drips.
/// - One share is worth at least ~10,000 atoms of every asset, so that targets per share are fine enough: choose the
///   number of initial shares accordingly (one share worth $100 suits 8 and more decimals).
/// - The vault never holds 1e38 atoms of anything. What an order brings beyond is not counted, and multiplications check.
///
/// LIVENESS
/// `redeem` needs no oracle, keeper or role. If one token reverts, `redeemSkipping` pays the others and keeps a claim.
///
/// ROLES
/// - Settler: `settle`, `arm`, `disarm`. Allocator: `convert`. Both are fixed in the implementation's code.
/// - Everybody: `mint`, `redeem`, `claim`, `sync`.
///
/// WARNINGS
/// - `MIN_SHARES` of the first mint stay in the vault for ever, so that the supply, and with it the meaning of a share,
///   never goes back to nothing.
/// - The assets are written in the clone's code and never change. Another set of assets is another vault.
contract BasketVault is ArmedOrder, OperationLock, Initializable, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @notice {share} D18 locked for ever; also the least that the first mint may create.
    uint256 public constant MIN_SHARES = 1e6;

    /// @inheritdoc IBasketVault
    address public immutable settler;
    /// @inheritdoc IBasketVault
    address public immutable allocator;

    string private _name;
    string private _symbol;

    modifier onlyFor(address servant) {
        _requireServant(servant);
        _;
    }

    constructor(address settler_, address allocator_) ERC20("", "") {
        (settler, allocator) = (settler_, allocator_);
        _disableInitializers();
    }

    /// @notice Starts a clone: records `amounts`, which must already be here, against `shares` for `to`.
    /// @dev The factory clones, pays in and calls this in one transaction; a clone without it is worth nothing.
    /// @param amounts {tokAtom} per asset, in order; they define what a share is
    /// @param shares {share} D18, of which `MIN_SHARES` are locked
    function initialize(
        string calldata name_,
        string calldata symbol_,
        uint256[] calldata amounts,
        uint256 shares,
        address to
    ) external initializer {
        (_name, _symbol) = (name_, symbol_);
        if (shares <= MIN_SHARES) revert BasketVault__TooFewShares(shares, MIN_SHARES + 1);
        _list(amounts, shares);
        _mint(address(this), MIN_SHARES);
        _mint(to, shares - MIN_SHARES);
        emit Minted(msg.sender, to, shares, amounts);
    }

    // ------------------------------------------------------------------ shares

    /// @inheritdoc IBasketVault
    function mint(uint256 shares, uint256[] calldata maxAmountsIn, address to)
        external
        nonReentrant
        only(Operation.Mint)
        returns (uint256[] memory amountsIn)
    {
        if (shares == 0) revert BasketVault__ZeroShares();
        uint256 supply = totalSupply();
        address[] memory tokens = assets();
        _requireLength(maxAmountsIn.length, tokens.length);
        amountsIn = new uint256[](tokens.length);
        for (uint256 i; i < tokens.length; ++i) {
            uint256 most = maxAmountsIn.length == 0 ? type(uint256).max : maxAmountsIn[i];
            amountsIn[i] = _payIn(tokens[i], shares, supply, most);
        }
        _lookAgain(supply + shares);
        _mint(to, shares);
        emit Minted(msg.sender, to, shares, amountsIn);
    }

    /// @inheritdoc IBasketVault
    function redeem(uint256 shares, uint256[] calldata minAmountsOut, address to)
        external
        returns (uint256[] memory amountsOut)
    {
        return redeemSkipping(shares, minAmountsOut, to, 0);
    }

    /// @inheritdoc IBasketVault
    function redeemSkipping(uint256 shares, uint256[] calldata minAmountsOut, address to, uint256 skip)
        public
        nonReentrant
        only(Operation.Redeem)
        returns (uint256[] memory amountsOut)
    {
        if (shares == 0) revert BasketVault__ZeroShares();
        uint256 supply = totalSupply();
        address[] memory tokens = assets();
        _requireLength(minAmountsOut.length, tokens.length);
        _burn(msg.sender, shares);
        amountsOut = new uint256[](tokens.length);
        for (uint256 i; i < tokens.length; ++i) {
            uint256 least = minAmountsOut.length == 0 ? 0 : minAmountsOut[i];
            bool skipped = (skip >> i) & 1 == 1;
            amountsOut[i] = _payOut(tokens[i], _partOf(tokens[i], shares, supply, skipped), least, to, skipped);
        }
        _lookAgain(supply - shares);
        emit Redeemed(msg.sender, to, shares, amountsOut);
    }

    /// @inheritdoc IBasketVault
    function claim(address token, address to) external nonReentrant only(Operation.Redeem) returns (uint256 amount) {
        return _payClaim(msg.sender, token, to);
    }

    /// @inheritdoc IBasketVault
    function sync(address token) external nonReentrant {
        _requireUnarmed(token);
        _sync(token, totalSupply());
    }

    // -------------------------------------------------------------- settlement

    /// @inheritdoc IBasketVault
    function settle(address sell, address buy, uint256 sellAmount, uint256 minBuy, address filler, bytes calldata data)
        external
        nonReentrant
        onlyFor(settler)
        only(Operation.Fill)
        returns (uint256 received)
    {
        if (sell == buy) revert BasketVault__SameToken(sell);
        uint256 supply = totalSupply();
        if (_isArmed(sell) || _isArmed(buy)) _catchUpOnce(supply, true);
        uint256 owned = _owned(sell, supply);
        if (sellAmount > owned) revert BasketVault__Oversold(sell, sellAmount, owned);
        received = _exchange(sell, buy, sellAmount, minBuy, filler, data);
        _record(sell, owned - sellAmount, supply);
        _record(buy, _owned(buy, supply) + received, supply);
        _lookAgain(supply);
    }

    /// @inheritdoc IBasketVault
    function convert(address[] calldata tokens, int256[] calldata deltas, address adapter, bytes calldata data)
        external
        nonReentrant
        onlyFor(allocator)
        only(Operation.Allocate)
        returns (uint256[] memory received)
    {
        uint256 supply = totalSupply();
        uint256[] memory before = new uint256[](tokens.length);
        for (uint256 i; i < tokens.length; ++i) {
            if (i != 0 && tokens[i] <= tokens[i - 1]) revert BasketVault__SameToken(tokens[i]);
            _requireUnarmed(tokens[i]);
            before[i] = _give(tokens[i], deltas[i], supply, adapter);
        }
        IAdapter(adapter).onConvert(tokens, deltas, data);
        received = new uint256[](tokens.length);
        for (uint256 i; i < tokens.length; ++i) {
            received[i] = _take(tokens[i], deltas[i], supply, before[i]);
        }
        emit Converted(adapter, tokens, deltas, received);
    }

    /// @inheritdoc IBasketVault
    function arm(ArmedSale calldata sale) external nonReentrant onlyFor(settler) only(Operation.Fill) {
        _arm(sale, totalSupply());
    }

    /// @inheritdoc IBasketVault
    function disarm() external nonReentrant onlyFor(settler) {
        _disarm(totalSupply());
    }

    /// @inheritdoc IERC1271
    function isValidSignature(bytes32 digest, bytes calldata) external view returns (bytes4) {
        (bytes32 expected, uint256 left) = armed();
        bool good = digest == expected && digest != 0 && ISettler(settler).isOrderGood(address(this), left);
        return good ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }

    // ------------------------------------------------------------------- views

    /// @inheritdoc IBasketVault
    function holdings()
        external
        view
        nonReentrantView
        returns (uint256 supply, address[] memory tokens, uint256[] memory balances)
    {
        supply = totalSupply();
        tokens = assets();
        balances = new uint256[](tokens.length);
        for (uint256 i; i < tokens.length; ++i) {
            balances[i] = _ownedNow(tokens[i], supply);
        }
    }

    /// @inheritdoc IBasketVault
    function position(address sell, address buy)
        external
        view
        nonReentrantView
        returns (uint256 supply, uint256 sellBalance, uint256 buyBalance)
    {
        supply = totalSupply();
        sellBalance = _ownedNow(sell, supply);
        buyBalance = _ownedNow(buy, supply);
    }

    /// @inheritdoc IBasketVault
    function unitsOf(address token) external view nonReentrantView returns (uint256 unitsD36) {
        return _unitsOf(token);
    }

    /// @inheritdoc ERC20
    function name() public view override returns (string memory) {
        return _name;
    }

    /// @inheritdoc ERC20
    function symbol() public view override returns (string memory) {
        return _symbol;
    }

    // ------------------------------------------------- exchanging and converting

    /// @return received {buyAtom} measured
    function _exchange(
        address sell,
        address buy,
        uint256 sellAmount,
        uint256 minBuy,
        address filler,
        bytes calldata data
    ) private returns (uint256 received) {
        uint256 sellBefore = IERC20(sell).balanceOf(address(this));
        _requireFree(sell, sellBefore, sellAmount);
        uint256 buyBefore = IERC20(buy).balanceOf(address(this));
        IERC20(sell).safeTransfer(filler, sellAmount);
        if (data.length == 0) IERC20(buy).safeTransferFrom(filler, address(this), minBuy);
        else IFiller(filler).onFill(sell, buy, sellAmount, minBuy, data);
        _requireLeft(sell, sellBefore, sellAmount);
        return _came(buy, buyBefore, minBuy);
    }

    /// @dev Sends what `delta` says with a minus.
    /// @return before {tokAtom} balance before that
    function _give(address token, int256 delta, uint256 supply, address adapter) private returns (uint256 before) {
        before = IERC20(token).balanceOf(address(this));
        if (delta >= 0) return before;
        (uint256 amount, uint256 owned) = (uint256(-delta), _owned(token, supply));
        if (amount > owned) revert BasketVault__Oversold(token, amount, owned);
        _requireFree(token, before, amount);
        IERC20(token).safeTransfer(adapter, amount);
    }

    /// @dev Measures what has left or come, and records it.
    function _take(address token, int256 delta, uint256 supply, uint256 before) private returns (uint256 received) {
        uint256 owned = _owned(token, supply);
        if (delta < 0) {
            _requireLeft(token, before, uint256(-delta));
            _record(token, owned - uint256(-delta), supply);
        } else {
            received = _came(token, before, uint256(delta));
            _record(token, owned + received, supply);
        }
    }

    // ------------------------------------------------------------------ guards

    /// @dev At least `required` must have come.
    /// @return received {tokAtom}
    function _came(address token, uint256 before, uint256 required) internal view returns (uint256 received) {
        uint256 here = IERC20(token).balanceOf(address(this));
        received = here > before ? here - before : 0;
        _requirePaid(token, required, received);
    }

    function _requirePaid(address token, uint256 required, uint256 received) internal pure virtual {
        if (received < required) revert BasketVault__Underpaid(token, required, received);
    }

    function _requireServant(address servant) private view {
        if (msg.sender != servant) revert BasketVault__NotSettler(msg.sender);
    }

    function _requireLength(uint256 given, uint256 count) private pure {
        if (given != 0 && given != count) revert BasketVault__BadLength(given, count);
    }
}
