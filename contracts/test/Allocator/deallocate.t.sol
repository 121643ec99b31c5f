// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Erc4626Adapter} from "../../src/adapters/Erc4626Adapter.sol";
import {IAllocator} from "../../src/interfaces/IAllocator.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {AllocatorFixture} from "../fixture/AllocatorFixture.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";

contract DeallocateTest is AllocatorFixture {
    function setUp() public override {
        super.setUp();
        _allocate(lent, 70_000e6);
        _allocate(idle, 60_000e6);
    }

    function _assertLeaves(address by, Erc4626Adapter adapter, uint256 shares) private {
        (uint256 nav, uint256 had) = (_basketD18(), _held(adapter.asset()));
        uint256 owned = _held(adapter.share());
        shares = bound(shares, 1e6, owned / 2);
        uint256 paid = IERC4626(adapter.share()).previewRedeem(shares);
        _deallocate(by, adapter, shares);
        assertEq(_held(adapter.asset()), had + paid);
        assertEq(_held(adapter.share()), owned - shares);
        assertGe(_basketD18() + paid * 1e12 / 1000, nav, "at most 10 bps of what was moved");
    }

    function testFuzz_value_is_kept_by_strategist_and_guardian(uint256 a, uint256 b, uint256 time) public {
        _wait(bound(time, 0, 90 days));
        _assertLeaves(strategist, lent, a);
        _assertLeaves(sentinel, idle, b);
        _assertLeaves(owner, lent, a);
    }

    function test_a_stranger_moves_nothing_and_nothing_leaves_where_it_never_was() public {
        (address[] memory list, int256[] memory deltas) = _words(lent, 0, -1e6);
        vm.prank(stranger);
        _expect(IAllocator.Allocator__NotAllowed.selector);
        allocator.deallocate(address(basket), address(lent), list, deltas, "");
        vm.prank(strategist);
        _expect(IAllocator.Allocator__UnknownAdapter.selector);
        allocator.deallocate(address(basket), address(sleeveAdapters[3]), list, deltas, "");
    }

    function test_leaving_needs_no_cap() public {
        vm.prank(sentinel);
        policy.setCap(address(basket), address(lent), IPolicy.Cap(0, 0));
        uint256 shares = _held(lent.share());
        _deallocate(sentinel, lent, shares);
        assertEq(_held(lent.share()), 0);
    }

    function testFuzz_while_the_pool_is_short_of_cash_what_there_is_comes_out(uint256 left) public {
        left = bound(left, 1e6, 60_000e6);
        _drain(1, left);
        uint256 most = sleeves[1].maxRedeem(address(basket));
        vm.expectRevert();
        this.takeOut(most + 1);
        _deallocate(strategist, lent, most);
        assertApproxEqAbs(tokens[1].balanceOf(_aToken(1)), 0, 2);
    }

    function takeOut(uint256 shares) external {
        _deallocate(strategist, lent, shares);
    }

    function test_a_loss_of_the_position_is_there_before_and_after_leaving() public {
        idles[1].rob(stranger, 130_000e6);
        uint256 nav = _basketD18();
        assertApproxEqRel(nav, 370_000e18, 0.001e18);
        _deallocate(sentinel, idle, _held(idle.share()));
        assertApproxEqRel(_basketD18(), nav, 0.0001e18);
    }
}
