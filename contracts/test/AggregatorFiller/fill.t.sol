// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {AggregatorFiller} from "../../src/periphery/AggregatorFiller.sol";
import {VaultFiller} from "../../src/periphery/VaultFiller.sol";
import {AggregatorFixture} from "../fixture/AggregatorFixture.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

contract AggregatorFillerTest is AggregatorFixture {
    function testFuzz_the_vault_gets_all_that_the_aggregator_gives(uint256 out, bool straight) public {
        out = bound(out, _quote(1, 3, SOLD), 2 * FAIR);
        uint256 before = tokens[3].balanceOf(address(vault));
        uint256 received = _fillBy(aggregator, 0, _data(SOLD, out, straight ? address(vault) : address(aggregator)));
        assertEq(received, out);
        assertEq(tokens[3].balanceOf(address(vault)), before + out);
        _assertClean(aggregator);
    }

    function testFuzz_what_is_not_spent_makes_the_fill_revert(uint256 spent) public {
        spent = bound(spent, 0, SOLD - 1);
        vm.expectRevert(abi.encodeWithSelector(AggregatorFiller.AggregatorFiller__NotSpent.selector, SOLD - spent, 0));
        _fillBy(aggregator, 0, _data(spent, FAIR, address(vault)));
    }

    function test_strays_hold_no_fill_back() public {
        tokens[1].mint(address(aggregator), 5);
        tokens[3].mint(address(aggregator), 7);
        assertEq(_fillBy(aggregator, 0, _data(SOLD, FAIR, address(aggregator))), FAIR + 7);
        assertEq(tokens[1].balanceOf(address(aggregator)), 5);
    }

    function test_the_settlers_quote_holds() public {
        uint256 quoted = _quote(1, 3, SOLD);
        _expect(IBasketVault.BasketVault__Underpaid.selector);
        _fillBy(aggregator, 0, _data(SOLD, quoted - 1, address(aggregator)));
        assertEq(_fillBy(aggregator, 0, _data(SOLD, quoted, address(aggregator))), quoted);
    }

    function test_the_callers_own_floor_holds() public {
        vm.expectRevert(abi.encodeWithSelector(VaultFiller.VaultFiller__TooLittle.selector, FAIR, FAIR + 1));
        _fillBy(aggregator, FAIR + 1, _data(SOLD, FAIR, address(aggregator)));
        assertEq(_fillBy(aggregator, FAIR, _data(SOLD, FAIR, address(aggregator))), FAIR);
    }

    function test_a_late_fill_is_refused() public {
        vm.expectRevert(
            abi.encodeWithSelector(VaultFiller.VaultFiller__Expired.selector, block.timestamp - 1, block.timestamp)
        );
        aggregator.fill(address(vault), address(tokens[1]), address(tokens[3]), SOLD, 0, block.timestamp - 1, "x");
    }

    function test_only_the_vault_being_filled_calls_back() public {
        vm.expectRevert(abi.encodeWithSelector(VaultFiller.VaultFiller__Unexpected.selector, address(vault)));
        vm.prank(address(vault));
        aggregator.onFill(address(tokens[1]), address(tokens[3]), 1, 1, _data(1, 1, stranger));
    }

    function test_the_aggregators_own_refusal_is_told() public {
        _expect(IERC20Errors.ERC20InsufficientBalance.selector);
        _fillBy(aggregator, 0, _data(SOLD, 1001e18, address(aggregator)));
    }

    function test_an_aggregator_that_is_a_token_the_vault_or_the_settler_is_never_called() public {
        address[4] memory targets = [address(tokens[1]), address(tokens[3]), address(vault), address(settler)];
        for (uint256 i; i < targets.length; ++i) {
            AggregatorFiller odd = new AggregatorFiller(settler, targets[i]);
            vm.expectRevert(abi.encodeWithSelector(AggregatorFiller.AggregatorFiller__NotCallable.selector, targets[i]));
            _fillBy(odd, 0, _data(SOLD, FAIR, address(vault)));
        }
    }
}
