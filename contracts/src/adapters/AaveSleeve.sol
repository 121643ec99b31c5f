// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAToken, IAavePool} from "../interfaces/IAavePool.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {IERC20, IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title AaveSleeve: an ERC-4626 share of what is supplied to one Aave v3 reserve.
///
/// @notice PURPOSE
/// A position that a vault can hold as an asset: its balance stands still and its price rises, while an aToken's balance grows
/// by itself. One share atom is one scaled atom of the aToken: shares are worth the pool's own index, and nothing else.
///
/// INVARIANTS
/// - Backing: the scaled aTokens of this contract >= its shares, always. Rounding is against whoever comes or goes.
/// - Donations count for nothing: neither tokens nor aTokens sent here move what a share is worth.
/// - It keeps no tokens and no allowance between calls.
/// - What max* say can be done, now, in one call; frozen, paused, capped and lent-out reserves are counted in.
///
/// ASSUMPTIONS
/// - The pool and its reserve are what they say. A faulty pool can lose everything in it: cap what is put there.
/// - The index grows by interest, and by what others give to the pool; whoever counts on a steady price must bound its growth
///   (Erc4626Adapter does). It never falls: Aave does not socialise losses in the index.
///
/// LIVENESS
/// `redeem` needs the reserve's cash. `redeemInKind` pays in aTokens and needs none. A paused reserve stops both; shares move.
///
/// ROLES
/// None: anyone deposits and redeems, for anyone who lets them.
///
/// WARNINGS
/// - Rewards that Aave pays to holders of aTokens are not collected.
/// - Stable-rate debt, which Aave has given up, is not looked at in `maxDeposit`.
/// - An index above 2 makes a single atom too little for Aave: deposits and withdrawals of one atom may revert then.
contract AaveSleeve is ERC4626 {
    using SafeERC20 for IERC20;
    using Math for uint256;

    uint256 private constant ONE_RAY = 1e27;
    uint256 private constant ACTIVE = 1 << 56;
    uint256 private constant FROZEN = 1 << 57;
    uint256 private constant PAUSED = 1 << 60;
    uint256 private constant CAP_MASK = (1 << 36) - 1;

    IAavePool public immutable pool;
    /// @notice What the shares are backed by; it holds the reserve's cash.
    address public immutable aToken;

    /// @notice `caller` turned `shares` of `owner` into `amount` aTokens for `receiver`.
    event RedeemedInKind(
        address indexed caller, address indexed receiver, address indexed owner, uint256 amount, uint256 shares
    );

    /// @notice `token` is not listed by the pool.
    error AaveSleeve__NotListed(address token);

    constructor(IAavePool pool_, IERC20Metadata token)
        ERC20(string.concat("Aave sleeve ", token.name()), string.concat("as", token.symbol()))
        ERC4626(token)
    {
        pool = pool_;
        aToken = pool_.getReserveData(address(token)).aTokenAddress;
        if (aToken == address(0)) revert AaveSleeve__NotListed(address(token));
    }

    /// @notice Turns the shares of `owner` into aTokens for `receiver`: the exit while the reserve's cash is lent out.
    /// @return amount {aTokAtom} rounded down
    function redeemInKind(uint256 shares, address receiver, address owner) external returns (uint256 amount) {
        if (msg.sender != owner) _spendAllowance(owner, msg.sender, shares);
        _burn(owner, shares);
        amount = convertToAssets(shares);
        IERC20(aToken).safeTransfer(receiver, amount);
        emit RedeemedInKind(msg.sender, receiver, owner, amount, shares);
    }

    // ------------------------------------------------------------------- views

    /// @inheritdoc ERC4626
    function totalAssets() public view override returns (uint256) {
        return convertToAssets(totalSupply());
    }

    /// @inheritdoc ERC4626
    function maxDeposit(address) public view override returns (uint256) {
        IAavePool.ReserveData memory reserve = pool.getReserveData(asset());
        uint256 bits = reserve.configuration;
        if (bits & ACTIVE == 0 || bits & (FROZEN | PAUSED) != 0) return 0;
        uint256 cap = ((bits >> 116) & CAP_MASK) * 10 ** uint8(bits >> 48);
        return cap == 0 ? type(uint256).max : Math.saturatingSub(cap, _suppliedUp(reserve));
    }

    /// @inheritdoc ERC4626
    function maxMint(address receiver) public view override returns (uint256) {
        uint256 assets = maxDeposit(receiver);
        return assets == type(uint256).max ? assets : convertToShares(assets);
    }

    /// @inheritdoc ERC4626
    function maxWithdraw(address owner) public view override returns (uint256) {
        return Math.min(convertToAssets(balanceOf(owner)), _cash());
    }

    /// @inheritdoc ERC4626
    function maxRedeem(address owner) public view override returns (uint256) {
        return Math.min(balanceOf(owner), convertToShares(_cash()));
    }

    /// @dev What the pool can pay out now.
    function _cash() private view returns (uint256) {
        uint256 bits = pool.getReserveData(asset()).configuration;
        if (bits & ACTIVE == 0 || bits & PAUSED != 0) return 0;
        return IERC20(asset()).balanceOf(aToken);
    }

    /// @dev What the pool holds against its supply cap, rounded up. A part of the interest since the pool's last update goes to
    /// the treasury and counts too; here all of it does, at its end amount, so that this is never too little.
    function _suppliedUp(IAavePool.ReserveData memory reserve) private view returns (uint256 supplied) {
        uint256 scaled = IAToken(aToken).scaledTotalSupply() + reserve.accruedToTreasury;
        supplied = scaled.mulDiv(_index(), ONE_RAY, Math.Rounding.Ceil);
        uint256 growth = (block.timestamp - reserve.lastUpdateTimestamp) * reserve.currentVariableBorrowRate;
        uint256 owed = IERC20(reserve.variableDebtTokenAddress).totalSupply();
        supplied += owed.mulDiv(growth, ONE_RAY * 365 days, Math.Rounding.Ceil);
    }

    function _index() private view returns (uint256) {
        return pool.getReserveNormalizedIncome(asset());
    }

    // --------------------------------------------------------------- converting

    function _convertToShares(uint256 assets, Math.Rounding rounding) internal view override returns (uint256) {
        return assets.mulDiv(ONE_RAY, _index(), rounding);
    }

    function _convertToAssets(uint256 shares, Math.Rounding rounding) internal view override returns (uint256) {
        return shares.mulDiv(_index(), ONE_RAY, rounding);
    }

    /// @dev Aave rounds to the nearest scaled atom; shares are rounded down of that or less.
    function _deposit(address caller, address receiver, uint256 assets, uint256 shares) internal override {
        IERC20 token = IERC20(asset());
        if (assets != 0) {
            token.safeTransferFrom(caller, address(this), assets);
            token.forceApprove(address(pool), assets);
            pool.supply(address(token), assets, address(this), 0);
        }
        _mint(receiver, shares);
        emit Deposit(caller, receiver, assets, shares);
    }

    /// @dev Aave rounds to the nearest scaled atom; shares are rounded up to that or more.
    function _withdraw(address caller, address receiver, address owner, uint256 assets, uint256 shares)
        internal
        override
    {
        if (caller != owner) _spendAllowance(owner, caller, shares);
        _burn(owner, shares);
        if (assets != 0) pool.withdraw(asset(), assets, receiver);
        emit Withdraw(caller, receiver, owner, assets, shares);
    }
}
