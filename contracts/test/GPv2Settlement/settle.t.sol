// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISettler} from "../../src/interfaces/ISettler.sol";
import {CowFixture, SmallestOwner} from "../fixture/CowFixture.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// What the real settlement does with an order that a contract owns: everything that is built on it starts from here.
contract GPv2SettlementSettleTest is CowFixture {
    uint256 internal constant SOLD = 10_000e6;
    uint256 internal constant PAID = 5e18;

    address internal receiver = makeAddr("receiver");
    ISettler.BatchOrder internal order;
    SmallestOwner internal small;

    function setUp() public override {
        super.setUp();
        order = _cowOrder(receiver, 1, 3, SOLD, PAID);
        small = new SmallestOwner(_digest(order), IERC20(address(tokens[1])), relayer, SOLD);
        tokens[1].mint(address(small), SOLD);
    }

    function test_a_contract_sells_in_two_parts_and_not_an_atom_more() public {
        _settleCow(order, address(small), "", 4000e6, 2e18);
        assertEq(tokens[3].balanceOf(receiver), 2e18);
        assertEq(cow.filledAmount(_uid(order, address(small))), 4000e6);
        assertEq(tokens[1].allowance(address(small), relayer), 6000e6);
        vm.expectRevert("GPv2: order filled");
        this.settleFor(6000e6 + 1, 4e18);
        _settleCow(order, address(small), "", 6000e6, 3.1e18);
        assertEq(tokens[3].balanceOf(receiver), 5.1e18, "the better price is the owner's");
        assertEq(tokens[1].balanceOf(address(small)), 0);
        assertEq(tokens[1].allowance(address(small), relayer), 0);
    }

    function test_it_keeps_the_limit_the_time_and_the_signature() public {
        vm.expectRevert("GPv2: limit price not respected");
        this.settleFor(4000e6, 2e18 - 1);
        ISettler.BatchOrder memory other = order;
        other.buyAmount = 1;
        vm.expectRevert("GPv2: invalid eip1271 signature");
        this.settleOther(other, 4000e6, 2e18);
        vm.warp(order.validTo + 1);
        vm.expectRevert("GPv2: order expired");
        this.settleFor(4000e6, 2e18);
    }

    function test_only_solvers_settle() public {
        solver = stranger;
        vm.expectRevert("GPv2: not a solver");
        this.settleFor(4000e6, 2e18);
    }

    function settleFor(uint256 sold, uint256 paid) external {
        _settleCow(order, address(small), "", sold, paid);
    }

    function settleOther(ISettler.BatchOrder calldata other, uint256 sold, uint256 paid) external {
        _settleCow(other, address(small), "", sold, paid);
    }
}
