// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {CowFixture} from "../fixture/CowFixture.sol";
import {ICowSettlement} from "../fixture/ICowSettlement.sol";

/// @dev Does as it is told, by anybody.
contract Puppet {
    function act(address target, bytes calldata data) external {
        (bool ok, bytes memory reason) = target.call(data);
        if (ok) return;
        assembly ("memory-safe") {
            revert(add(reason, 0x20), mload(reason))
        }
    }
}

contract SettlerDisarmTest is CowFixture {
    uint256 internal constant SOLD = 10_000e6;

    ISettler.BatchOrder internal order;

    function setUp() public override {
        super.setUp();
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        order = _orderAtQuote(1, 3, SOLD);
        _arm(order);
    }

    function _disarmBy(address who) internal {
        vm.prank(who);
        settler.disarm(address(vault));
    }

    function settlePart(uint256 sold) external {
        _settlePart(order, sold, 0);
    }

    function _assertOver() internal {
        (bytes32 digest, uint256 left) = vault.armed();
        assertEq(digest, 0);
        assertEq(left, 0);
        assertEq(tokens[1].allowance(address(vault), relayer), 0);
        assertEq(vault.isValidSignature(_digest(order), ""), bytes4(0xffffffff));
        vm.expectRevert("GPv2: invalid eip1271 signature");
        this.settlePart(SOLD);
    }

    function test_the_strategist_and_every_guardian_end_it_at_once() public {
        address[5] memory who = [strategist, owner, curator, sentinel, breaker];
        for (uint256 i; i < who.length; ++i) {
            _disarmBy(who[i]);
            _assertOver();
            _arm(order);
        }
    }

    function test_a_stranger_does_not() public {
        vm.expectRevert(abi.encodeWithSelector(ISettler.Settler__NotAllowed.selector, address(vault), stranger));
        _disarmBy(stranger);
    }

    function test_anyone_ends_it_once_its_time_is_over() public {
        vm.warp(order.validTo);
        vm.expectRevert(abi.encodeWithSelector(ISettler.Settler__NotAllowed.selector, address(vault), stranger));
        _disarmBy(stranger);
        vm.warp(order.validTo + 1);
        _disarmBy(stranger);
        assertEq(tokens[1].allowance(address(vault), relayer), 0);
    }

    function test_anyone_ends_it_once_its_intent_is_over() public {
        vm.prank(sentinel);
        settler.cancel(address(vault));
        _disarmBy(stranger);
        _assertOver();
    }

    function test_anyone_ends_it_once_there_is_another_intent() public {
        _propose(_intent(1, 3, 1000));
        _disarmBy(stranger);
        _assertOver();
    }

    function testFuzz_what_was_sold_until_then_is_counted(uint256 sold, uint256 extra) public {
        sold = bound(sold, 1, SOLD);
        extra = bound(extra, 0, 1e18);
        uint256 paid = _limitFor(order, sold) + extra;
        _settlePart(order, sold, extra);
        _disarmBy(strategist);
        (,, uint256[] memory balances) = vault.holdings();
        assertApproxEqAbs(balances[1], amounts()[1] - sold, 1);
        assertApproxEqAbs(balances[3], amounts()[3] + paid, 1);
        assertLe(balances[1], tokens[1].balanceOf(address(vault)));
        assertLe(balances[3], tokens[3].balanceOf(address(vault)));
        assertEq(tokens[1].allowance(address(vault), relayer), 0);
    }

    function test_without_an_order_there_is_nothing_to_end() public {
        _disarmBy(strategist);
        _disarmBy(strategist);
        assertEq(tokens[1].allowance(address(vault), relayer), 0);
    }

    function test_in_the_middle_of_a_settlement_even_the_strategist_waits() public {
        vm.etch(strategist, address(new Puppet()).code);
        bytes memory disarm = abi.encodeCall(ISettler.disarm, (address(vault)));
        bytes memory act = abi.encodeCall(Puppet.act, (address(settler), disarm));
        ICowSettlement.Interaction[][3] memory middle = _only(1, _call(strategist, act));
        _expect(IBasketVault.BasketVault__InTheMiddle.selector);
        this.settleWith(middle);
        // before and after it is free to
        this.settleWith(_only(2, _call(strategist, act)));
        (bytes32 digest,) = vault.armed();
        assertEq(digest, 0);
    }

    function settleWith(ICowSettlement.Interaction[][3] memory interactions) external {
        _settleCow(order, address(vault), "", SOLD / 2, order.buyAmount / 2, interactions);
    }
}
