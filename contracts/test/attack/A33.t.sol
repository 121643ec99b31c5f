// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {PoolSwaps} from "../../src/periphery/PoolSwaps.sol";
import {ZapIn} from "../../src/periphery/ZapIn.sol";
import {ZapOut} from "../../src/periphery/ZapOut.sol";
import {HookFixture} from "../fixture/HookFixture.sol";
import {Hook} from "../fixture/HookToken.sol";
import {Guard} from "../fixture/Weak.sol";
import {OpenZapIn, OpenZapOut} from "../fixture/WeakPeriphery.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

/// @dev A vault of nothing: to zap into it or out of it is to be handed what the zap holds.
contract EmptyVault {
    function assets() external pure returns (address[] memory none) {}

    function mint(uint256, uint256[] calldata, address) external pure returns (uint256[] memory none) {}

    function redeem(uint256, uint256[] calldata, address) external pure returns (uint256[] memory none) {}

    function transferFrom(address, address, uint256) external pure returns (bool) {
        return true;
    }
}

/// A33: a token calls its sender and its receiver, who re-enter: from mint, redeem, claim and payment into every other
/// function; and from a swap into a zap that holds somebody else's money.
contract A33Test is HookFixture {
    bytes4 internal constant SHUT = ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector;
    address internal nothing = address(new EmptyVault());

    function setUp() public override {
        strategist = address(thief);
        super.setUp();
    }

    /// @dev The thief holds half of the shares and as much of everything as the vault does, hears of asset 3, and is the strategist.
    function _enrich() internal {
        vm.prank(alice);
        vault.transfer(address(thief), 500e18);
        for (uint256 i; i < 5; ++i) {
            tokens[i].mint(address(thief), amounts()[i]);
            thief.act(address(tokens[i]), abi.encodeCall(IERC20.approve, (address(vault), type(uint256).max)));
        }
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        _hook(address(thief));
    }

    function _buy() internal view returns (bytes memory) {
        (address v, address a, address b) = (address(vault), address(tokens[1]), address(tokens[3]));
        return abi.encodeCall(ISettler.fill, (v, a, b, 4000e6, type(uint256).max, ""));
    }

    /// @dev Every door there is, tried from inside a transfer.
    function _everything() internal view returns (Hook.Call[] memory calls) {
        (address v, address a, address b) = (address(vault), address(tokens[1]), address(tokens[3]));
        address me = address(thief);
        calls = new Hook.Call[](8);
        calls[0] = Hook.Call(v, abi.encodeCall(IBasketVault.mint, (1e18, _none(), me)));
        calls[1] = Hook.Call(v, abi.encodeCall(IBasketVault.redeem, (1e18, _none(), me)));
        calls[2] = Hook.Call(v, abi.encodeCall(IBasketVault.redeemSkipping, (1e18, _none(), me, 8)));
        calls[3] = Hook.Call(v, abi.encodeCall(IBasketVault.claim, (b, me)));
        calls[4] = Hook.Call(v, abi.encodeCall(IBasketVault.settle, (a, b, 1, 1, me, "")));
        calls[5] = Hook.Call(v, abi.encodeCall(IBasketVault.holdings, ()));
        calls[6] = Hook.Call(address(settler), _buy());
        calls[7] = Hook.Call(address(settler), abi.encodeCall(ISettler.propose, (_intent(1, 3, 1000))));
    }

    /// @dev Does something that moves asset 3, and finds all other doors shut meanwhile.
    function _assertShutDuring(address target, bytes memory data) internal {
        thief.plan(_everything());
        thief.act(target, data);
        assertFalse(thief.armed(), "the hook was called");
        bytes4[] memory answers = thief.answers();
        for (uint256 i; i < answers.length; ++i) {
            assertEq(answers[i], SHUT);
        }
    }

    function test_every_door_is_shut_while_a_token_calls() public {
        _enrich();
        address v = address(vault);
        address me = address(thief);
        _assertShutDuring(v, abi.encodeCall(IBasketVault.mint, (1e18, _none(), me)));
        _assertShutDuring(v, abi.encodeCall(IBasketVault.redeem, (1e18, _none(), me)));
        thief.act(v, abi.encodeCall(IBasketVault.redeemSkipping, (1e18, _none(), me, 8)));
        _assertShutDuring(v, abi.encodeCall(IBasketVault.claim, (address(tokens[3]), me)));
        _assertShutDuring(address(settler), _buy());
    }

    /// @dev While asset 3 is pulled in payment, the thief mints with more of it, which counts as payment too, and redeems all
    /// but that. Then he leaves with everything.
    function _mintInsidePayment() internal returns (uint256 gainD18) {
        _enrich();
        uint256 before = _wealthD18(address(thief)) + _navD18() / 2;
        Hook.Call[] memory calls = new Hook.Call[](2);
        calls[0] = Hook.Call(address(vault), abi.encodeCall(IBasketVault.mint, (20e18, _none(), address(thief))));
        calls[1] = Hook.Call(
            address(vault), abi.encodeCall(IBasketVault.redeemSkipping, (20e18, _none(), address(thief), 1 << 3))
        );
        thief.plan(calls);
        thief.act(address(settler), _buy());
        if (thief.answers()[1] == 0) {
            thief.act(address(vault), abi.encodeCall(IBasketVault.claim, (address(tokens[3]), address(thief))));
        }
        thief.act(address(vault), abi.encodeCall(IBasketVault.redeem, (500e18, _none(), address(thief))));
        uint256 wealth = _wealthD18(address(thief));
        return wealth > before ? wealth - before : 0;
    }

    function test_one_payment_does_not_count_twice() public {
        assertLe(_mintInsidePayment(), 40e18, "the floor's one per cent of $4,000");
        assertEq(thief.answers()[0], SHUT);
    }

    function test_control_without_the_lock_the_other_holders_pay() public {
        _without(Guard.Lock);
        assertGt(_mintInsidePayment(), 10e18, "what was minted between the two balances");
    }

    function _plan(uint256 surplus, uint256 here) internal override {
        ZapIn.Order memory order =
            ZapIn.Order(IBasketVault(nothing), address(tokens[1]), 0, 0, address(thief), block.timestamp);
        Hook.Call[] memory calls = new Hook.Call[](2);
        calls[0] = Hook.Call(address(zapIn), abi.encodeCall(ZapIn.zap, (order, new PoolSwaps.Route[](0))));
        calls[1] = Hook.Call(address(tokens[1]), abi.encodeCall(IERC20.transfer, (address(zapIn), here - surplus)));
        thief.plan(calls);
    }

    function test_money_under_way_in_a_zap_is_not_handed_to_another() public {
        _generousZap();
        assertEq(thief.answers()[0], SHUT);
        _assertNothingStolen();
    }

    function test_control_without_the_lock_of_the_zap_its_surplus_is_stolen() public {
        zapIn = new OpenZapIn(address(uniswap), address(pairs));
        _generousZap();
        assertEq(_wealthD18(address(thief)), 10_000e18);
    }

    /// @dev While Bob zaps ten shares out into assets 1 to 4, the thief asks for the asset 1 that has already come.
    function _interruptedZapOut() internal {
        ZapOut.Sale[] memory sales = new ZapOut.Sale[](1);
        sales[0] = ZapOut.Sale(address(tokens[0]), PoolSwaps.Route(type(uint256).max, _hops(0, 2)));
        vm.prank(alice);
        vault.transfer(bob, 10e18);
        vm.prank(bob);
        vault.approve(address(zapOut), 10e18);
        ZapOut.Order memory theft =
            ZapOut.Order(IBasketVault(nothing), 0, address(tokens[1]), 0, address(thief), block.timestamp);
        Hook.Call[] memory calls = new Hook.Call[](1);
        calls[0] = Hook.Call(address(zapOut), abi.encodeCall(ZapOut.zap, (theft, new ZapOut.Sale[](0))));
        _hook(address(zapOut));
        thief.plan(calls);
        vm.prank(bob);
        zapOut.zap(ZapOut.Order(vault, 10e18, address(tokens[2]), 0, bob, block.timestamp), sales);
    }

    function test_what_was_redeemed_for_one_is_not_paid_to_another() public {
        _interruptedZapOut();
        assertEq(thief.answers()[0], SHUT);
        assertEq(_wealthD18(address(thief)), 0);
        assertApproxEqRel(_wealthD18(bob), 10_000e18, 0.001e18);
    }

    function test_control_without_the_lock_of_the_zap_what_was_redeemed_is_stolen() public {
        zapOut = new OpenZapOut(address(uniswap), address(pairs));
        _interruptedZapOut();
        assertEq(_wealthD18(address(thief)), 2000e18);
    }

    function test_honest_a_token_that_calls_is_minted_filled_and_redeemed() public {
        _enrich();
        uint256 units = vault.unitsOf(address(tokens[3]));
        thief.act(address(vault), abi.encodeCall(IBasketVault.mint, (1e18, _none(), address(thief))));
        thief.act(address(vault), abi.encodeCall(IBasketVault.redeem, (1e18, _none(), address(thief))));
        assertEq(vault.unitsOf(address(tokens[3])), units);
        thief.act(address(settler), _buy());
        assertGt(vault.unitsOf(address(tokens[3])), units);
    }
}
