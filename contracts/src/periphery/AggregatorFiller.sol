// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISettler} from "../interfaces/ISettler.sol";
import {VaultFiller} from "./VaultFiller.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";

/// @title AggregatorFiller: fills a vault's intent through one swap aggregator, with calldata that came from its API.
///
/// @notice PURPOSE
/// An aggregator's route is bytes that nobody here can read. So nothing of them is believed: the aggregator may take
/// exactly what the vault sold, what it says it paid has no weight, and the vault measures what arrived. It may pay this
/// contract, which hands everything on, or the vault itself. All that it gives beyond the quoted price is the vault's.
///
/// The target is fixed in the code: one filler per aggregator, and a new one is a new address. A caller who could name it
/// could have this contract call a token, a lending pool or anybody who ever trusted it by mistake; although it holds
/// nothing and is owed nothing between transactions, there is no need for such a call to exist.
///
/// INVARIANTS
/// - The only call with data of somebody's choosing goes to `router`, which is never a token of the sale, the vault or the
///   settler; the allowance is exactly the sale and zero afterwards.
/// - Exactly what the vault sent is spent: what is left of it makes the fill revert.
/// - It holds nothing and has approved nobody between transactions. Those of VaultFiller.
///
/// ASSUMPTIONS
/// - The aggregator pulls from its caller and is itself the spender, as those of 1inch, 0x and ParaSwap are. Nothing is
///   assumed of its honesty: at worst the fill reverts, or the vault gets no more than its own price.
///
/// ROLES
/// None. WARNING: never approve this contract, and send it nothing: anyone may take it.
contract AggregatorFiller is VaultFiller {
    using SafeERC20 for IERC20;

    address public immutable router;

    /// @notice The aggregator is a token of this sale, the vault or the settler: such a call is never made.
    error AggregatorFiller__NotCallable(address router);
    /// @notice The aggregator left `kept` here, of which `expected` was here before the sale.
    error AggregatorFiller__NotSpent(uint256 kept, uint256 expected);

    constructor(ISettler settler_, address router_) VaultFiller(settler_) {
        router = router_;
    }

    /// @notice Sells `sellAmount` of `sell` from `vault` by calling `router` with `data`. Anyone.
    /// @param minOut {buyAtom} least that the vault must receive; the settler's quote is the other, independent floor
    /// @param deadline {s} last second at which this may be mined
    /// @param data the aggregator's calldata: spends exactly `sellAmount` of this contract's, pays it or the vault
    /// @return received {buyAtom} as measured by the vault
    function fill(
        address vault,
        address sell,
        address buy,
        uint256 sellAmount,
        uint256 minOut,
        uint256 deadline,
        bytes calldata data
    ) external returns (uint256 received) {
        return _fill(vault, sell, buy, sellAmount, minOut, deadline, data);
    }

    /// @inheritdoc VaultFiller
    function _convert(address vault, address sell, address buy, uint256 sellAmount, bytes calldata data)
        internal
        override
    {
        _requireCallable(vault, sell, buy);
        uint256 before = IERC20(sell).balanceOf(address(this)) - sellAmount;
        _approve(sell, sellAmount);
        _call(data);
        _approve(sell, 0);
        _requireSpent(IERC20(sell).balanceOf(address(this)), before);
        uint256 brought = IERC20(buy).balanceOf(address(this));
        if (brought != 0) IERC20(buy).safeTransfer(vault, brought);
    }

    // ------------------------------------------------------------------ guards

    function _requireCallable(address vault, address sell, address buy) internal view virtual {
        if (router == sell || router == buy || router == vault || router == address(settler)) {
            revert AggregatorFiller__NotCallable(router);
        }
    }

    /// @dev Exactly `amount`, whatever it was.
    function _approve(address sell, uint256 amount) internal virtual {
        IERC20(sell).forceApprove(router, amount);
    }

    /// @dev To the one target there is; what it returns is not looked at.
    function _call(bytes calldata data) internal virtual {
        Address.functionCall(router, data);
    }

    function _requireSpent(uint256 kept, uint256 expected) internal pure virtual {
        if (kept != expected) revert AggregatorFiller__NotSpent(kept, expected);
    }
}
