// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @title Custody of a basket of tokens against shares.
/// @notice Shares are an ERC-20 with 18 decimals. Everything goes in and out in kind; there is no price in here.
interface IBasketVault is IERC1271 {
    /// @notice A sale by a batch auction that takes by allowance and pays within the same transaction.
    /// @param digest that the auction will ask the vault to sign
    /// @param sell token that may be taken
    /// @param buy token that pays
    /// @param relayer who may take it
    /// @param validTo {s} last second at which the auction may settle it
    /// @param leastSupply {share} D18 it is over when fewer shares than this are left
    /// @param sellAmount {sellAtom} most that may be taken
    /// @param buyAmount {buyAtom} least that must come in for all of it, and pro rata for a part
    struct ArmedSale {
        bytes32 digest;
        address sell;
        address buy;
        address relayer;
        uint32 validTo;
        uint96 leastSupply;
        uint256 sellAmount;
        uint256 buyAmount;
    }

    /// @notice `account` paid `amountsIn[i]` of `assets()[i]` and `to` got `shares`.
    event Minted(address indexed account, address indexed to, uint256 shares, uint256[] amountsIn);
    /// @notice `account` burnt `shares` and `to` got `amountsOut[i]` of `assets()[i]`.
    event Redeemed(address indexed account, address indexed to, uint256 shares, uint256[] amountsOut);
    /// @notice A token was skipped on redeem; `account` may claim `amount` of it later.
    event ClaimKept(address indexed account, address indexed token, uint256 amount);
    /// @notice A kept claim was paid out.
    event ClaimPaid(address indexed account, address indexed token, address to, uint256 amount);
    /// @notice A position was entered or left: `deltas` were asked for, `received` came in, where `deltas` are not negative.
    event Converted(address indexed adapter, address[] tokens, int256[] deltas, uint256[] received);
    /// @notice The ledger said that the shares own `was` of `token` and says `now_` from now on: a loss, or a drop of a gain.
    event Synced(address indexed token, uint256 was, uint256 now_);
    /// @notice A batch auction may now take up to `sellAmount`, for `buyAmount` or more, until `validTo`.
    event Armed(
        bytes32 indexed digest,
        address indexed sell,
        address indexed buy,
        uint256 sellAmount,
        uint256 buyAmount,
        uint256 validTo
    );
    /// @notice The armed order was found to have sold `sold` for `received` since the last look.
    event Executed(bytes32 indexed digest, uint256 sold, uint256 received);
    /// @notice So much was redeemed that those who stay could not bear the rest of the order: nothing more may be taken for it.
    event Stopped(bytes32 indexed digest);
    /// @notice The order may not be filled any more.
    event Disarmed(bytes32 indexed digest);

    /// @notice Only the settler, or the allocator, may do this.
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
    /// @notice The armed order with this digest stands in the way: disarm it first.
    error BasketVault__AlreadyArmed(bytes32 digest);
    /// @notice The armed order has sold more than it has been paid for so far: its settlement is not over.
    error BasketVault__InTheMiddle(bytes32 digest);
    /// @notice Units per share cannot exceed 200 bits.
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

    /// @notice Looks at a token: what is missing is lost at once, what was given counts in drops of at most 1 % a day. Anyone.
    function sync(address token) external;

    /// @notice Sells `sellAmount` of `sell` to `filler` for at least `minBuy` of `buy`. Only the settler.
    /// @dev The settler announces it. Both balances are measured: exactly `sellAmount` must have left and at least `minBuy` must have arrived.
    /// @param data empty: `minBuy` is pulled from `filler` by transferFrom; else `IFiller(filler).onFill` is called with it
    /// @return received {buyAtom} measured, all of it the vault's
    function settle(address sell, address buy, uint256 sellAmount, uint256 minBuy, address filler, bytes calldata data)
        external
        returns (uint256 received);

    /// @notice Sends `adapter` what `deltas` says with a minus, and takes from it at least what they say with a plus. Only the allocator.
    /// @dev Every balance is measured. Tokens in strictly ascending order, none of them in the armed order.
    /// @return received {tokAtom} measured, where `deltas` are not negative
    function convert(address[] calldata tokens, int256[] calldata deltas, address adapter, bytes calldata data)
        external
        returns (uint256[] memory received);

    /// @notice Lets a batch auction take what `sale` says: sets the allowance and answers for the digest. Only the settler.
    function arm(ArmedSale calldata sale) external;

    /// @notice Ends the armed order and its allowance, after counting what it has done. Only the settler.
    function disarm() external;

    /// @notice Returns the armed order's digest, zero if there is none, and what may still be taken {sellAtom}.
    function armed() external view returns (bytes32 digest, uint256 left);

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

    /// @notice Returns the one contract that may call `settle`, `arm` and `disarm`.
    function settler() external view returns (address);

    /// @notice Returns the one contract that may call `convert`.
    function allocator() external view returns (address);
}
