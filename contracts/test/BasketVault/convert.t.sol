// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {PlainAdapter} from "../fixture/PlainAdapter.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

contract ConvertTest is Fixture {
    PlainAdapter internal adapter;

    function setUp() public override {
        super.setUp();
        adapter = new PlainAdapter();
    }

    /// @dev Two assets in ascending order of address, and what goes or comes of each.
    function _words(uint256 i, int256 deltaI, uint256 j, int256 deltaJ)
        internal
        view
        returns (address[] memory list, int256[] memory deltas)
    {
        (list, deltas) = (new address[](2), new int256[](2));
        (list[0], list[1], deltas[0], deltas[1]) = address(tokens[i]) < address(tokens[j])
            ? (address(tokens[i]), address(tokens[j]), deltaI, deltaJ)
            : (address(tokens[j]), address(tokens[i]), deltaJ, deltaI);
    }

    function _convert(address[] memory list, int256[] memory deltas) internal returns (uint256[] memory) {
        vm.prank(address(allocator));
        return vault.convert(list, deltas, address(adapter), "");
    }

    function _convertPair(uint256 from, uint256 to, uint256 given, uint256 least) internal {
        (address[] memory list, int256[] memory deltas) = _words(from, -int256(given), to, int256(least));
        _convert(list, deltas);
    }

    function _pay(uint256 i, uint256 amount) internal {
        tokens[i].mint(address(adapter), amount);
        adapter.pay(tokens[i], amount);
    }

    function _owned(uint256 i) internal view returns (uint256 owned) {
        (, owned,) = vault.position(address(tokens[i]), address(tokens[i]));
    }

    function test_only_the_allocator_converts() public {
        (address[] memory list, int256[] memory deltas) = _words(1, 0, 3, 0);
        address[6] memory who = [address(settler), owner, curator, strategist, sentinel, stranger];
        for (uint256 i; i < who.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IBasketVault.BasketVault__NotSettler.selector, who[i]));
            vm.prank(who[i]);
            vault.convert(list, deltas, address(adapter), "");
        }
    }

    function testFuzz_what_leaves_and_what_arrives_is_exact(uint256 from, uint256 to, uint256 given, uint256 paid)
        public
    {
        from = bound(from, 0, 4);
        to = (from + bound(to, 1, 4)) % 5;
        given = bound(given, 1, amounts()[from]);
        paid = bound(paid, 0, amounts()[to]);
        _pay(to, paid);
        _convertPair(from, to, given, paid / 2);
        assertEq(tokens[from].balanceOf(address(vault)), amounts()[from] - given);
        assertEq(tokens[to].balanceOf(address(vault)), amounts()[to] + paid);
        assertApproxEqAbs(_owned(from), amounts()[from] - given, 1, "units forget less than an atom");
        assertApproxEqAbs(_owned(to), amounts()[to] + paid, 1, "all of it, also what is more than the least");
        assertLe(_owned(from), amounts()[from] - given);
        assertLe(_owned(to), amounts()[to] + paid);
        assertEq(vault.totalSupply(), SHARES);
        assertEq(tokens[from].allowance(address(vault), address(adapter)), 0);
    }

    function testFuzz_less_than_the_least_reverts(uint256 to, uint256 least, uint256 paid) public {
        to = bound(to, 0, 3);
        least = bound(least, 1, amounts()[to]);
        paid = bound(paid, 0, least - 1);
        _pay(to, paid);
        vm.expectRevert(
            abi.encodeWithSelector(IBasketVault.BasketVault__Underpaid.selector, address(tokens[to]), least, paid)
        );
        this.convertPair(4, to, 1e24, least);
    }

    function convertPair(uint256 from, uint256 to, uint256 given, uint256 least) external {
        _convertPair(from, to, given, least);
    }

    function testFuzz_no_more_leaves_than_the_shares_own(uint256 donated) public {
        donated = bound(donated, 1, 1e30);
        tokens[1].mint(address(vault), donated);
        _expect(IBasketVault.BasketVault__Oversold.selector);
        this.convertPair(1, 3, amounts()[1] + 1, 0);
        _convertPair(1, 3, amounts()[1], 0);
        assertEq(tokens[1].balanceOf(address(vault)), donated, "a gift is not theirs yet");
    }

    /// @dev What comes back of a token that was given is neither given nor received.
    function test_what_was_given_does_not_come_back() public {
        adapter.pay(tokens[1], 1);
        _expect(IBasketVault.BasketVault__BalanceMismatch.selector);
        this.convertPair(1, 3, 1000e6, 0);
    }

    function test_a_stranger_to_the_basket_neither_leaves_nor_arrives() public {
        tokens.push(_newToken(0));
        tokens[5].mint(address(vault), 10);
        _pay(5, 10);
        _expect(IBasketVault.BasketVault__NotAnAsset.selector);
        this.convertPair(5, 1, 1, 0);
        _expect(IBasketVault.BasketVault__NotAnAsset.selector);
        this.convertPair(1, 5, 1, 1);
    }

    function test_a_token_is_named_once_and_in_order() public {
        (address[] memory list, int256[] memory deltas) = _words(1, -1, 3, 0);
        (list[0], list[1]) = (list[1], list[0]);
        _expect(IBasketVault.BasketVault__SameToken.selector);
        this.convert(list, deltas);
        list[0] = list[1];
        _expect(IBasketVault.BasketVault__SameToken.selector);
        this.convert(list, deltas);
    }

    function convert(address[] calldata list, int256[] calldata deltas) external {
        _convert(list, deltas);
    }

    function test_the_adapter_gets_back_in_nowhere() public {
        (address[] memory list, int256[] memory deltas) = _words(1, -1, 3, 0);
        bytes[6] memory calls = [
            abi.encodeCall(vault.mint, (1, _none(), stranger)),
            abi.encodeCall(vault.redeem, (1, _none(), stranger)),
            abi.encodeCall(vault.claim, (address(tokens[1]), stranger)),
            abi.encodeCall(vault.sync, (address(tokens[1]))),
            abi.encodeCall(vault.holdings, ()),
            abi.encodeCall(vault.unitsOf, (address(tokens[1])))
        ];
        for (uint256 i; i < calls.length; ++i) {
            adapter.callBack(address(vault), calls[i]);
            vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
            this.convert(list, deltas);
        }
    }

    function test_it_is_told() public {
        _pay(3, 2e18);
        (address[] memory list, int256[] memory deltas) = _words(1, -2000e6, 3, 1e18);
        uint256[] memory received = new uint256[](2);
        received[list[0] == address(tokens[3]) ? 0 : 1] = 2e18;
        vm.expectEmit(address(vault));
        emit IBasketVault.Converted(address(adapter), list, deltas, received);
        assertEq(_convert(list, deltas), received);
    }
}
