// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IPolicy} from "../interfaces/IPolicy.sol";
import {AaveLeverage} from "./AaveLeverage.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title LeverageFactory: a leveraged position, its policy and its first shares in one transaction.
///
/// @notice PURPOSE
/// A position that is only deployed belongs to whoever registers it first, and whoever mints its first shares can mint so few of
/// them, and give them so much, that one is worth more than the settler counts. Here there is no such moment.
///
/// INVARIANTS
/// - It holds nothing and has approved nobody between transactions.
/// - Every position it creates obeys the one settler.
///
/// ROLES
/// None: anyone creates positions, for anyone. Which pool and which assets is the creator's to choose, and the holders' to check.
contract LeverageFactory {
    using SafeERC20 for IERC20;

    /// @param name of the share token
    /// @param symbol of the share token
    /// @param setup of the position
    /// @param shares {share} D18 of the first mint; the creator pays their collateral, and has approved this factory
    /// @param sharesTo who gets them, less the few that are locked
    /// @param roles who may do what
    /// @param bounds inside which
    /// @param rules that may propose on chain
    struct Plan {
        string name;
        string symbol;
        AaveLeverage.Setup setup;
        uint256 shares;
        address sharesTo;
        IPolicy.Roles roles;
        IPolicy.Bounds bounds;
        address[] rules;
    }

    address public immutable settler;
    IPolicy public immutable policy;

    event Created(address indexed position, address indexed creator);

    /// @notice The position would obey `given`.
    error LeverageFactory__WrongSettler(address given, address settler);

    constructor(address settler_, IPolicy policy_) {
        (settler, policy) = (settler_, policy_);
    }

    /// @notice Creates a position as planned. Anyone.
    function create(Plan calldata plan) external returns (AaveLeverage position) {
        if (plan.setup.settler != settler) revert LeverageFactory__WrongSettler(plan.setup.settler, settler);
        position = new AaveLeverage(plan.name, plan.symbol, plan.setup);
        policy.register(address(position), plan.roles, plan.bounds, plan.rules);
        uint256 amount = Math.mulDiv(plan.shares, plan.setup.genesis, 1e18, Math.Rounding.Ceil);
        IERC20 collateral = IERC20(plan.setup.collateral);
        collateral.safeTransferFrom(msg.sender, address(this), amount);
        collateral.forceApprove(address(position), amount);
        position.mint(plan.shares, amount, 0, plan.sharesTo);
        emit Created(address(position), msg.sender);
    }
}
