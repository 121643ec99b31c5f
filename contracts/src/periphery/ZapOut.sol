// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../interfaces/IBasketVault.sol";
import {PoolSwaps} from "./PoolSwaps.sol";
import {Zap} from "./Zap.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title ZapOut: shares of a basket for at least so much of one token.
///
/// @notice PURPOSE
/// Takes shares, redeems them in kind, sells the assets over given routes and pays one token. What no route sells is paid
/// in kind to the same receiver.
///
/// INVARIANTS
/// - The receiver gets at least `minOut`, measured on the receiver, or nothing happens.
/// - It holds nothing and has approved nobody between transactions: it never approves anybody at all.
/// - It only redeems: a vault refuses to mint and redeem in one transaction.
///
/// ASSUMPTIONS
/// - The vault is one that the caller trusts: it is called as it is named. - Those of PoolSwaps.
///
/// LIVENESS
/// No token is skipped: the claim kept for it would be this contract's. If an asset's transfers revert, redeem from the
/// vault directly with `redeemSkipping`, which needs nothing from here, and sell what comes out.
///
/// ROLES
/// None. WARNING: tokens sent here by mistake belong to the next caller.
contract ZapOut is Zap {
    /// @param vault whose shares are redeemed
    /// @param shares {share} D18 taken from the caller
    /// @param tokenOut what the receiver wants; may be an asset of the vault
    /// @param minOut {tokAtom} least that the receiver must get of it
    /// @param to receiver of everything
    /// @param deadline {s} last second at which this may be mined
    struct Order {
        IBasketVault vault;
        uint256 shares;
        address tokenOut;
        uint256 minOut;
        address to;
        uint256 deadline;
    }

    /// @param token sold
    /// @param route ends in `tokenOut`; an `amountIn` of `ALL` sells all that is left of `token`
    struct Sale {
        address token;
        Route route;
    }

    /// @notice As a route's amount: all that is left. A fill may move what a share consists of before this is mined.
    uint256 public constant ALL = type(uint256).max;

    /// @notice A route must end in the token that is wanted.
    error ZapOut__WrongEnd(address end, address tokenOut);
    /// @notice The receiver would get less than ordered.
    error ZapOut__TooLittle(uint256 received, uint256 minOut);

    constructor(address factory_, address pairFactory_) PoolSwaps(factory_, pairFactory_) {}

    /// @notice Redeems as ordered and sells the assets by `sales`. The caller has approved this contract.
    /// @return received {tokAtom} of `tokenOut`, as measured on the receiver
    function zap(Order calldata order, Sale[] calldata sales)
        external
        nonReentrant
        inTime(order.deadline)
        returns (uint256 received)
    {
        uint256 before = IERC20(order.tokenOut).balanceOf(order.to);
        _take(address(order.vault), order.shares);
        order.vault.redeem(order.shares, new uint256[](0), address(this));
        for (uint256 i; i < sales.length; ++i) {
            _sell(sales[i].token, sales[i].route, order.tokenOut);
        }
        _sweep(order.tokenOut, order.to);
        received = IERC20(order.tokenOut).balanceOf(order.to) - before;
        if (received < order.minOut) revert ZapOut__TooLittle(received, order.minOut);
        address[] memory assets = order.vault.assets();
        for (uint256 i; i < assets.length; ++i) {
            _sweep(assets[i], order.to);
        }
    }

    function _sell(address token, Route calldata route, address tokenOut) private {
        uint256 amount = route.amountIn == ALL ? IERC20(token).balanceOf(address(this)) : route.amountIn;
        address end = _follow(route.hops, token, amount, address(this));
        if (end != tokenOut) revert ZapOut__WrongEnd(end, tokenOut);
    }
}
