// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {AggregatorFiller} from "../../src/periphery/AggregatorFiller.sol";
import {VaultFiller} from "../../src/periphery/VaultFiller.sol";
import {AggregatorFixture} from "../fixture/AggregatorFixture.sol";
import {HostileRouter} from "../fixture/SwapRouter.sol";
import {Guard} from "../fixture/Weak.sol";
import {TrustingFiller} from "../fixture/WeakPeriphery.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

/// A14: the aggregator that a filler was deployed with is upgraded to a hostile one. It takes the whole approval and more,
/// pays less than it says, calls back into everything, comes back later, or burns the gas.
contract A14Test is AggregatorFixture {
    HostileRouter.Call[] internal calls;

    /// @dev From now on the aggregator does what `calls` say, and answers that it has paid a fortune.
    function _upgrade() internal {
        vm.etch(address(router), vm.getDeployedCode("SwapRouter.sol:HostileRouter"));
        HostileRouter(address(router)).plan(calls);
    }

    function _then(address target, bytes memory data) internal {
        calls.push(HostileRouter.Call(target, data));
    }

    function _thenTake(AggregatorFiller from, uint256 amount) internal {
        _then(address(tokens[1]), abi.encodeCall(IERC20.transferFrom, (address(from), address(router), amount)));
    }

    function _thenPay(uint256 amount) internal {
        tokens[3].mint(address(router), amount);
        _then(address(tokens[3]), abi.encodeCall(IERC20.transfer, (address(aggregator), amount)));
    }

    /// @dev Mints shares with the router's own tokens and redeems them but for the token it owes: they count as payment.
    function _thenMintAndLeave() internal {
        for (uint256 i; i < 5; ++i) {
            tokens[i].mint(address(router), amounts()[i]);
            _then(address(tokens[i]), abi.encodeCall(IERC20.approve, (address(vault), type(uint256).max)));
        }
        _then(address(vault), abi.encodeCall(IBasketVault.mint, (20e18, _none(), address(router))));
        _then(address(vault), abi.encodeCall(IBasketVault.redeemSkipping, (20e18, _none(), address(router), 1 << 3)));
    }

    function testFuzz_less_than_the_quote_is_nothing_whatever_it_says(uint256 paid) public {
        uint256 quoted = _quote(1, 3, SOLD);
        paid = bound(paid, 0, quoted - 1);
        _thenTake(aggregator, SOLD);
        _thenPay(paid);
        _upgrade();
        vm.expectRevert(
            abi.encodeWithSelector(IBasketVault.BasketVault__Underpaid.selector, address(tokens[3]), quoted, paid)
        );
        _fillBy(aggregator, 0, "go");
    }

    function test_more_than_the_sale_is_not_to_be_had() public {
        tokens[1].mint(address(aggregator), 1000e6);
        _thenTake(aggregator, SOLD + 1);
        _upgrade();
        _expect(IERC20Errors.ERC20InsufficientAllowance.selector);
        _fillBy(aggregator, 0, "go");
    }

    function test_no_token_of_the_vaults_is_to_be_had() public {
        for (uint256 i; i < 5; ++i) {
            delete calls;
            _then(address(tokens[i]), abi.encodeCall(IERC20.transferFrom, (address(vault), address(router), 1)));
            _upgrade();
            _expect(IERC20Errors.ERC20InsufficientAllowance.selector);
            _fillBy(aggregator, 0, "go");
        }
    }

    function test_nothing_is_left_to_come_back_for() public {
        tokens[1].mint(address(aggregator), 1000e6);
        _fillBy(aggregator, 0, _data(SOLD, FAIR, address(vault)));
        _thenTake(aggregator, 1);
        _upgrade();
        _expect(IERC20Errors.ERC20InsufficientAllowance.selector);
        HostileRouter(address(router)).run();
    }

    function test_everything_that_it_could_call_back_is_shut() public {
        (address v, address a, address b) = (address(vault), address(tokens[1]), address(tokens[3]));
        bytes4 shut = ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector;
        bytes4 unexpected = VaultFiller.VaultFiller__Unexpected.selector;
        bytes memory again = abi.encodeCall(AggregatorFiller.fill, (v, a, b, 1e6, 0, block.timestamp, bytes("again")));
        _refused(v, abi.encodeCall(IBasketVault.mint, (1e18, _none(), stranger)), shut);
        _refused(v, abi.encodeCall(IBasketVault.redeem, (1e18, _none(), stranger)), shut);
        _refused(v, abi.encodeCall(IBasketVault.holdings, ()), shut);
        _refused(address(settler), abi.encodeCall(ISettler.fill, (v, a, b, 1e6, type(uint256).max, "")), shut);
        _refused(address(settler), abi.encodeCall(ISettler.proposeByRule, (v, address(rule))), shut);
        _refused(address(aggregator), again, unexpected);
        _refused(address(aggregator), abi.encodeCall(VaultFiller.onFill, (a, b, SOLD, 1, bytes("again"))), unexpected);
    }

    function _refused(address target, bytes memory data, bytes4 reason) internal {
        delete calls;
        _then(target, data);
        _upgrade();
        _expect(reason);
        _fillBy(aggregator, 0, "go");
    }

    function test_gas_that_it_burns_is_all_that_is_lost() public {
        _then(address(router), abi.encodeCall(HostileRouter.burn, ()));
        _upgrade();
        (uint256 nav, uint256 held) = (_navD18(), tokens[1].balanceOf(address(vault)));
        (bool ok,) = address(aggregator).call{gas: 3_000_000}(
            abi.encodeCall(
                AggregatorFiller.fill,
                (address(vault), address(tokens[1]), address(tokens[3]), SOLD, 0, block.timestamp, bytes("go"))
            )
        );
        assertFalse(ok);
        assertEq(_navD18(), nav);
        assertEq(tokens[1].balanceOf(address(vault)), held);
        assertGt(_fill(stranger, 1, 3, SOLD), 0, "others fill meanwhile");
    }

    function test_honest_the_same_filler_serves_an_aggregator_that_pays() public {
        assertEq(_fillBy(aggregator, FAIR, _data(SOLD, FAIR, address(aggregator))), FAIR);
        _assertClean(aggregator);
    }

    function test_control_where_its_word_counts_the_sale_is_gone() public {
        _without(Guard.Payment);
        uint256 nav = _navD18();
        _thenTake(aggregator, SOLD);
        _upgrade();
        _fillBy(aggregator, 0, "go");
        assertApproxEqAbs(_navD18(), nav - 4000e18, 0.05e18);
        assertEq(_wealthD18(address(router)), 4000e18);
    }

    function test_control_with_a_standing_approval_it_comes_back() public {
        aggregator = new TrustingFiller(settler, address(router));
        tokens[1].mint(address(aggregator), 1000e6);
        _fillBy(aggregator, 0, _data(SOLD, FAIR, address(vault)));
        _thenTake(aggregator, 1000e6);
        _upgrade();
        HostileRouter(address(router)).run();
        assertEq(_wealthD18(address(router)), 1000e18);
    }

    function test_control_without_the_lock_it_pays_with_what_it_takes_back() public {
        _without(Guard.Lock);
        _thenTake(aggregator, SOLD);
        _thenMintAndLeave();
        uint256 before = _wealthD18(address(router));
        _upgrade();
        _fillBy(aggregator, 0, "go");
        uint256 claimed = vault.claimOf(address(router), address(tokens[3]));
        assertGt(_wealthD18(address(router)) + _worthD18(3, claimed), before + 3900e18);
        (, uint256 owned,) = vault.position(address(tokens[3]), address(tokens[1]));
        assertGt(owned + claimed, tokens[3].balanceOf(address(vault)), "more is promised than there is");
    }
}
