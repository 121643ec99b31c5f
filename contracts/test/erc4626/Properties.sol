// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ConversionProperties} from "./Conversions.sol";
import {HolderProperties} from "./Holders.sol";
import {LimitProperties} from "./Limits.sol";
import {PermissionProperties} from "./Permissions.sol";
import {PromiseProperties} from "./Promises.sol";
import {RoundTripProperties} from "./RoundTrips.sol";

/// @title What every ERC-4626 vault must do, as properties over any one of them.
/// @notice A subclass says what `Erc4626Scene` asks for; the properties do the rest.
abstract contract Erc4626Properties is
    ConversionProperties,
    PromiseProperties,
    LimitProperties,
    PermissionProperties,
    RoundTripProperties,
    HolderProperties
{}
