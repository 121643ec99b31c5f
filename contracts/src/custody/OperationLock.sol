// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title OperationLock: one kind of operation in a transaction.
///
/// @notice Minting, redeeming, filling and allocating never mix in one transaction: whoever borrows for a transaction what the
/// market needs for a trick (mint, let the bundle change, redeem) finds that the second step is not there. The same kind
/// may happen many times.
abstract contract OperationLock {
    enum Operation {
        None,
        Mint,
        Redeem,
        Fill,
        Allocate
    }

    /// @dev Ends with the transaction.
    Operation private transient _operation;

    /// @notice This transaction has already done `first` with this vault, and cannot do `second` as well.
    error OperationLock__Mixed(Operation first, Operation second);

    modifier only(Operation operation) {
        _requireOne(operation);
        _;
    }

    function _requireOne(Operation operation) internal virtual {
        Operation first = _operation;
        if (first == operation) return;
        if (first != Operation.None) revert OperationLock__Mixed(first, operation);
        _operation = operation;
    }
}
