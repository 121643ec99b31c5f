// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {TestToken} from "../../src/demo/TestToken.sol";
import {Fault, FaultySleeve} from "../fixture/FaultySleeve.sol";
import {ConversionProperties} from "./Conversions.sol";
import {HolderProperties} from "./Holders.sol";
import {LimitProperties} from "./Limits.sol";
import {PermissionProperties} from "./Permissions.sol";
import {PromiseProperties} from "./Promises.sol";
import {Erc4626Properties} from "./Properties.sol";
import {RoundTripProperties} from "./RoundTrips.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Test} from "forge-std/Test.sol";

/// @dev The properties over OpenZeppelin's vault, with or without a planted fault.
abstract contract OpenZeppelinProperties is Erc4626Properties {
    Fault internal fault;

    function _newSleeve() internal override returns (IERC4626) {
        asset = new TestToken("Asset", "AST", 8, address(this));
        return new FaultySleeve(asset, fault);
    }

    function _give(address who, uint256 assets) internal override {
        TestToken(address(asset)).mint(who, assets);
    }

    function _gain(uint256 assets) internal override {
        TestToken(address(asset)).mint(address(sleeve), assets);
    }

    function _lose(uint256 assets) internal override {
        FaultySleeve(address(sleeve)).lose(Math.min(assets, asset.balanceOf(address(sleeve))));
    }

    /// @dev Donations count here: one share, a millionth of what an atom first bought, may then be worth this much.
    function _victimLossD18(uint256 donation, uint256 deposit) internal pure override returns (uint256) {
        return Math.min(ONE_D18, (donation + deposit) * ONE_D18 / deposit / 1e6 + 1e14);
    }
}

contract OpenZeppelinSleeveTest is OpenZeppelinProperties {}

/// @dev Has a constructor with an argument, so that it is not run by itself.
contract FaultySuite is OpenZeppelinProperties {
    constructor(Fault fault_) {
        fault = fault_;
    }
}

/// The suite is worth something only if it notices: every planted fault breaks the property that is about it, and on the
/// same seeds the sound vault keeps it.
contract Erc4626ControlTest is Test {
    uint256 private constant SEEDS = 24;
    bytes4 private constant INFLATION =
        HolderProperties.testFuzz_a_donation_before_the_first_honest_deposit_does_not_pay.selector;

    /// @dev How many of the drawn scenes break it. `second` limits the second argument; words nobody reads do no harm.
    function _breaks(Fault fault, bytes4 property, uint256 second) private returns (uint256 broken) {
        FaultySuite suite = new FaultySuite(fault);
        for (uint256 seed = 1; seed <= SEEDS; ++seed) {
            suite.setUp();
            uint256 amount = uint256(keccak256(abi.encode(seed)));
            uint256 third = property == INFLATION ? amount >> 8 : amount & 1;
            (bool ok, bytes memory why) =
                address(suite).call(abi.encodeWithSelector(property, seed, amount & second, third));
            if (!ok && bytes32(why) != bytes32("FOUNDRY::ASSUME")) ++broken;
        }
    }

    function _noticed(Fault fault, bytes4 property) private {
        _noticed(fault, property, type(uint256).max);
    }

    function _noticed(Fault fault, bytes4 property, uint256 second) private {
        assertEq(_breaks(Fault.None, property, second), 0, "the sound vault keeps it");
        assertGt(_breaks(fault, property, second), 0, "the fault goes unnoticed");
    }

    function test_control_rounding_for_the_one_who_enters_is_noticed() public {
        _noticed(Fault.Rounding, ConversionProperties.testFuzz_previews_are_never_better_than_conversions.selector);
        _noticed(Fault.Rounding, RoundTripProperties.testFuzz_mint_then_redeem_never_gains.selector);
    }

    function test_control_leaving_on_behalf_without_an_allowance_is_noticed() public {
        _noticed(Fault.Allowance, PermissionProperties.testFuzz_a_stranger_takes_nothing_without_an_allowance.selector);
        _noticed(Fault.Allowance, PermissionProperties.testFuzz_an_allowance_is_used_up_unless_it_is_endless.selector);
    }

    function test_control_a_preview_that_promises_too_much_is_noticed() public {
        _noticed(Fault.Preview, PromiseProperties.testFuzz_redeem_keeps_its_preview_and_moves_exactly_that.selector);
    }

    function test_control_a_limit_that_cannot_be_used_up_is_noticed() public {
        _noticed(Fault.Limit, LimitProperties.testFuzz_the_limits_can_be_used_up.selector, 1);
        _noticed(Fault.Limit, LimitProperties.testFuzz_nobody_can_take_more_than_the_limits_say.selector);
    }

    function test_control_an_event_with_wrong_names_is_noticed() public {
        _noticed(Fault.Event, PromiseProperties.testFuzz_deposit_keeps_its_preview_and_moves_exactly_that.selector);
    }

    function test_control_an_exit_that_the_others_pay_is_noticed() public {
        _noticed(Fault.Bonus, RoundTripProperties.testFuzz_deposit_then_redeem_never_gains.selector);
        _noticed(Fault.Bonus, HolderProperties.testFuzz_whoever_comes_and_goes_costs_the_others_nothing.selector);
    }

    /// @dev The first depositor's classic: one atom, a donation just above the victim's deposit.
    function test_control_a_vault_without_virtual_shares_pays_the_inflator() public {
        _noticed(Fault.Inflation, INFLATION);
    }
}
