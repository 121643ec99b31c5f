// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {ERC20Wrapper} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Wrapper.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";

/// @title ShareVotes: shares of a vault, one for one, as votes.
///
/// @notice PURPOSE
/// Custody knows nothing of voting. Whoever wants to vote wraps shares here, delegates (also to oneself), and unwraps to
/// redeem. Everything is OpenZeppelin's.
///
/// INVARIANTS
/// - Every wrapped share is backed by one share; unwrapping needs nobody. - Votes count as of the block before a vote opens.
///
/// WARNINGS
/// - Anybody may mint shares in kind at no cost but gas, vote, and redeem: a majority is rented, not bought. What votes can
///   do must therefore stay inside the policy's ceilings and delays, with a guardian who can cancel. Unwrapped shares have
///   no vote, so a quorum counts wrapped shares only.
contract ShareVotes is ERC20, ERC20Permit, ERC20Votes, ERC20Wrapper {
    constructor(IERC20 shares, string memory name_, string memory symbol_)
        ERC20(name_, symbol_)
        ERC20Permit(name_)
        ERC20Wrapper(shares)
    {}

    function decimals() public view override(ERC20, ERC20Wrapper) returns (uint8) {
        return super.decimals();
    }

    function nonces(address owner) public view override(ERC20Permit, Nonces) returns (uint256) {
        return super.nonces(owner);
    }

    function _update(address from, address to, uint256 value) internal override(ERC20, ERC20Votes) {
        super._update(from, to, value);
    }
}
