// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {PoolSwaps} from "./PoolSwaps.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

/// @title Zap: what the two ways between one token and a basket have in common.
///
/// @notice INVARIANTS
/// - One zap at a time: whoever is called on the way (a token's hook) finds no door to what is here meanwhile.
/// - A caller's tokens are only taken in the caller's own call.
/// - Everything that is here at the end is handed on.
abstract contract Zap is PoolSwaps, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @notice The zap came too late.
    error Zap__Expired(uint256 deadline, uint256 now_);

    /// @param deadline {s} last second at which this may be mined
    modifier inTime(uint256 deadline) {
        if (block.timestamp > deadline) revert Zap__Expired(deadline, block.timestamp);
        _;
    }

    function _take(address token, uint256 amount) internal {
        IERC20(token).safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @dev Hands on whatever is here of `token`.
    function _sweep(address token, address to) internal returns (uint256 amount) {
        amount = IERC20(token).balanceOf(address(this));
        if (amount != 0) IERC20(token).safeTransfer(to, amount);
    }
}
