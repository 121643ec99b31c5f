// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {PoolSwaps} from "../../src/periphery/PoolSwaps.sol";
import {ZapIn} from "../../src/periphery/ZapIn.sol";
import {ZapOut} from "../../src/periphery/ZapOut.sol";
import {ZapFixture} from "../fixture/ZapFixture.sol";

/// @title Three people who come and go with any of the five assets, with too much or too little sold in every way.
contract ZapHandler is ZapFixture {
    uint256[5] private _startUnits;
    uint256 public zaps;

    constructor() {
        setUp();
        for (uint256 i; i < 5; ++i) {
            _startUnits[i] = vault.unitsOf(address(tokens[i]));
        }
    }

    function _person(uint256 who) private pure returns (address) {
        return address(uint160(0xbeef0 + who % 3));
    }

    function enter(uint256 who, uint256 from, uint256 shares, uint256 excessBps) external {
        who = bound(who, 0, 2);
        from = bound(from, 0, 4);
        shares = bound(shares, 1e16, 3e18);
        PoolSwaps.Route[] memory routes = _buying(from, shares, bound(excessBps, 300, 3000));
        uint256 maxIn = _sumOf(routes) + _needed(from, from, shares, excessBps % 5000);
        address caller = _person(who);
        tokens[from].mint(caller, maxIn);
        vm.startPrank(caller);
        tokens[from].approve(address(zapIn), maxIn);
        zapIn.zap(ZapIn.Order(vault, address(tokens[from]), maxIn, shares, _person(who + 1), block.timestamp), routes);
        vm.stopPrank();
        ++zaps;
    }

    function leave(uint256 who, uint256 to, uint256 shares, uint256 part, uint256 sold) external {
        who = bound(who, 0, 2);
        address caller = _person(who);
        uint256 balance = vault.balanceOf(caller);
        if (balance < 1e17) return;
        to = bound(to, 0, 4);
        shares = bound(shares, 1e17, balance);
        ZapOut.Sale[] memory sales = _salesOf(to, shares, bound(part, 10, 99), sold);
        vm.startPrank(caller);
        vault.approve(address(zapOut), shares);
        zapOut.zap(ZapOut.Order(vault, shares, address(tokens[to]), 0, _person(who + 1), block.timestamp), sales);
        vm.stopPrank();
        ++zaps;
    }

    /// @dev Sales of those assets whose bit is set in `sold`, of a part only where the bit above is set as well.
    function _salesOf(uint256 to, uint256 shares, uint256 part, uint256 sold)
        private
        view
        returns (ZapOut.Sale[] memory sales)
    {
        sales = new ZapOut.Sale[](4);
        uint256 n;
        for (uint256 i; i < 5; ++i) {
            uint256 atoms = vault.unitsOf(address(tokens[i])) * shares / 1e36;
            if (i == to || (sold >> i) & 1 == 0) continue;
            uint256 amount = (sold >> (8 + i)) & 1 == 1 ? atoms * part / 100 : type(uint256).max;
            sales[n++] = ZapOut.Sale(address(tokens[i]), PoolSwaps.Route(amount, _hops(i, to)));
        }
        assembly ("memory-safe") {
            mstore(sales, n)
        }
    }

    function assertNothingStaysBehind() external view {
        _assertClean(address(zapIn));
        _assertClean(address(zapOut));
    }

    function assertUnitsHold() external view {
        for (uint256 i; i < 5; ++i) {
            assertGe(vault.unitsOf(address(tokens[i])), _startUnits[i]);
        }
    }
}
