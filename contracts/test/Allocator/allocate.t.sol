// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Erc4626Adapter} from "../../src/adapters/Erc4626Adapter.sol";
import {IAllocator} from "../../src/interfaces/IAllocator.sol";
import {AllocatorFixture} from "../fixture/AllocatorFixture.sol";
import {Guard} from "../fixture/Weak.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

contract AllocateTest is AllocatorFixture {
    function _assertMoved(Erc4626Adapter adapter, uint256 amount) private {
        (uint256 nav, uint256 had) = (_basketD18(), _held(adapter.asset()));
        uint256 shares = IERC4626(adapter.share()).previewDeposit(amount);
        _allocate(adapter, amount);
        assertEq(_held(adapter.share()), shares);
        assertEq(_held(adapter.asset()), had - amount);
        assertEq(IERC20(adapter.asset()).balanceOf(address(adapter)), 0, "the adapter keeps nothing");
        assertLe(nav - _basketD18(), amount * 1e12 / 1000, "at most 10 bps of what was moved");
    }

    function testFuzz_value_is_kept_within_the_tolerance(uint256 a, uint256 b) public {
        _assertMoved(lent, bound(a, 1e6, 80_000e6));
        _assertMoved(idle, bound(b, 1e6, 80_000e6));
        address[] memory entered = allocator.adaptersOf(address(basket));
        assertEq(entered.length, 2);
        assertEq(entered[1], address(idle));
    }

    // -------------------------------------------------------------- a dear share

    /// @dev A stolen strategist's key buys shares that the thief, who holds most of them, has just made ten times as dear.
    function _makeDear() private {
        tokens[1].mint(address(idles[1]), 9 * amounts()[1]);
    }

    function test_shares_above_what_they_safely_count_for_are_not_bought() public {
        _makeDear();
        _refuseToAllocate(idle, 500e6, IAllocator.Allocator__MoveLoses.selector);
    }

    function test_control_without_the_check_the_basket_pays_ten_times_the_worth() public {
        _without(Guard.MoveLoss);
        _makeDear();
        uint256 nav = _basketD18();
        _allocate(idle, 500e6);
        assertApproxEqAbs(nav - _basketD18(), 450e18, 1e18);
    }

    // ----------------------------------------------------------------------- caps

    function testFuzz_no_more_goes_in_than_each_cap_says(uint256 amount) public {
        amount = bound(amount, 1e6, 200_000e6);
        // 30 % of $400,000.
        if (amount > 120_000e6) _refuseToAllocate(idle, amount, IAllocator.Allocator__AdapterCapHit.selector);
        else _allocate(idle, amount);
    }

    function testFuzz_positions_of_one_asset_share_its_cap(uint256 a, uint256 b) public {
        (a, b) = (bound(a, 1e6, 119_000e6), bound(b, 1e6, 81_000e6));
        _allocate(idle, a);
        // 40 % of $400,000, less what rounding and the caps of single adapters leave open.
        if (a + b > 160_001e6) _refuseToAllocate(lent, b, IAllocator.Allocator__RiskCapHit.selector);
        else if (a + b < 159_999e6) _allocate(lent, b);
    }

    function test_control_without_caps_everything_may_go_into_one() public {
        _without(Guard.Caps);
        _allocate(idle, 200_000e6);
        idles[1].rob(stranger, 400_000e6);
        assertApproxEqRel(_basketD18(), 200_000e18, 0.001e18, "half of the basket is gone");
    }

    // ------------------------------------------------------------- exit liquidity

    function testFuzz_no_more_goes_in_than_could_come_out(uint256 left, uint256 amount) public {
        _allocate(lent, 60_000e6);
        (left, amount) = (bound(left, 0, 120_000e6), bound(amount, 1e6, 50_000e6));
        _drain(1, left);
        // What is moved in is cash as well.
        if (left < 59_800e6) _refuseToAllocate(lent, amount, IAllocator.Allocator__NotCovered.selector);
        else if (left > 60_001e6) _allocate(lent, amount);
    }

    function test_control_without_cover_more_and_more_cannot_get_out() public {
        _without(Guard.Caps);
        for (uint256 i; i < 3; ++i) {
            _allocate(lent, 60_000e6);
            _drain(1, 0);
        }
        assertApproxEqRel(sleeves[1].convertToAssets(_held(lent.share())), 180_000e6, 0.001e18);
        assertEq(sleeves[1].maxWithdraw(address(basket)), 0, "nearly half of the basket is stuck");
    }

    function test_redeeming_in_kind_works_while_the_pool_is_illiquid() public {
        _allocate(lent, 80_000e6);
        _drain(1, 0);
        uint256 shares = basket.balanceOf(alice);
        vm.prank(alice);
        basket.redeem(shares, _none(), alice);
        uint256 got = sleeves[1].balanceOf(alice);
        assertGt(got, 0);
        assertEq(sleeves[1].maxRedeem(alice), 0, "no cash");
        vm.prank(alice);
        uint256 paid = sleeves[1].redeemInKind(got, alice, alice);
        assertApproxEqRel(paid, 80_000e6, 0.0001e18);
    }

    // ---------------------------------------------------------------- who and what

    function test_only_the_strategist_and_only_what_the_policy_knows() public {
        (address[] memory list, int256[] memory deltas) = _words(lent, -1e6, 0);
        _expect(IAllocator.Allocator__NotAllowed.selector);
        allocator.allocate(address(basket), address(lent), list, deltas, "");
        Erc4626Adapter other = new Erc4626Adapter(idles[1], address(idles[1]), "Idle", GROWTH);
        _refuseToAllocate(other, 1e6, IAllocator.Allocator__UnknownAdapter.selector);
        (list, deltas) = _words(lent, 0, -1);
        vm.startPrank(strategist);
        _expect(IAllocator.Allocator__BadMove.selector);
        allocator.allocate(address(basket), address(lent), list, deltas, "");
        vm.stopPrank();
        address share = lent.share();
        vm.prank(sentinel);
        policy.quarantine(address(basket), share);
        _refuseToAllocate(lent, 1e6, IAllocator.Allocator__Quarantined.selector);
    }

    function test_a_move_names_the_share_and_an_amount_for_every_token() public {
        (address[] memory list, int256[] memory deltas) = _words(lent, -1e6, 0);
        _refuseMove(list, new int256[](1));
        _refuseMove(new address[](0), new int256[](0));
        (list, deltas) = (new address[](1), new int256[](1));
        (list[0], deltas[0]) = (lent.asset(), -1e6);
        _refuseMove(list, deltas);
    }

    function _refuseMove(address[] memory list, int256[] memory deltas) private {
        vm.prank(strategist);
        _expect(IAllocator.Allocator__BadMove.selector);
        allocator.allocate(address(basket), address(lent), list, deltas, "");
    }
}
