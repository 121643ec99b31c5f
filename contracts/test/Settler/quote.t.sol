// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISettler} from "../../src/interfaces/ISettler.sol";
import {Fixture} from "../fixture/Fixture.sol";

contract QuoteTest is Fixture {
    function test_the_price_falls_in_a_line_from_premium_to_discount() public {
        _propose(_intent(1, 3, 1000));
        assertEq(_quote(1, 3, 2000e6), 1.005e18);
        vm.warp(START + 2 minutes);
        assertEq(_quote(1, 3, 2000e6), 1.002e18);
        vm.warp(START + 200);
        assertEq(_quote(1, 3, 2000e6), 1e18);
        vm.warp(START + 10 minutes);
        assertEq(_quote(1, 3, 2000e6), 0.99e18);
        vm.warp(START + 50 minutes);
        assertEq(_quote(1, 3, 2000e6), 0.99e18);
    }

    function testFuzz_the_price_never_rises_with_time(uint256 amount, uint256 early, uint256 late) public {
        _propose(_intent(1, 3, 1000));
        amount = bound(amount, 1, 20_000e6);
        early = bound(early, 0, 1 hours);
        late = bound(late, early, 1 hours);
        vm.warp(START + early);
        uint256 first = _quote(1, 3, amount);
        vm.warp(START + late);
        assertLe(_quote(1, 3, amount), first);
    }

    /// One big fill never costs the filler more than two that make it up: splitting cannot cheat the vault.
    function testFuzz_splitting_never_lowers_the_price(uint256 from, uint256 to, uint256 a, uint256 b) public {
        from = bound(from, 0, 4);
        to = bound(to, 0, 4);
        vm.assume(from != to);
        _propose(_intent(from, to, 500));
        vm.warp(START + 7 minutes);
        a = bound(a, 1, amounts()[from] / 40);
        b = bound(b, 1, amounts()[from] / 40);
        assertLe(_quote(from, to, a + b), _quote(from, to, a) + _quote(from, to, b));
        assertGt(_quote(from, to, 1), 0, "not even an atom is free");
    }

    function test_a_pair_outside_the_intent_has_no_price() public {
        _propose(_intent(1, 3, 1000));
        _expect(ISettler.Settler__NotInIntent.selector);
        settler.quote(address(vault), address(tokens[1]), address(vault), 1);
        _expect(ISettler.Settler__NotLive.selector);
        settler.quote(address(factory), address(tokens[1]), address(tokens[3]), 1);
    }
}
