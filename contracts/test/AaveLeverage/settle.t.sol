// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {OperationLock} from "../../src/custody/OperationLock.sol";
import {ILeverage} from "../../src/interfaces/ILeverage.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {HostileFiller} from "../fixture/HostileFiller.sol";
import {LeverageFixture} from "../fixture/LeverageFixture.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

contract AaveLeverageSettleTest is LeverageFixture {
    HostileFiller internal filler = new HostileFiller();

    function _fillBack(uint256 sell, uint256 buy, uint256 amount, uint256 payment) internal {
        tokens[buy].mint(address(filler), payment);
        filler.plan(payment, new HostileFiller.Call[](0));
        filler.fill(settler, address(lever), address(tokens[sell]), address(tokens[buy]), amount);
    }

    function testFuzz_levering_borrows_and_supplies_delevering_sells_and_repays(uint256 usd, bool back) public {
        usd = bound(usd, 1000, 60_000);
        _proposeMove(int256(usd));
        (uint256 amount,) = settler.room(address(lever), address(tokens[DEBT]));
        uint256 ask = _ask(DEBT, COLLATERAL, amount);
        if (back) _fillBack(DEBT, COLLATERAL, amount, ask);
        else _take(DEBT, COLLATERAL, amount);
        assertApproxEqAbs(_debt(), amount, 2);
        assertApproxEqAbs(_collateral(), 100e18 + ask, 2);
        (,, uint256[] memory held) = lever.holdings();
        assertApproxEqAbs(held[1], 400_000e6 - amount, 2);
        assertEq(held[0], _collateral());
        assertGe(lever.healthD18(), MIN_HEALTH);

        (uint256 debt, uint256 health) = (_debt(), lever.healthD18());
        _proposeMove(-int256(usd / 2));
        (amount,) = settler.room(address(lever), address(tokens[COLLATERAL]));
        ask = _ask(COLLATERAL, DEBT, amount);
        if (back) _fillBack(COLLATERAL, DEBT, amount, ask);
        else _take(COLLATERAL, DEBT, amount);
        assertApproxEqRel(_debt(), debt - ask, 1e12, "interest of ten minutes aside");
        assertGt(lever.healthD18(), health);
        assertEq(tokens[COLLATERAL].balanceOf(address(lever)) + tokens[DEBT].balanceOf(address(lever)), 0);
    }

    function test_a_filler_that_pays_too_much_repays_no_more_than_is_owed() public {
        _proposeMove(10_000);
        _take(DEBT, COLLATERAL, 10_000e6);
        _proposeMove(-5000);
        _expect(ILeverage.AaveLeverage__MoreThanDebt.selector);
        this.fillBack(COLLATERAL, DEBT, 2e18, 20_000e6);
    }

    function fillBack(uint256 sell, uint256 buy, uint256 amount, uint256 payment) external {
        _fillBack(sell, buy, amount, payment);
    }

    function test_only_the_settler_settles_and_only_the_pair_within_what_there_is() public {
        (address c, address d) = (address(tokens[COLLATERAL]), address(tokens[DEBT]));
        _expect(ILeverage.AaveLeverage__NotSettler.selector);
        lever.settle(c, d, 1, 0, stranger, "");
        vm.startPrank(address(settler));
        _expect(ILeverage.AaveLeverage__NotAPair.selector);
        lever.settle(c, c, 1, 0, stranger, "");
        _expect(ILeverage.AaveLeverage__NotAPair.selector);
        lever.settle(address(tokens[2]), d, 1, 0, stranger, "");
        _expect(ILeverage.AaveLeverage__Oversold.selector);
        lever.settle(c, d, type(uint256).max, 0, stranger, "");
        _expect(ILeverage.AaveLeverage__Oversold.selector);
        lever.settle(d, c, 400_000e6 + 1, 0, stranger, "");
        vm.stopPrank();
    }

    function test_nothing_else_happens_while_a_filler_is_called() public {
        _serve();
        _wait(1 hours);
        _proposeMove(-5000);
        HostileFiller.Call[] memory calls = new HostileFiller.Call[](1);
        bytes[3] memory tries = [
            abi.encodeCall(ILeverage.mint, (1e18, 1e18, 0, stranger)),
            abi.encodeCall(ILeverage.redeem, (1, 1, 0, stranger, false)),
            abi.encodeCall(ILeverage.holdings, ())
        ];
        for (uint256 i; i < 3; ++i) {
            calls[0] = HostileFiller.Call(address(lever), tries[i]);
            filler.plan(1e12, calls);
            tokens[DEBT].mint(address(filler), 1e12);
            vm.expectRevert(bytes4(keccak256("ReentrancyGuardReentrantCall()")));
            filler.fill(settler, address(lever), address(tokens[COLLATERAL]), address(tokens[DEBT]), 1e18);
        }
    }

    /// @dev Whoever mints, to have the position larger for its own fill, cannot fill in the same transaction; nor the other way.
    function test_minting_redeeming_and_filling_do_not_mix_in_a_transaction() public {
        _serve();
        _wait(1 hours);
        _proposeMove(-5000);
        Mixer mixer = new Mixer();
        tokens[COLLATERAL].mint(address(mixer), 100e18);
        tokens[DEBT].mint(address(mixer), 100_000e6);
        mixer.approve(address(lever), tokens[COLLATERAL], tokens[DEBT]);
        (address c, address d) = (address(tokens[COLLATERAL]), address(tokens[DEBT]));
        bytes memory fill = abi.encodeCall(ISettler.fill, (address(lever), c, d, 1e18, type(uint256).max, ""));
        bytes memory mint = abi.encodeCall(ILeverage.mint, (1e18, 1e18, 0, address(mixer)));
        bytes memory redeem = abi.encodeCall(ILeverage.redeem, (1e18, 1e12, 0, address(mixer), false));
        mixer.one(address(lever), mint);
        _expect(OperationLock.OperationLock__Mixed.selector);
        mixer.both(address(lever), mint, address(settler), fill);
        _expect(OperationLock.OperationLock__Mixed.selector);
        mixer.both(address(settler), fill, address(lever), redeem);
        _expect(OperationLock.OperationLock__Mixed.selector);
        mixer.both(address(lever), mint, address(lever), redeem);
        mixer.both(address(settler), fill, address(settler), fill);
    }
}

/// @dev Does two things in one transaction.
contract Mixer {
    function approve(address spender, IERC20 a, IERC20 b) external {
        a.approve(spender, type(uint256).max);
        b.approve(spender, type(uint256).max);
    }

    function one(address target, bytes calldata data) public {
        (bool ok, bytes memory why) = target.call(data);
        if (ok) return;
        assembly ("memory-safe") {
            revert(add(why, 0x20), mload(why))
        }
    }

    function both(address a, bytes calldata first, address b, bytes calldata second) external {
        one(a, first);
        one(b, second);
    }
}
