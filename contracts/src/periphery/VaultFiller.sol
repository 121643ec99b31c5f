// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IFiller} from "../interfaces/IFiller.sol";
import {ISettler} from "../interfaces/ISettler.sol";

/// @title VaultFiller: what every filler without capital of its own has in common.
///
/// @notice PURPOSE
/// Asks the settler for a fill, is sent the sold token by the vault, turns it into the bought one (how is the heir's matter)
/// and holds the fill to the caller's own floor.
///
/// INVARIANTS
/// - One fill at a time, and only the vault being filled may call back.
/// - A fill that is late, or brings the vault less than `minOut`, reverts as a whole.
abstract contract VaultFiller is IFiller {
    ISettler public immutable settler;

    /// @dev Set only while a fill runs: the vault that may call `onFill`.
    address private transient _vault;

    /// @notice The fill came too late.
    error VaultFiller__Expired(uint256 deadline, uint256 now_);
    /// @notice `caller` is not the one expected now.
    error VaultFiller__Unexpected(address caller);
    /// @notice The vault received less than the caller wants for it.
    error VaultFiller__TooLittle(uint256 received, uint256 minOut);

    constructor(ISettler settler_) {
        settler = settler_;
    }

    /// @inheritdoc IFiller
    function onFill(address sell, address buy, uint256 sellAmount, uint256, bytes calldata data) external {
        if (msg.sender != _vault) revert VaultFiller__Unexpected(msg.sender);
        _convert(msg.sender, sell, buy, sellAmount, data);
    }

    /// @dev Fills, with `data` handed on to `_convert`.
    /// @param minOut {buyAtom} least that the vault must receive; the settler's quote is the other, independent floor
    /// @param deadline {s} last second at which this may be mined
    /// @return received {buyAtom} as measured by the vault
    function _fill(
        address vault,
        address sell,
        address buy,
        uint256 sellAmount,
        uint256 minOut,
        uint256 deadline,
        bytes memory data
    ) internal returns (uint256 received) {
        if (block.timestamp > deadline) {
            revert VaultFiller__Expired(deadline, block.timestamp);
        }
        if (_vault != address(0)) revert VaultFiller__Unexpected(msg.sender);
        _vault = vault;
        received = settler.fill(vault, sell, buy, sellAmount, type(uint256).max, data);
        _vault = address(0);
        if (received < minOut) revert VaultFiller__TooLittle(received, minOut);
    }

    /// @dev Turns the `sellAmount` of `sell` that has just come from `vault` into `buy` for `vault`.
    function _convert(address vault, address sell, address buy, uint256 sellAmount, bytes calldata data)
        internal
        virtual;
}
