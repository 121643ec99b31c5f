// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../interfaces/IBasketVault.sol";
import {PoolSwaps} from "./PoolSwaps.sol";
import {Zap} from "./Zap.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title ZapIn: exactly so many shares of a basket for at most so much of one token.
///
/// @notice PURPOSE
/// Takes one token, buys the vault's assets over given routes, mints exactly the shares asked for, and gives back what is
/// left: of the token, and of every asset that was bought in excess.
///
/// INVARIANTS
/// - The caller gets exactly `shares` for at most `maxIn`, or nothing happens.
/// - It holds nothing and has approved nobody between transactions.
/// - It only mints: a vault refuses to mint and redeem in one transaction.
///
/// ASSUMPTIONS
/// - The vault is one that the caller trusts: it is called as it is named. It can take no more than `maxIn` bought.
/// - Those of PoolSwaps. An asset without a pool (a position's share) cannot be bought here: mint in kind instead.
///
/// ROLES
/// None. WARNING: tokens sent here by mistake belong to the next caller.
contract ZapIn is Zap {
    using SafeERC20 for IERC20;

    /// @param vault whose shares are minted
    /// @param tokenIn what the caller pays with; may be an asset of the vault
    /// @param maxIn {tokAtom} taken from the caller; what is not needed comes back
    /// @param shares {share} D18 minted, exactly
    /// @param to receiver of the shares; leftovers go back to the caller
    /// @param deadline {s} last second at which this may be mined
    struct Order {
        IBasketVault vault;
        address tokenIn;
        uint256 maxIn;
        uint256 shares;
        address to;
        uint256 deadline;
    }

    /// @notice An ERC-2612 permit of exactly `maxIn`.
    struct Permit {
        uint256 deadline;
        uint8 v;
        bytes32 r;
        bytes32 s;
    }

    /// @notice A route ends in an asset of the vault: anything else would stay behind.
    error ZapIn__WrongEnd(address end);

    constructor(address factory_, address pairFactory_) PoolSwaps(factory_, pairFactory_) {}

    /// @notice Mints as ordered, buying the assets with `tokenIn` over `routes`. The caller has approved this contract.
    /// @param routes all from `tokenIn`; together they sell at most `maxIn`
    /// @return spent {tokAtom} what did not come back of `tokenIn`
    function zap(Order calldata order, Route[] calldata routes) external returns (uint256 spent) {
        return _zap(order, routes);
    }

    /// @notice As `zap`, approved by an ERC-2612 permit instead of a transaction.
    /// @dev A permit that somebody else has already used has done its work: the allowance decides.
    function zapWithPermit(Order calldata order, Route[] calldata routes, Permit calldata p)
        external
        returns (uint256 spent)
    {
        try IERC20Permit(order.tokenIn).permit(msg.sender, address(this), order.maxIn, p.deadline, p.v, p.r, p.s) {}
            catch {}
        return _zap(order, routes);
    }

    function _zap(Order calldata order, Route[] calldata routes)
        private
        nonReentrant
        inTime(order.deadline)
        returns (uint256 spent)
    {
        _take(order.tokenIn, order.maxIn);
        address[] memory assets = order.vault.assets();
        for (uint256 i; i < routes.length; ++i) {
            address end = _follow(routes[i].hops, order.tokenIn, routes[i].amountIn, address(this));
            if (end != order.tokenIn) _requireAsset(end, assets);
        }
        for (uint256 i; i < assets.length; ++i) {
            IERC20(assets[i]).forceApprove(address(order.vault), IERC20(assets[i]).balanceOf(address(this)));
        }
        order.vault.mint(order.shares, new uint256[](0), order.to);
        spent = Math.saturatingSub(order.maxIn, _sweep(order.tokenIn, msg.sender));
        for (uint256 i; i < assets.length; ++i) {
            IERC20(assets[i]).forceApprove(address(order.vault), 0);
            _sweep(assets[i], msg.sender);
        }
    }

    function _requireAsset(address token, address[] memory assets) private pure {
        for (uint256 i; i < assets.length; ++i) {
            if (assets[i] == token) return;
        }
        revert ZapIn__WrongEnd(token);
    }
}
