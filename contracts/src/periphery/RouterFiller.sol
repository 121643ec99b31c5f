// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISettler} from "../interfaces/ISettler.sol";
import {PoolSwaps} from "./PoolSwaps.sol";
import {VaultFiller} from "./VaultFiller.sol";

/// @title RouterFiller: fills a vault's intent by swapping what it sells on Uniswap v2 pairs and v3 pools.
///
/// @notice PURPOSE
/// Anyone may fill a vault without capital: the vault sends the sold token here, the pools turn it into the bought one, and
/// the last pool of every route pays the vault itself. Whatever the pools give beyond the quoted price is the vault's.
///
/// INVARIANTS
/// - It holds nothing and has approved nobody between transactions; exactly what the vault sends is swapped.
/// - Nobody but the vault is ever paid: no field of a route names a receiver.
/// - Those of VaultFiller and PoolSwaps.
///
/// ASSUMPTIONS
/// - Those of PoolSwaps.
///
/// ROLES
/// None. WARNING: tokens sent here by mistake are lost.
contract RouterFiller is VaultFiller, PoolSwaps {
    /// @notice The routes must use up exactly what is sold.
    error RouterFiller__AmountsDoNotSum(uint256 sum, uint256 sellAmount);
    /// @notice A route must end in the bought token.
    error RouterFiller__WrongEnd(address end, address buy);

    constructor(ISettler settler_, address factory_, address pairFactory_)
        VaultFiller(settler_)
        PoolSwaps(factory_, pairFactory_)
    {}

    /// @notice Sells `sellAmount` of `sell` from `vault` over `routes`; the vault gets everything they bring. Anyone.
    /// @param minOut {buyAtom} least that the vault must receive; the settler's quote is the other, independent floor
    /// @param deadline {s} last second at which this may be mined
    /// @return received {buyAtom} as measured by the vault
    function fill(
        address vault,
        address sell,
        address buy,
        uint256 sellAmount,
        uint256 minOut,
        uint256 deadline,
        Route[] calldata routes
    ) external returns (uint256 received) {
        return _fill(vault, sell, buy, sellAmount, minOut, deadline, abi.encode(routes));
    }

    /// @inheritdoc VaultFiller
    function _convert(address vault, address sell, address buy, uint256 sellAmount, bytes calldata data)
        internal
        override
    {
        Route[] memory routes = abi.decode(data, (Route[]));
        uint256 sum;
        for (uint256 i; i < routes.length; ++i) {
            sum += routes[i].amountIn;
            address end = _follow(routes[i].hops, sell, routes[i].amountIn, vault);
            if (end != buy) revert RouterFiller__WrongEnd(end, buy);
        }
        if (sum != sellAmount) revert RouterFiller__AmountsDoNotSum(sum, sellAmount);
    }
}
