// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAavePool} from "../interfaces/IAavePool.sol";
import {ILeverage} from "../interfaces/ILeverage.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title AaveCredit: the hands that supply, withdraw, borrow and repay at one Aave v3 pool, for one position.
///
/// @notice INVARIANTS
/// - No tokens and no allowance stay here between calls.
/// - Nothing but the collateral counts as collateral for longer than it takes somebody to say so: whoever supplies another
///   asset in this position's name makes it one, and while the pool lends nothing against that asset (its loan-to-value is
///   zero) it lets nothing else out either, neither by settling nor by redeeming. Anyone ends that by `shed`.
abstract contract AaveCredit is ILeverage {
    using SafeERC20 for IERC20;

    uint256 private constant VARIABLE = 2;

    /// @inheritdoc ILeverage
    IAavePool public immutable pool;
    address public immutable collateral;
    address public immutable debtAsset;
    IERC20 public immutable aToken;
    IERC20 public immutable debtToken;

    constructor(IAavePool pool_, address collateral_, address debtAsset_) {
        (pool, collateral, debtAsset) = (pool_, collateral_, debtAsset_);
        aToken = IERC20(pool_.getReserveData(collateral_).aTokenAddress);
        debtToken = IERC20(pool_.getReserveData(debtAsset_).variableDebtTokenAddress);
    }

    /// @inheritdoc ILeverage
    function shed(address token) external {
        if (token == collateral) revert AaveLeverage__NotAGift(token);
        pool.setUserUseReserveAsCollateral(token, false);
    }

    /// @inheritdoc ILeverage
    function healthD18() public view returns (uint256 healthD18_) {
        (,,,,, healthD18_) = pool.getUserAccountData(address(this));
    }

    function _supplied() internal view returns (uint256) {
        return aToken.balanceOf(address(this));
    }

    function _debt() internal view returns (uint256) {
        return debtToken.balanceOf(address(this));
    }

    /// @dev Supplies collateral, or repays debt, which is here.
    function _absorb(address token, uint256 amount) internal {
        if (amount == 0) return;
        IERC20(token).forceApprove(address(pool), amount);
        if (token == collateral) return pool.supply(token, amount, address(this), 0);
        uint256 debt = _debt();
        if (amount > debt) revert AaveLeverage__MoreThanDebt(amount, debt);
        pool.repay(token, amount, VARIABLE, address(this));
    }

    /// @dev Withdraws collateral, or borrows, for `to`.
    function _release(address token, uint256 amount, address to) internal {
        if (amount == 0) return;
        if (token != collateral) {
            pool.borrow(token, amount, VARIABLE, 0, address(this));
            IERC20(token).safeTransfer(to, amount);
        } else {
            pool.withdraw(token, amount, to);
        }
    }
}
