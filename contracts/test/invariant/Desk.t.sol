// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {DeskHandler} from "./DeskHandler.sol";
import {Test} from "forge-std/Test.sol";

/// A desk takes, sells and pays out what it should, whoever does what in whatever order; with an asset of 0, 6 and 24 decimals.
contract DeskInvariants is Test {
    DeskHandler[3] internal desks;

    function setUp() public {
        bytes4[] memory selectors = new bytes4[](10);
        selectors[0] = DeskHandler.request.selector;
        selectors[1] = DeskHandler.claim.selector;
        selectors[2] = DeskHandler.reclaim.selector;
        selectors[3] = DeskHandler.give.selector;
        selectors[4] = DeskHandler.mintInKind.selector;
        selectors[5] = DeskHandler.pass.selector;
        selectors[6] = DeskHandler.cross.selector;
        selectors[7] = DeskHandler.fill.selector;
        selectors[8] = DeskHandler.finish.selector;
        selectors[9] = DeskHandler.serve.selector;
        uint8[3] memory chosen = [0, 1, 4];
        for (uint256 i; i < 3; ++i) {
            desks[i] = new DeskHandler(chosen[i]);
            targetContract(address(desks[i]));
            targetSelector(FuzzSelector(address(desks[i]), selectors));
        }
    }

    /// forge-config: default.invariant.runs = 8
    /// forge-config: quick.invariant.runs = 8
    /// forge-config: nightly.invariant.runs = 1000
    function invariant_it_has_what_it_owes_and_nothing_else() public view {
        for (uint256 i; i < 3; ++i) {
            desks[i].assertSolvent();
        }
    }

    /// forge-config: default.invariant.runs = 8
    /// forge-config: quick.invariant.runs = 8
    /// forge-config: nightly.invariant.runs = 1000
    function invariant_everybody_has_his_part_of_every_epoch() public view {
        for (uint256 i; i < 3; ++i) {
            desks[i].assertFair();
        }
    }

    function afterInvariant() public view {
        assertGt(desks[0].fills() + desks[1].fills() + desks[2].fills(), 0, "or else nothing was tried");
    }
}
