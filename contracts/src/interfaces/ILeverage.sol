// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAavePool} from "./IAavePool.sol";

/// @title A leveraged position with shares, which the settler treats like a basket of collateral and unused credit.
interface ILeverage {
    /// @param pool to supply to and borrow from
    /// @param collateral asset supplied
    /// @param debtAsset asset borrowed
    /// @param settler the one contract that may settle
    /// @param line {debtAtom per 1e18 shareAtom} that a share may owe
    /// @param genesis {collateralAtom per 1e18 shareAtom} that the first minter gives
    /// @param minHealthD18 D18{1} that no settlement may leave it under
    /// @param targetHealthD18 D18{1} under which every settlement must improve it
    struct Setup {
        IAavePool pool;
        address collateral;
        address debtAsset;
        address settler;
        uint256 line;
        uint256 genesis;
        uint256 minHealthD18;
        uint256 targetHealthD18;
    }

    event Minted(address indexed account, address indexed to, uint256 shares, uint256 collateralIn, uint256 debtOut);
    event Redeemed(address indexed account, address indexed to, uint256 shares, uint256 debtIn, uint256 collateralOut);
    event Settled(
        address indexed sell, address indexed buy, address indexed filler, uint256 sellAmount, uint256 received
    );

    /// @notice Only the settler may do this.
    error AaveLeverage__NotSettler(address caller);
    /// @notice A position needs two listed assets, 1 < minimum <= target, and something to start with.
    error AaveLeverage__BadSetup(Setup setup);
    /// @notice Collateral is exchanged for the debt asset, or the other way; nothing else.
    error AaveLeverage__NotAPair(address sell, address buy);
    /// @notice The first mint creates more than `MIN_SHARES`, every other one something.
    error AaveLeverage__TooFewShares(uint256 shares);
    /// @notice The caller would pay more, or get less, than it allows.
    error AaveLeverage__OffLimit(address token, uint256 amount, uint256 limit);
    /// @notice More of `token` would be sold than there is collateral, or line left.
    error AaveLeverage__Oversold(address token, uint256 amount, uint256 owned);
    /// @notice The filler paid less of `token` than the settler requires.
    error AaveLeverage__Underpaid(address token, uint256 required, uint256 received);
    /// @notice The collateral is what it is for: only what others supplied in this position's name is shed.
    error AaveLeverage__NotAGift(address token);
    /// @notice The filler paid more of the debt asset than is owed.
    error AaveLeverage__MoreThanDebt(uint256 received, uint256 debt);
    /// @notice The settlement would leave the position less healthy than it may.
    error AaveLeverage__Unhealthy(uint256 beforeD18, uint256 afterD18, uint256 minD18, uint256 targetD18);

    /// @notice Mints `shares` to `to`: takes their part of the collateral from the caller, hands out their part of the debt.
    /// @param maxCollateralIn {collateralAtom}
    /// @param minDebtOut {debtAtom}
    /// @return collateralIn {collateralAtom} rounded up
    /// @return debtOut {debtAtom} rounded down
    function mint(uint256 shares, uint256 maxCollateralIn, uint256 minDebtOut, address to)
        external
        returns (uint256 collateralIn, uint256 debtOut);

    /// @notice Burns the caller's `shares`: takes their part of the debt from the caller, pays their part of the collateral.
    /// @param maxDebtIn {debtAtom}
    /// @param minCollateralOut {collateralAtom}
    /// @param inKind pay aTokens instead of the collateral itself
    /// @return debtIn {debtAtom} rounded up
    /// @return collateralOut {collateralAtom} rounded down
    function redeem(uint256 shares, uint256 maxDebtIn, uint256 minCollateralOut, address to, bool inKind)
        external
        returns (uint256 debtIn, uint256 collateralOut);

    /// @notice Sells `sellAmount` of `sell` to `filler` for at least `minBuy` of `buy`. Only the settler.
    /// @param data empty: `minBuy` is pulled from `filler` first; else `filler` is sent its tokens and called back to pay
    /// @return received {buyAtom} measured
    function settle(address sell, address buy, uint256 sellAmount, uint256 minBuy, address filler, bytes calldata data)
        external
        returns (uint256 received);

    /// @notice Stops counting `token`, which others supplied in this position's name, as collateral. Anyone; not the collateral.
    function shed(address token) external;

    /// @notice Returns collateral and debt asset, in this order.
    function assets() external view returns (address[] memory tokens);

    /// @notice Returns the supply {share} D18 and what the settler counts: collateral, and what is left of the line {tokAtom}.
    function holdings() external view returns (uint256 supply, address[] memory tokens, uint256[] memory balances);

    /// @notice Returns the supply {share} D18 and two holdings {tokAtom}, as `holdings` does.
    function position(address sell, address buy)
        external
        view
        returns (uint256 supply, uint256 sellBalance, uint256 buyBalance);

    /// @notice Returns the pool's health factor of this position D18{1}; under 1, others may liquidate it.
    function healthD18() external view returns (uint256);

    /// @notice Returns the health factor D18{1} under which every settlement must improve it.
    function targetHealthD18() external view returns (uint256);

    /// @notice Returns the pool that lends.
    function pool() external view returns (IAavePool);

    /// @notice Returns the one contract that may settle.
    function settler() external view returns (address);
}
