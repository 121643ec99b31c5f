// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ERC20, ERC4626, IERC20} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";

/// @title TestSleeve: the least that is an ERC-4626; it keeps its assets itself and lends them to nobody.
/// @notice Gas of a move into a position is measured with this one, so that it is ours and not a lending pool's.
/// WARNING: for local chains only; it earns nothing.
contract TestSleeve is ERC4626 {
    constructor(IERC20 asset_) ERC20("Test sleeve", "SLV") ERC4626(asset_) {}
}
