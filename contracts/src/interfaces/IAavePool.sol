// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title What is used of an Aave v3 pool.
interface IAavePool {
    /// @param configuration bits: 56 active, 57 frozen, 60 paused, 48-55 decimals, 116-151 supply cap in whole tokens
    /// @param liquidityIndex {ray} of suppliers
    /// @param aTokenAddress the supplied, interest-bearing token; it also holds the reserve's cash
    /// @param accruedToTreasury {scaledAtom} that will be minted to the protocol
    struct ReserveData {
        uint256 configuration;
        uint128 liquidityIndex;
        uint128 currentLiquidityRate;
        uint128 variableBorrowIndex;
        uint128 currentVariableBorrowRate;
        uint128 currentStableBorrowRate;
        uint40 lastUpdateTimestamp;
        uint16 id;
        address aTokenAddress;
        address stableDebtTokenAddress;
        address variableDebtTokenAddress;
        address interestRateStrategyAddress;
        uint128 accruedToTreasury;
        uint128 unbacked;
        uint128 isolationModeTotalDebt;
    }

    function supply(address asset, uint256 amount, address onBehalfOf, uint16 referralCode) external;

    /// @param amount {tokAtom}; the maximum of the type means all of the caller's
    function withdraw(address asset, uint256 amount, address to) external returns (uint256);

    /// @param rateMode 2: variable
    function borrow(address asset, uint256 amount, uint256 rateMode, uint16 referralCode, address onBehalfOf) external;

    function repay(address asset, uint256 amount, uint256 rateMode, address onBehalfOf) external returns (uint256);

    /// @dev Of the caller, who must hold some of it; refused if its health factor would fall under 1.
    function setUserUseReserveAsCollateral(address asset, bool useAsCollateral) external;

    function getReserveData(address asset) external view returns (ReserveData memory);

    /// @return {ray} what one scaled atom is worth now
    function getReserveNormalizedIncome(address asset) external view returns (uint256);

    /// @return totalCollateralBase {base}
    /// @return totalDebtBase {base}
    /// @return availableBorrowsBase {base}
    /// @return currentLiquidationThreshold {bps}
    /// @return ltv {bps}
    /// @return healthFactor D18{1} of which under 1 others may liquidate; the maximum of the type if there is no debt
    function getUserAccountData(address user)
        external
        view
        returns (
            uint256 totalCollateralBase,
            uint256 totalDebtBase,
            uint256 availableBorrowsBase,
            uint256 currentLiquidationThreshold,
            uint256 ltv,
            uint256 healthFactor
        );
}

/// @title What is used of an aToken beside ERC-20.
interface IAToken {
    /// @return {scaledAtom} supplied by everybody, without interest
    function scaledTotalSupply() external view returns (uint256);
}
