// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title What a contract that buys from a vault may implement, to be paid before it pays.
/// @notice Only the account that called `Settler.fill` is ever called back, by the vault it fills, in the same call.
interface IFiller {
    /// @notice Pays at least `minBuy` of `buy` to the vault (`msg.sender`), which has just sent `sellAmount` of `sell`.
    /// @dev The vault measures its own balance afterwards: what this function returns or claims has no weight.
    /// @param sell token received {token}
    /// @param buy token owed {token}
    /// @param sellAmount {sellAtom} exactly what was sent
    /// @param minBuy {buyAtom} least that must have arrived when this returns
    /// @param data whatever the filler gave to `Settler.fill`
    function onFill(address sell, address buy, uint256 sellAmount, uint256 minBuy, bytes calldata data) external;
}
