// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {BasketVault} from "../../src/BasketVault.sol";
import {Digests} from "../fixture/Digests.sol";

/// @title The vault's own share arithmetic agrees with the off-chain model's on the digest of all results.
contract ShareDifferentialTest is Digests, BasketVault {
    constructor() BasketVault(address(1), address(2)) {}

    function test_shares_agree_to_the_wei() public {
        _compare(1, "shares", 100, _shares);
    }

    function _shares() private {
        uint256 balance = _bits(112);
        uint256 supply = _bits(96) + 1;
        uint256 amount = _between(0, 2 * supply);
        uint256 unitsD36 = balance * 1e36 / supply;
        _tell(unitsD36);
        _tell(_atomsUp(unitsD36, amount));
        _tell(_atomsDown(unitsD36, amount));
    }
}
