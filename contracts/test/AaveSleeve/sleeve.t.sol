// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {AaveSleeve} from "../../src/adapters/AaveSleeve.sol";
import {TestToken} from "../../src/demo/TestToken.sol";
import {IAToken} from "../../src/interfaces/IAavePool.sol";
import {AaveFixture} from "../fixture/AaveFixture.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";

interface IScaled {
    function scaledBalanceOf(address user) external view returns (uint256);
}

contract AaveSleeveTest is AaveFixture {
    AaveSleeve[] internal sleeves;

    function setUp() public virtual override {
        super.setUp();
        for (uint256 i; i < tokens.length; ++i) {
            AaveSleeve sleeve = new AaveSleeve(pool, tokens[i]);
            sleeves.push(sleeve);
            vm.prank(alice);
            tokens[i].approve(address(sleeve), type(uint256).max);
        }
        // Interest: half of each reserve is lent out for a while, so that the index is odd.
        _supply(borrower, 3, 100 * amounts()[3]);
        for (uint256 i; i < tokens.length; ++i) {
            _borrow(borrower, i, 5 * amounts()[i]);
        }
        _wait(100 days);
    }

    function _deposit(uint256 i, uint256 amount) internal returns (uint256 shares) {
        vm.prank(alice);
        return sleeves[i].deposit(amount, alice);
    }

    function _assertBacked(uint256 i) internal view {
        assertGe(IScaled(_aToken(i)).scaledBalanceOf(address(sleeves[i])), sleeves[i].totalSupply(), "backed");
        assertEq(tokens[i].balanceOf(address(sleeves[i])), 0, "keeps no tokens");
        assertEq(tokens[i].allowance(address(sleeves[i]), address(pool)), 0, "keeps no allowance");
    }

    function testFuzz_shares_are_always_backed_and_round_trips_never_gain(uint256[6] memory sizes, uint32 time) public {
        for (uint256 i; i < tokens.length; ++i) {
            AaveSleeve sleeve = sleeves[i];
            uint256 before = tokens[i].balanceOf(alice);
            uint256 shares = _deposit(i, bound(sizes[0], 2, amounts()[i] / 4));
            _assertBacked(i);
            vm.startPrank(alice);
            sleeve.mint(bound(sizes[1], 1, amounts()[i] / 4), alice);
            _assertBacked(i);
            sleeve.redeem(bound(sizes[2], 1, shares), alice, alice);
            _assertBacked(i);
            sleeve.withdraw(bound(sizes[3], 1, sleeve.maxWithdraw(alice)), alice, alice);
            _assertBacked(i);
            uint256 rest = sleeve.balanceOf(alice);
            if (rest != 0) sleeve.redeem(rest, alice, alice);
            vm.stopPrank();
            assertLe(tokens[i].balanceOf(alice), before, "no gain without time");
            _assertBacked(i);
        }
        _wait(bound(time, 1, 30 days));
        for (uint256 i; i < tokens.length; ++i) {
            _deposit(i, bound(sizes[4], 2, amounts()[i] / 4));
            _assertBacked(i);
        }
    }

    function test_what_is_supplied_earns_the_pools_interest() public {
        uint256 shares = _deposit(1, 100_000e6);
        uint256 worth = sleeves[1].convertToAssets(shares);
        assertApproxEqAbs(worth, 100_000e6, 2);
        _wait(365 days);
        // Half in use: 2.5 % for borrowers, on half, less a tenth for the treasury.
        assertApproxEqRel(sleeves[1].convertToAssets(shares), 101_125e6, 0.005e18);
        vm.prank(alice);
        uint256 paid = sleeves[1].redeem(shares, alice, alice);
        assertGt(paid, 101_000e6);
    }

    function testFuzz_donations_move_nothing(uint256 gift) public {
        gift = bound(gift, 1, amounts()[3]);
        uint256 shares = _deposit(3, 1e18);
        uint256 worth = sleeves[3].convertToAssets(shares);
        tokens[3].mint(address(sleeves[3]), gift);
        vm.startPrank(lender);
        IERC20(_aToken(3)).transfer(address(sleeves[3]), gift);
        vm.stopPrank();
        assertEq(sleeves[3].convertToAssets(shares), worth);
        assertEq(sleeves[3].totalAssets(), worth);
        assertEq(sleeves[3].previewDeposit(1e18), shares);
    }

    function testFuzz_the_maximum_can_be_deposited_and_not_more(uint256 cap, uint32 time) public {
        uint256 i = 1;
        uint256 supplied = IERC20(_aToken(i)).totalSupply();
        cap = bound(cap, 1, 3 * supplied / 1e6);
        configurator.setSupplyCap(address(tokens[i]), cap);
        _wait(bound(time, 0, 365 days));
        uint256 most = sleeves[i].maxDeposit(alice);
        if (cap * 1e6 < supplied) return assertEq(most, 0);
        tokens[i].mint(alice, most + 1_000_000e6);
        if (most != 0) _deposit(i, most);
        assertApproxEqRel(IERC20(_aToken(i)).totalSupply(), cap * 1e6, 0.02e18, "the cap is used");
        most = sleeves[i].maxDeposit(alice);
        _expect(ERC4626.ERC4626ExceededMaxDeposit.selector);
        _deposit(i, most + 1);
    }

    function testFuzz_the_maximum_can_be_taken_out_and_not_more(uint256 amount, uint256 left) public {
        uint256 i = 1;
        _deposit(i, bound(amount, 100e6, amounts()[i]));
        _drain(i, bound(left, 0, 300_000e6));
        uint256 most = sleeves[i].maxWithdraw(alice);
        uint256 cash = tokens[i].balanceOf(_aToken(i));
        uint256 worth = sleeves[i].convertToAssets(sleeves[i].balanceOf(alice));
        assertEq(most, worth < cash ? worth : cash);
        uint256 shares = sleeves[i].maxRedeem(alice);
        assertApproxEqAbs(sleeves[i].convertToAssets(shares), most, 1);
        vm.startPrank(alice);
        _expect(ERC4626.ERC4626ExceededMaxRedeem.selector);
        sleeves[i].redeem(shares + 1, alice, alice);
        if (shares != 0) sleeves[i].redeem(shares, alice, alice);
        vm.stopPrank();
        _assertBacked(i);
    }

    function testFuzz_the_exit_in_kind_needs_no_cash(uint256 amount, uint256 part) public {
        uint256 i = 1;
        uint256 shares = _deposit(i, bound(amount, 100, amounts()[i]));
        _drain(i, 0);
        assertEq(sleeves[i].maxRedeem(alice), 0);
        part = bound(part, 1, shares);
        uint256 worth = sleeves[i].convertToAssets(part);
        vm.prank(alice);
        uint256 paid = sleeves[i].redeemInKind(part, alice, alice);
        assertEq(paid, worth);
        assertApproxEqAbs(IERC20(_aToken(i)).balanceOf(alice), worth, 1);
        assertEq(sleeves[i].balanceOf(alice), shares - part);
        _assertBacked(i);
    }

    function test_nobody_redeems_in_kind_for_another_without_allowance() public {
        uint256 shares = _deposit(1, 1000e6);
        vm.prank(stranger);
        vm.expectRevert();
        sleeves[1].redeemInKind(shares, stranger, alice);
        vm.prank(alice);
        sleeves[1].approve(stranger, shares);
        vm.prank(stranger);
        sleeves[1].redeemInKind(shares, stranger, alice);
        assertEq(sleeves[1].allowance(alice, stranger), 0);
    }

    function test_a_frozen_reserve_lets_out_only_and_a_paused_one_nothing() public {
        uint256 shares = _deposit(1, 1000e6);
        configurator.setReserveFreeze(address(tokens[1]), true);
        assertEq(sleeves[1].maxDeposit(alice), 0);
        assertEq(sleeves[1].maxMint(alice), 0);
        assertEq(sleeves[1].maxRedeem(alice), shares);
        configurator.setReservePause(address(tokens[1]), true);
        assertEq(sleeves[1].maxWithdraw(alice), 0);
        assertEq(sleeves[1].maxRedeem(alice), 0);
        vm.prank(alice);
        sleeves[1].transfer(stranger, shares);
        assertEq(sleeves[1].balanceOf(stranger), shares, "shares move all the same");
    }

    function test_a_token_that_the_pool_does_not_list_has_no_sleeve() public {
        TestToken other = new TestToken("Other", "OTH", 18, address(this));
        vm.expectRevert(abi.encodeWithSelector(AaveSleeve.AaveSleeve__NotListed.selector, address(other)));
        new AaveSleeve(pool, other);
    }

    function test_its_shares_have_the_tokens_decimals_and_a_name() public view {
        for (uint256 i; i < tokens.length; ++i) {
            assertEq(sleeves[i].decimals(), decimals()[i]);
            assertEq(sleeves[i].symbol(), "asTOK");
            assertEq(sleeves[i].aToken(), _aToken(i));
        }
        assertGt(IAToken(_aToken(1)).scaledTotalSupply(), 0);
    }
}
