// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {BasketVault} from "./BasketVault.sol";
import {IPolicy} from "./interfaces/IPolicy.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title Factory: a vault, its policy and its first assets in one transaction.
///
/// @notice PURPOSE
/// There is no moment at which a vault exists without roles, bounds, assets and shares, so there is nothing to front-run.
///
/// INVARIANTS
/// - It holds nothing and has approved nobody between transactions.
/// - The address of a vault depends on its creator, the salt and the assets, and is known beforehand.
///
/// ROLES
/// None: anyone creates vaults, for anyone.
contract Factory {
    using SafeERC20 for IERC20;

    /// @param name of the share token
    /// @param symbol of the share token
    /// @param assets in the order that every array will use; for ever
    /// @param amounts {tokAtom} first holdings, paid by the creator, who has approved this factory
    /// @param shares {share} D18 created for them; one should be worth at least ~10,000 atoms of every asset
    /// @param sharesTo who gets them, less the few that are locked
    /// @param roles who may do what
    /// @param bounds inside which
    /// @param rules that may propose on chain
    /// @param salt tells vaults of the same creator apart
    struct Plan {
        string name;
        string symbol;
        address[] assets;
        uint256[] amounts;
        uint256 shares;
        address sharesTo;
        IPolicy.Roles roles;
        IPolicy.Bounds bounds;
        address[] rules;
        bytes32 salt;
    }

    address public immutable implementation;
    IPolicy public immutable policy;

    event Created(address indexed vault, address indexed creator, address[] assets);

    /// @notice One amount is needed for every asset.
    error Factory__BadLength(uint256 amounts, uint256 assets);

    constructor(address implementation_, IPolicy policy_) {
        implementation = implementation_;
        policy = policy_;
    }

    /// @notice Creates a vault as planned. Anyone.
    function create(Plan calldata plan) external returns (address vault) {
        if (plan.amounts.length != plan.assets.length) {
            revert Factory__BadLength(plan.amounts.length, plan.assets.length);
        }
        vault = Clones.cloneDeterministicWithImmutableArgs(
            implementation, abi.encode(plan.assets), _saltOf(msg.sender, plan.salt)
        );
        policy.register(vault, plan.roles, plan.bounds, plan.rules);
        for (uint256 i; i < plan.assets.length; ++i) {
            if (plan.amounts[i] != 0) {
                IERC20(plan.assets[i]).safeTransferFrom(msg.sender, vault, plan.amounts[i]);
            }
        }
        BasketVault(vault).initialize(plan.name, plan.symbol, plan.amounts, plan.shares, plan.sharesTo);
        emit Created(vault, msg.sender, plan.assets);
    }

    /// @notice Returns the address that `create` would use.
    function predict(address creator, address[] calldata assets, bytes32 salt) external view returns (address) {
        return
            Clones.predictDeterministicAddressWithImmutableArgs(
                implementation, abi.encode(assets), _saltOf(creator, salt)
            );
    }

    function _saltOf(address creator, bytes32 salt) private pure returns (bytes32) {
        return keccak256(abi.encode(creator, salt));
    }
}
