// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "./interfaces/IBasketVault.sol";
import {IFiller} from "./interfaces/IFiller.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title BasketVault: custody of a basket of tokens, and the arithmetic of its shares. Nothing else.
///
/// @notice PURPOSE
/// A share is a bundle: so many atoms of every asset. Shares are minted and redeemed in kind, which leaves the bundle as it
/// is. One contract, the settler, may exchange a part of one asset for another, and only if the other arrives in the same
/// call: that is all that ever changes the bundle. There is no price, no strategy, no upgrade, no delegatecall, no call with
/// a target and data of somebody's choosing, no pause, and no way to take a token out but `redeem`, `claim` and `settle`.
///
/// INVARIANTS
/// - Conservation: every movement is measured on the token itself, both ways; a token that charges a fee reverts.
/// - Solvency: for every asset, what the shares own + open claims <= the balance the token reports.
/// - Units per share do not move on mint or redeem; minting rounds up, redeeming rounds down, atoms stay in the vault.
/// - Allowances given by the vault are zero, always: it never approves anybody.
/// - Donations change nothing: units count, balances do not.
///
/// ASSUMPTIONS
/// - Assets are standard ERC-20 tokens, with or without return values, of any decimals. Fees on transfer revert.
///   A token that lowers balances by itself makes this vault owe more of that one token than it has: do not list one.
/// - One share is worth at least ~10,000 atoms of every asset, so that targets per share are fine enough: choose the
///   number of initial shares accordingly (one share worth $100 suits 8 and more decimals).
/// - The vault never holds 1e41 atoms of anything: multiplications check, and revert beyond.
///
/// LIVENESS
/// `redeem` needs no oracle, keeper or role. If one token reverts, `redeemSkipping` pays the others and keeps a claim.
///
/// ROLES
/// - Settler (fixed in the implementation's code): `settle`. - Everybody: `mint`, `redeem`, `claim`.
///
/// WARNINGS
/// - `MIN_SHARES` of the first mint stay in the vault for ever, so that the supply, and with it the meaning of a share,
///   never goes back to nothing.
/// - The assets are written in the clone's code and never change. Another set of assets is another vault.
contract BasketVault is IBasketVault, ERC20, Initializable, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @param unitsD36 D36{tokAtom/shareAtom} in every share; atoms beyond units * supply (donations, claims) count for nothing
    /// @param listed true for the assets of this vault
    struct Holding {
        uint248 unitsD36;
        bool listed;
    }

    /// @notice {share} D18 locked for ever; also the least that the first mint may create.
    uint256 public constant MIN_SHARES = 1e6;
    /// @notice Longest basket: a redeem of this many tokens still fits easily into a block.
    uint256 public constant MAX_ASSETS = 32;

    uint256 private constant ONE_D36 = 1e36;

    /// @inheritdoc IBasketVault
    address public immutable settler;

    string private _name;
    string private _symbol;
    mapping(address token => Holding) private _holdings;
    mapping(address account => mapping(address token => uint256)) private _claims;

    constructor(address settler_) ERC20("", "") {
        settler = settler_;
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
        _enter(amounts, shares);
        _mint(address(this), MIN_SHARES);
        _mint(to, shares - MIN_SHARES);
        emit Minted(msg.sender, to, shares, amounts);
    }

    // ------------------------------------------------------------------ shares

    /// @inheritdoc IBasketVault
    function mint(uint256 shares, uint256[] calldata maxAmountsIn, address to)
        external
        nonReentrant
        returns (uint256[] memory amountsIn)
    {
        if (shares == 0) revert BasketVault__ZeroShares();
        address[] memory tokens = assets();
        _requireLength(maxAmountsIn.length, tokens.length);
        amountsIn = new uint256[](tokens.length);
        for (uint256 i; i < tokens.length; ++i) {
            address token = tokens[i];
            uint256 amount = _atomsUp(_holdings[token].unitsD36, shares);
            if (maxAmountsIn.length != 0 && amount > maxAmountsIn[i]) {
                revert BasketVault__TooMuchIn(token, amount, maxAmountsIn[i]);
            }
            if (amount == 0) continue;
            amountsIn[i] = amount;
            _pull(token, msg.sender, amount);
        }
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
        returns (uint256[] memory amountsOut)
    {
        if (shares == 0) revert BasketVault__ZeroShares();
        address[] memory tokens = assets();
        _requireLength(minAmountsOut.length, tokens.length);
        _burn(msg.sender, shares);
        amountsOut = new uint256[](tokens.length);
        for (uint256 i; i < tokens.length; ++i) {
            address token = tokens[i];
            uint256 amount = _atomsDown(_holdings[token].unitsD36, shares);
            if (minAmountsOut.length != 0 && amount < minAmountsOut[i]) {
                revert BasketVault__TooLittleOut(token, amount, minAmountsOut[i]);
            }
            if (amount == 0) continue;
            if ((skip >> i) & 1 == 1) {
                _claims[msg.sender][token] += amount;
                emit ClaimKept(msg.sender, token, amount);
            } else {
                amountsOut[i] = amount;
                _push(token, to, amount);
            }
        }
        emit Redeemed(msg.sender, to, shares, amountsOut);
    }

    /// @inheritdoc IBasketVault
    function claim(address token, address to) external nonReentrant returns (uint256 amount) {
        amount = _claims[msg.sender][token];
        if (amount == 0) revert BasketVault__NoClaim(msg.sender, token);
        delete _claims[msg.sender][token];
        _push(token, to, amount);
        emit ClaimPaid(msg.sender, token, to, amount);
    }

    // -------------------------------------------------------------- settlement

    /// @inheritdoc IBasketVault
    function settle(address sell, address buy, uint256 sellAmount, uint256 minBuy, address filler, bytes calldata data)
        external
        nonReentrant
        returns (uint256 received)
    {
        if (msg.sender != settler) revert BasketVault__NotSettler(msg.sender);
        if (sell == buy) revert BasketVault__SameToken(sell);
        uint256 owned = _owned(sell, totalSupply());
        if (sellAmount > owned) revert BasketVault__Oversold(sell, sellAmount, owned);
        uint256 sellBefore = IERC20(sell).balanceOf(address(this));
        uint256 buyBefore = IERC20(buy).balanceOf(address(this));

        IERC20(sell).safeTransfer(filler, sellAmount);
        if (data.length == 0) {
            IERC20(buy).safeTransferFrom(filler, address(this), minBuy);
        } else {
            IFiller(filler).onFill(sell, buy, sellAmount, minBuy, data);
        }

        _requireLeft(sell, sellBefore, sellAmount);
        uint256 buyAfter = IERC20(buy).balanceOf(address(this));
        received = buyAfter > buyBefore ? buyAfter - buyBefore : 0;
        _requirePaid(buy, minBuy, received);
        uint256 supply = totalSupply();
        _record(sell, owned - sellAmount, supply);
        _record(buy, _owned(buy, supply) + received, supply);
        emit Settled(sell, buy, filler, sellAmount, received);
    }

    // ------------------------------------------------------------------- views

    /// @inheritdoc IBasketVault
    function assets() public view returns (address[] memory tokens) {
        return abi.decode(Clones.fetchCloneArgs(address(this)), (address[]));
    }

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
            balances[i] = _atomsDown(_holdings[tokens[i]].unitsD36, supply);
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
        sellBalance = _owned(sell, supply);
        buyBalance = _owned(buy, supply);
    }

    /// @inheritdoc IBasketVault
    function unitsOf(address token) external view nonReentrantView returns (uint256 unitsD36) {
        return _holdings[token].unitsD36;
    }

    /// @inheritdoc IBasketVault
    function claimOf(address account, address token) external view returns (uint256) {
        return _claims[account][token];
    }

    /// @inheritdoc ERC20
    function name() public view override returns (string memory) {
        return _name;
    }

    /// @inheritdoc ERC20
    function symbol() public view override returns (string memory) {
        return _symbol;
    }

    // ------------------------------------------------------------------ guards

    /// @dev Atoms in `shares`; the one who pays them in loses the atom.
    function _atomsUp(uint256 unitsD36, uint256 shares) internal pure virtual returns (uint256) {
        return Math.ceilDiv(unitsD36 * shares, ONE_D36);
    }

    /// @dev Atoms in `shares`; the one who takes them out loses the atom.
    function _atomsDown(uint256 unitsD36, uint256 shares) internal pure virtual returns (uint256) {
        return unitsD36 * shares / ONE_D36;
    }

    /// @dev Exactly `amount` must have left.
    function _requireLeft(address token, uint256 before, uint256 amount) internal view virtual {
        uint256 here = IERC20(token).balanceOf(address(this));
        if (here + amount != before) revert BasketVault__BalanceMismatch(token, before - amount, here);
    }

    /// @dev Exactly `amount` must have arrived.
    function _requireArrived(address token, uint256 before, uint256 amount) internal view virtual {
        uint256 here = IERC20(token).balanceOf(address(this));
        if (here != before + amount) revert BasketVault__BalanceMismatch(token, before + amount, here);
    }

    function _requirePaid(address token, uint256 required, uint256 received) internal pure virtual {
        if (received < required) revert BasketVault__Underpaid(token, required, received);
    }

    /// @dev Lists the assets and records what must already be here of them.
    function _enter(uint256[] calldata amounts, uint256 supply) private {
        address[] memory tokens = assets();
        uint256 count = tokens.length;
        if (count == 0 || count > MAX_ASSETS) revert BasketVault__BadAssetCount(count, MAX_ASSETS);
        if (amounts.length != count) revert BasketVault__BadLength(amounts.length, count);
        bool empty = true;
        for (uint256 i; i < count; ++i) {
            (address token, uint256 amount) = (tokens[i], amounts[i]);
            Holding storage holding = _holdings[token];
            if (holding.listed || token == address(this)) revert BasketVault__SameToken(token);
            holding.listed = true;
            _record(token, amount, supply);
            uint256 here = IERC20(token).balanceOf(address(this));
            if (here < amount) revert BasketVault__BalanceMismatch(token, amount, here);
            if (amount != 0) empty = false;
        }
        if (empty) revert BasketVault__Empty();
    }

    /// @dev What the shares own of an asset, rounded down.
    function _owned(address token, uint256 supply) private view returns (uint256) {
        Holding storage holding = _holdings[token];
        if (!holding.listed) revert BasketVault__NotAnAsset(token);
        return _atomsDown(holding.unitsD36, supply);
    }

    function _requireLength(uint256 given, uint256 count) private pure {
        if (given != 0 && given != count) revert BasketVault__BadLength(given, count);
    }

    /// @dev Rounded down: units never promise more than is here.
    function _record(address token, uint256 balance, uint256 supply) private {
        uint256 unitsD36 = balance * ONE_D36 / supply;
        if (unitsD36 > type(uint248).max) revert BasketVault__TooManyUnits(token, unitsD36);
        _holdings[token].unitsD36 = uint248(unitsD36);
    }

    function _pull(address token, address from, uint256 amount) private {
        uint256 before = IERC20(token).balanceOf(address(this));
        IERC20(token).safeTransferFrom(from, address(this), amount);
        _requireArrived(token, before, amount);
    }

    function _push(address token, address to, uint256 amount) private {
        uint256 before = IERC20(token).balanceOf(address(this));
        IERC20(token).safeTransfer(to, amount);
        _requireLeft(token, before, amount);
    }
}
