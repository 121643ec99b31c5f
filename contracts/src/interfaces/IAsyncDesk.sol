// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC7540Deposit, IERC7540Operator, IERC7540Redeem, IERC7575} from "./IERC7540.sol";
import {IOracleHub} from "./IOracleHub.sol";

/// @title Into and out of a basket with one asset, at prices that were really paid.
interface IAsyncDesk is IERC7575, IERC7540Operator, IERC7540Deposit, IERC7540Redeem {
    /// @notice How a desk works; fixed at deployment.
    /// @param period {s} least time during which an epoch takes requests
    /// @param gap {s} between locking an epoch and the first moment it may be priced
    /// @param decay {s} from the start of the price to its floor
    /// @param patience {s} from the first pricing on; then whatever was not filled goes back
    /// @param startPremBps {bps} above the oracle, at the first moment
    /// @param floorDiscBps {bps} below the oracle, from `decay` on
    struct Terms {
        uint32 period;
        uint32 gap;
        uint32 decay;
        uint32 patience;
        uint16 startPremBps;
        uint16 floorDiscBps;
    }

    /// @notice One side of one epoch: what was requested becomes what was got.
    /// @param total {inAtom} requested by everybody: assets by those who enter, shares by those who leave
    /// @param left {inAtom} not yet sold
    /// @param got {outAtom} for what was sold
    struct Pot {
        uint256 total;
        uint256 left;
        uint256 got;
    }

    /// @notice `epoch` takes no more requests; it may be priced from `notBefore` {s} on.
    event Locked(uint256 indexed epoch, uint256 assets, uint256 shares, uint256 notBefore);
    /// @notice Those who enter gave `assets` to those who leave for `shares`, at the oracle's prices.
    event Crossed(uint256 indexed epoch, uint256 assets, uint256 shares);
    /// @notice `filler` bought `sold` of the asset (entering) or the share and paid `received` of the other.
    event Filled(
        uint256 indexed epoch,
        address indexed filler,
        bool indexed entering,
        uint256 sold,
        uint256 required,
        uint256 received
    );
    /// @notice Everything of `epoch` is claimable; `assets` and `shares` were not sold and go back.
    event Finished(uint256 indexed epoch, uint256 assets, uint256 shares);
    /// @notice What was not sold of a controller's requests went back.
    event Reclaimed(address indexed controller, address indexed receiver, address token, uint256 amount);

    /// @notice The terms make no sense, or the asset is the share.
    error AsyncDesk__BadTerms(Terms terms);
    /// @notice `caller` may not act for `account`: it is neither that account nor its operator.
    error AsyncDesk__NotAllowed(address account, address caller);
    /// @notice Nothing was asked for.
    error AsyncDesk__Zero();
    /// @notice `amount` is more than the `available` one.
    error AsyncDesk__TooMuch(uint256 amount, uint256 available);
    /// @notice What comes is only known when the request is filled.
    error AsyncDesk__NoPreview();
    /// @notice This may happen from `readyAt` {s} on, or never if there is nothing to do.
    error AsyncDesk__NotReady(uint256 readyAt);
    /// @notice There is no price of `token` that was published after the lock.
    error AsyncDesk__NoPrice(address token, IOracleHub.Status status, uint256 updatedAt, uint256 lockedAt);
    /// @notice The price is now higher than the filler wants to pay.
    error AsyncDesk__PriceAboveLimit(uint256 required, uint256 maxPay);
    /// @notice The desk should now hold `expected` of `token` and holds `actual`.
    error AsyncDesk__BalanceMismatch(address token, uint256 expected, uint256 actual);
    /// @notice The filler paid less than required.
    error AsyncDesk__Underpaid(address token, uint256 required, uint256 received);

    /// @notice Ends the taking of requests for the open epoch and opens the next. Anyone, after its period.
    function lock() external;

    /// @notice Lets those who enter and those who leave in the locked epoch trade with each other at the oracle's prices. Anyone.
    /// @return assets {assetAtom} that changed hands
    /// @return shares {share} D18 that changed hands
    function cross() external returns (uint256 assets, uint256 shares);

    /// @notice Buys `amount` of the asset for shares (`entering`), or of the shares for the asset, from the locked epoch. Anyone.
    /// @param maxPay {outAtom} most that the quote may be
    /// @param data empty: the quote is pulled from the caller; else the caller is called back, see `IFiller`
    /// @return received {outAtom} measured, all of it the requesters'
    function fill(bool entering, uint256 amount, uint256 maxPay, bytes calldata data)
        external
        returns (uint256 received);

    /// @notice Makes everything of the locked epoch claimable. Anyone, when nothing is left to sell or patience is over.
    function finish() external;

    /// @notice Pays out what was not sold of the controller's requests: assets (`entering`) or shares. The controller or its operator.
    function reclaim(bool entering, address receiver, address controller) external returns (uint256 amount);

    /// @notice Returns what `fill` would ask for now, rounded up.
    function quote(bool entering, uint256 amount) external view returns (uint256 required);

    /// @notice Returns what `reclaim` would pay {inAtom}.
    function reclaimable(bool entering, address controller) external view returns (uint256 amount);

    /// @notice Returns how this desk works.
    function terms() external view returns (Terms memory);

    /// @notice Returns one side of an epoch.
    function potOf(uint256 epoch, bool entering) external view returns (Pot memory);
}
