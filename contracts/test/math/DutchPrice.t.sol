// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {DutchPrice} from "../../src/math/DutchPrice.sol";
import {LeakyBucket} from "../../src/math/LeakyBucket.sol";
import {Test} from "forge-std/Test.sol";

contract DutchPriceTest is Test {
    function testFuzz_the_factor_stays_between_discount_and_premium(
        uint32 elapsed,
        uint32 decay,
        uint16 premium,
        uint16 discount
    ) public pure {
        discount = uint16(bound(discount, 0, 500));
        uint256 factorD18 = DutchPrice.factorD18Up(elapsed, decay, premium, discount);
        assertGe(factorD18, 1e18 - uint256(discount) * 1e14);
        assertLe(factorD18, 1e18 + uint256(premium) * 1e14);
        if (elapsed >= decay) assertEq(factorD18, 1e18 - uint256(discount) * 1e14);
        else if (elapsed == 0) assertEq(factorD18, 1e18 + uint256(premium) * 1e14);
    }

    /// The exact price is sold * sellPrice * factor * buyScale / (sellScale * 1e18 * buyPrice).
    function testFuzz_what_is_required_is_the_exact_price_rounded_up(
        uint64 sold,
        uint64 sellPrice,
        uint64 buyPrice,
        uint8 sellDecimals,
        uint8 buyDecimals,
        uint16 bps
    ) public pure {
        sellDecimals = uint8(bound(sellDecimals, 0, 12));
        buyDecimals = uint8(bound(buyDecimals, 0, 12));
        bps = uint16(bound(bps, 9500, 11_000));
        (uint256 sell, uint256 buy) = (uint256(sellPrice) + 1e10, uint256(buyPrice) + 1e10);
        uint256 worthD18 = DutchPrice.worthD18Up(sold, sell, 10 ** sellDecimals);
        uint256 required = DutchPrice.requiredUp(worthD18, uint256(bps) * 1e14, buy, 10 ** buyDecimals);
        uint256 numerator = uint256(sold) * sell * bps * 10 ** buyDecimals;
        uint256 denominator = 10 ** sellDecimals * 10_000 * buy;
        assertGe(required * denominator, numerator, "never less than exact");
        // each of the two first steps adds less than 1e-18 USD, the last one less than an atom
        uint256 slack = denominator + 2 * 10 ** buyDecimals * 10 ** sellDecimals * 11_000;
        assertLe(required * denominator, numerator + slack, "hardly more than exact");
    }

    function testFuzz_worth_rounds_both_ways_around_the_truth(uint128 atoms, uint96 price, uint8 decimals) public pure {
        uint256 scale = 10 ** bound(decimals, 0, 24);
        uint256 exact = uint256(atoms) * price;
        assertLe(DutchPrice.worthD18Down(atoms, price, scale) * scale, exact);
        assertGe(DutchPrice.worthD18Up(atoms, price, scale) * scale, exact);
        assertLe(DutchPrice.worthD18Up(atoms, price, scale) - DutchPrice.worthD18Down(atoms, price, scale), 1);
    }

    function testFuzz_leaking_in_two_steps_never_leaks_more_than_in_one(uint64 level, uint16 cap, uint32 a, uint32 b)
        public
        pure
    {
        uint64 once = LeakyBucket.levelD18Up(level, cap, uint256(a) + b);
        uint64 twice = LeakyBucket.levelD18Up(LeakyBucket.levelD18Up(level, cap, a), cap, b);
        assertGe(twice, once);
        assertLe(twice, level);
    }

    /// The off-chain model computes the same rows from the same file: both languages agree to the last digit.
    function test_the_rows_that_the_other_language_computes_too() public view {
        string memory json = vm.readFile("contracts/test/math/dutchPrice.json");
        uint256 count;
        for (string memory path = _row(0); vm.keyExistsJson(json, path); path = _row(++count)) {
            uint256[] memory row = vm.parseJsonUintArray(json, path);
            uint256 factorD18 = DutchPrice.factorD18Up(row[0], row[1], row[2], row[3]);
            uint256 worthD18 = DutchPrice.worthD18Up(row[4], row[5], 10 ** row[6]);
            assertEq(factorD18, row[9], path);
            assertEq(worthD18, row[10], path);
            assertEq(DutchPrice.requiredUp(worthD18, factorD18, row[7], 10 ** row[8]), row[11], path);
        }
        assertEq(count, 40, "rows");
    }

    function _row(uint256 index) private pure returns (string memory) {
        return string.concat(".rows[", vm.toString(index), "]");
    }
}
