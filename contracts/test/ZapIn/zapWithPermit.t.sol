// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {PoolSwaps} from "../../src/periphery/PoolSwaps.sol";
import {ZapIn} from "../../src/periphery/ZapIn.sol";
import {PermitToken} from "../fixture/PermitToken.sol";
import {ZapFixture} from "../fixture/ZapFixture.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

contract ZapInPermitTest is ZapFixture {
    bytes32 internal constant TYPEHASH =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");

    uint256 internal key;
    PermitToken internal money;
    ZapIn.Order internal order;

    function setUp() public override {
        super.setUp();
        (bob, key) = makeAddrAndKey("bob");
        money = PermitToken(address(tokens[1]));
        money.mint(bob, 1100e6);
        order = ZapIn.Order(vault, address(money), 1100e6, 1e18, bob, block.timestamp);
    }

    function _sign(uint256 value) internal view returns (ZapIn.Permit memory p) {
        bytes32 hash = keccak256(abi.encode(TYPEHASH, bob, zapIn, value, money.nonces(bob), block.timestamp));
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", money.DOMAIN_SEPARATOR(), hash));
        p.deadline = block.timestamp;
        (p.v, p.r, p.s) = vm.sign(key, digest);
    }

    function test_a_signature_does_for_an_approval() public {
        PoolSwaps.Route[] memory routes = _buying(1, 1e18, 300);
        ZapIn.Permit memory p = _sign(1100e6);
        vm.prank(bob);
        zapIn.zapWithPermit(order, routes, p);
        assertEq(vault.balanceOf(bob), 1e18);
        _assertClean(address(zapIn));
        assertEq(money.allowance(bob, address(zapIn)), 0);
    }

    function test_a_permit_that_somebody_has_used_first_holds_nobody_back() public {
        PoolSwaps.Route[] memory routes = _buying(1, 1e18, 300);
        ZapIn.Permit memory p = _sign(1100e6);
        vm.prank(stranger);
        money.permit(bob, address(zapIn), 1100e6, p.deadline, p.v, p.r, p.s);
        vm.prank(bob);
        zapIn.zapWithPermit(order, routes, p);
        assertEq(vault.balanceOf(bob), 1e18);
    }

    function test_a_permit_of_another_amount_or_for_another_caller_is_worth_nothing() public {
        PoolSwaps.Route[] memory routes = _buying(1, 1e18, 300);
        ZapIn.Permit memory p = _sign(1100e6 - 1);
        _expect(IERC20Errors.ERC20InsufficientAllowance.selector);
        vm.prank(bob);
        zapIn.zapWithPermit(order, routes, p);
        p = _sign(1100e6);
        address carol = makeAddr("carol");
        _expect(IERC20Errors.ERC20InsufficientAllowance.selector);
        vm.prank(carol);
        zapIn.zapWithPermit(order, routes, p);
        assertEq(money.balanceOf(bob), 1100e6);
    }
}
