// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {AggregatorFiller} from "../../src/periphery/AggregatorFiller.sol";
import {AggregatorFixture} from "../fixture/AggregatorFixture.sol";
import {CreditPool} from "../fixture/CreditPool.sol";
import {OpenFiller} from "../fixture/WeakPeriphery.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Errors} from "@openzeppelin/contracts/utils/Errors.sol";

/// A13: the caller has a contract call a target with data of the caller's choosing: a token that somebody has approved the
/// contract for, a lending pool that gave it credit, the vault, the settler.
contract A13Test is AggregatorFixture {
    CreditPool internal lender;
    address internal thief = makeAddr("thief");

    function setUp() public override {
        super.setUp();
        lender = new CreditPool();
        tokens[3].mint(address(lender), 100e18);
        _trust(aggregator);
    }

    /// @dev Alice has done what nobody should: she has approved the filler, and given it credit.
    function _trust(AggregatorFiller by) internal {
        vm.startPrank(alice);
        tokens[1].approve(address(by), type(uint256).max);
        lender.approveDelegation(address(by), type(uint256).max);
        vm.stopPrank();
    }

    function _theft() internal view returns (bytes memory) {
        return abi.encodeCall(IERC20.transferFrom, (alice, thief, 50_000e6));
    }

    function _loan(uint256 amount) internal view returns (bytes memory) {
        return abi.encodeCall(CreditPool.borrow, (tokens[3], amount, alice));
    }

    function _fillAs(AggregatorFiller by, uint256 amount, address target, bytes memory inner) internal {
        vm.prank(thief);
        by.fill(
            address(vault),
            address(tokens[1]),
            address(tokens[3]),
            amount,
            0,
            block.timestamp,
            abi.encode(target, inner)
        );
    }

    /// @dev Whatever the data, it reaches the aggregator, which knows no such function.
    function test_no_data_names_a_target() public {
        (address v, address a, address b) = (address(vault), address(tokens[1]), address(tokens[3]));
        _refused(a, _theft());
        _refused(a, abi.encodeCall(IERC20.approve, (thief, type(uint256).max)));
        _refused(address(lender), _loan(2e18));
        _refused(v, abi.encodeCall(IBasketVault.redeem, (1e18, _none(), thief)));
        _refused(v, abi.encodeCall(IBasketVault.settle, (a, b, 1, 0, thief, "")));
        _refused(address(settler), abi.encodeCall(ISettler.fill, (v, a, b, 1, 1, "")));
    }

    function _refused(address target, bytes memory inner) internal {
        uint256 wealth = _wealthD18(alice);
        tokens[3].mint(address(aggregator), FAIR);
        vm.expectCall(address(router), abi.encode(target, inner));
        vm.expectRevert(Errors.FailedCall.selector);
        _fillAs(aggregator, SOLD, target, inner);
        // The bare data as well: its first four bytes are the aggregator's to understand.
        vm.expectRevert(Errors.FailedCall.selector);
        _fillBy(aggregator, 0, inner);
        assertEq(_wealthD18(alice), wealth);
        assertEq(lender.debtOf(alice), 0);
        assertEq(tokens[1].allowance(address(aggregator), thief), 0);
        assertEq(_wealthD18(thief), 0);
    }

    function test_a_filler_of_a_token_the_vault_or_the_settler_never_calls() public {
        address[4] memory targets = [address(tokens[1]), address(tokens[3]), address(vault), address(settler)];
        for (uint256 i; i < targets.length; ++i) {
            AggregatorFiller odd = new AggregatorFiller(settler, targets[i]);
            _trust(odd);
            tokens[3].mint(address(odd), FAIR);
            vm.expectRevert(abi.encodeWithSelector(AggregatorFiller.AggregatorFiller__NotCallable.selector, targets[i]));
            _fillBy(odd, 0, _theft());
        }
    }

    function test_honest_the_aggregator_itself_is_called() public {
        assertEq(_fillBy(aggregator, FAIR, _data(SOLD, FAIR, address(aggregator))), FAIR);
    }

    function test_control_where_the_caller_names_the_target_approvals_are_stolen() public {
        OpenFiller open = new OpenFiller(settler);
        _trust(open);
        uint256 wealth = _wealthD18(alice);
        tokens[3].mint(address(open), FAIR);
        _fillAs(open, SOLD, address(tokens[1]), _theft());
        assertEq(_wealthD18(thief), 50_000e18);
        assertEq(_wealthD18(alice), wealth - 50_000e18);
    }

    function test_control_where_the_caller_names_the_target_the_credit_of_others_pays() public {
        OpenFiller open = new OpenFiller(settler);
        _trust(open);
        _fillAs(open, SOLD, address(lender), _loan(_quote(1, 3, SOLD)));
        tokens[3].mint(address(open), FAIR);
        bytes memory rest = abi.encodeCall(IERC20.transfer, (thief, SOLD));
        _fillAs(open, 1e6, address(tokens[1]), rest);
        assertEq(_wealthD18(thief), 4000e18);
        assertEq(_worthD18(3, lender.debtOf(alice)), 3960e18);
    }
}
