// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ZapHandler} from "./ZapHandler.sol";
import {Test} from "forge-std/Test.sol";

contract ZapInvariants is Test {
    ZapHandler internal handler;

    function setUp() public {
        handler = new ZapHandler();
        bytes4[] memory selectors = new bytes4[](2);
        (selectors[0], selectors[1]) = (ZapHandler.enter.selector, ZapHandler.leave.selector);
        targetContract(address(handler));
        targetSelector(FuzzSelector(address(handler), selectors));
    }

    /// forge-config: default.invariant.runs = 8
    /// forge-config: default.invariant.depth = 50
    /// forge-config: nightly.invariant.runs = 1000
    /// forge-config: nightly.invariant.depth = 200
    function invariant_no_token_share_or_allowance_stays_behind() public view {
        handler.assertNothingStaysBehind();
    }

    /// forge-config: default.invariant.runs = 8
    /// forge-config: default.invariant.depth = 50
    /// forge-config: nightly.invariant.runs = 1000
    /// forge-config: nightly.invariant.depth = 200
    function invariant_units_per_share_never_fall() public view {
        handler.assertUnitsHold();
    }

    function afterInvariant() public view {
        assertGt(handler.zaps(), 0, "or else nothing was tried");
    }
}
