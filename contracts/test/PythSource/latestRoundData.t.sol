// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {PythSource} from "../../src/sources/PythSource.sol";
import {PythFixture} from "../fixture/PythFixture.sol";

contract PythLatestTest is PythFixture {
    function test_without_a_price_it_fails() public {
        _expect(PythSource.PythSource__NoPrice.selector);
        source.latestRoundData();
    }

    /// Half the confidence interval may be 50 bps of the price.
    function testFuzz_a_price_is_told_while_the_market_is_sure_of_it(uint64 price, uint64 conf) public {
        price = uint64(bound(price, 1, uint64(type(int64).max)));
        conf = uint64(bound(conf, 0, price / 100 + 1));
        bytes[] memory data = _data(ID, int64(price), conf, -8, block.timestamp);
        vm.prank(stranger);
        source.update{value: FEE}(data);
        bool sure = uint256(conf) * 10_000 <= uint256(price) * 50;
        if (!sure) {
            _expect(PythSource.PythSource__NoPrice.selector);
            source.latestRoundData();
            return;
        }
        (, int256 answer,,,) = source.latestRoundData();
        assertEq(answer, int256(uint256(price)) * 1e10);
    }

    function test_after_an_unsure_price_a_sure_one_counts_again() public {
        _refresh();
        vm.warp(block.timestamp + 1);
        bytes[] memory data = _data(ID, 2000e8, 100e8, -8, block.timestamp);
        vm.prank(stranger);
        source.update{value: FEE}(data);
        _expect(PythSource.PythSource__NoPrice.selector);
        source.latestRoundData();
        vm.warp(block.timestamp + 1);
        _refresh();
        (, int256 answer,,,) = source.latestRoundData();
        assertEq(answer, 2000e18);
    }

    function test_the_hub_lists_it() public {
        _adopt(_listing());
        assertEq(hub.price(address(tokens[3])), 2000e18);
        assertEq(source.description(), "ETH / USD");
    }
}
