// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title Custody of a basket of tokens against shares.
/// @notice Shares are an ERC-20 with 18 decimals. Everything goes in and out in kind; there is no price in here.
interface IBasketVault {
    /// @notice `account` paid `amountsIn[i]` of `assets()[i]` and `to` got `shares`.
    event Minted(address indexed account, address indexed to, uint256 shares, uint256[] amountsIn);
    /// @notice `account` burnt `shares` and `to` got `amountsOut[i]` of `assets()[i]`.
    event Redeemed(address indexed account, address indexed to, uint256 shares, uint256[] amountsOut);
    /// @notice A token was skipped on redeem; `account` may claim `amount` of it later.
    event ClaimKept(address indexed account, address indexed token, uint256 amount);
    /// @notice A kept claim was paid out.
    event ClaimPaid(address indexed account, address indexed token, address to, uint256 amount);
    /// @notice The settler sold `sellAmount` of `sell` for `received` of `buy`.
    event Settled(
        address indexed sell, address indexed buy, address indexed filler, uint256 sellAmount, uint256 received
    );

    /// @notice Only the settler may do this.
    error BasketVault__NotSettler(address caller);
    /// @notice `token` is not an asset of this vault.
    error BasketVault__NotAnAsset(address token);
    /// @notice The same token cannot be sold for itself, or be listed twice.
    error BasketVault__SameToken(address token);
    /// @notice A vault has 1 to `max` assets.
    error BasketVault__BadAssetCount(uint256 count, uint256 max);
    /// @notice One amount is needed for every asset, or none at all where limits are optional.
    error BasketVault__BadLength(uint256 given, uint256 assets);
    /// @notice The first mint must bring something of at least one asset: shares of nothing mean nothing.
    error BasketVault__Empty();
    /// @notice The first mint must create at least `min` shares.
    error BasketVault__TooFewShares(uint256 shares, uint256 min);
    /// @notice Nothing was asked for.
    error BasketVault__ZeroShares();
    /// @notice Minting would take more of `token` than the caller allows.
    error BasketVault__TooMuchIn(address token, uint256 needed, uint256 max);
    /// @notice Redeeming would give less of `token` than the caller allows.
    error BasketVault__TooLittleOut(address token, uint256 amount, uint256 min);
    /// @notice This vault should now hold `expected` of `token` and holds `actual`: a fee on transfer, a rebase or a lie.
    error BasketVault__BalanceMismatch(address token, uint256 expected, uint256 actual);
    /// @notice More of `token` would be sold than the shares own.
    error BasketVault__Oversold(address token, uint256 amount, uint256 owned);
    /// @notice The filler paid less of `token` than the settler requires.
    error BasketVault__Underpaid(address token, uint256 required, uint256 received);
    /// @notice `account` has no claim on `token`.
    error BasketVault__NoClaim(address account, address token);
    /// @notice Units per share cannot exceed 248 bits.
    error BasketVault__TooManyUnits(address token, uint256 unitsD36);

    /// @notice Mints exactly `shares` to `to` for a pro-rata part of every asset, rounded up (the minter loses the atom).
    /// @param shares {share} D18
    /// @param maxAmountsIn {tokAtom} per asset, in order; an empty array means no limit
    /// @param to receiver of the shares
    /// @return amountsIn {tokAtom} what was taken of each asset
    function mint(uint256 shares, uint256[] calldata maxAmountsIn, address to)
        external
        returns (uint256[] memory amountsIn);

    /// @notice Burns the caller's `shares` for a pro-rata part of every asset, rounded down (the redeemer loses the atom).
    /// @param shares {share} D18
    /// @param minAmountsOut {tokAtom} per asset, in order; an empty array means no limit
    /// @param to receiver of the assets
    /// @return amountsOut {tokAtom} what was paid of each asset
    function redeem(uint256 shares, uint256[] calldata minAmountsOut, address to)
        external
        returns (uint256[] memory amountsOut);

    /// @notice Redeems as `redeem` does, but does not touch the assets whose bit is set in `skip`: a claim is kept instead.
    /// @dev One broken token can thus never hold the others back. Needs no oracle, no keeper and no permission.
    /// @param skip bit i set: keep a claim on `assets()[i]` instead of paying it
    function redeemSkipping(uint256 shares, uint256[] calldata minAmountsOut, address to, uint256 skip)
        external
        returns (uint256[] memory amountsOut);

    /// @notice Pays the caller's whole claim on `token` to `to`.
    /// @return amount {tokAtom}
    function claim(address token, address to) external returns (uint256 amount);

    /// @notice Sells `sellAmount` of `sell` to `filler` for at least `minBuy` of `buy`. Only the settler.
    /// @dev Both balances are measured: exactly `sellAmount` must have left and at least `minBuy` must have arrived.
    /// @param data empty: `minBuy` is pulled from `filler` by transferFrom; else `IFiller(filler).onFill` is called with it
    /// @return received {buyAtom} measured, all of it the vault's
    function settle(address sell, address buy, uint256 sellAmount, uint256 minBuy, address filler, bytes calldata data)
        external
        returns (uint256 received);

    /// @notice Returns the assets, in the order every array of this contract uses. They never change.
    function assets() external view returns (address[] memory tokens);

    /// @notice Returns the supply {share} D18 and the assets with the balances {tokAtom} that the shares own. Reverts while locked.
    function holdings() external view returns (uint256 supply, address[] memory tokens, uint256[] memory balances);

    /// @notice Returns what a fill needs: supply {share} D18 and two balances {tokAtom} that the shares own. Reverts while locked.
    function position(address sell, address buy)
        external
        view
        returns (uint256 supply, uint256 sellBalance, uint256 buyBalance);

    /// @notice Returns what every share consists of, D36{tokAtom/shareAtom}. Reverts while locked.
    function unitsOf(address token) external view returns (uint256 unitsD36);

    /// @notice Returns what `account` may still claim of `token` {tokAtom}.
    function claimOf(address account, address token) external view returns (uint256);

    /// @notice Returns the one contract that may call `settle`.
    function settler() external view returns (address);
}
