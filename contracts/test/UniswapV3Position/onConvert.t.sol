// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAdapter} from "../../src/interfaces/IAdapter.sol";
import {IUniswapV3Position} from "../../src/interfaces/IUniswapV3Position.sol";
import {Converter, Lack, LiquidityFixture} from "../fixture/LiquidityFixture.sol";

contract UniswapV3PositionOnConvertTest is LiquidityFixture {
    uint256 internal shares;

    function setUp() public override {
        super.setUp();
        shares = _sharesFor(1_000_000);
    }

    function _enterOffering(int256 amount0, int256 amount1) internal {
        holder.convert(position, _tokens(), _deltas(int256(shares), -amount0, -amount1));
    }

    function testFuzz_shares_cost_what_the_pool_takes(uint256 seed, uint256 usd) public {
        _openAny(seed);
        usd = bound(usd, 1, 2_000_000);
        shares = _sharesFor(usd);
        (uint256 had0, uint256 had1) = _held(address(pool));
        (uint256 paid0, uint256 paid1) = _enter(holder, shares);
        (uint256 has0, uint256 has1) = _held(address(pool));
        assertEq(paid0, has0 - had0);
        assertEq(paid1, has1 - had1);
        assertEq(position.balanceOf(address(holder)), shares);
        (has0, has1) = _held(address(position));
        assertEq(has0 + has1, 0);
        // the pool agrees with the oracle: what was paid is what the rates say
        assertApproxEqAbs(_usdD18(paid0, paid1), _rateWorthD18() * shares / 1e18, _dustD18(2) + usd * 1e12);
    }

    function testFuzz_going_in_and_out_never_gains_and_costs_two_atoms_at_most(uint256 seed, uint256 usd) public {
        _openAny(seed);
        _enter(other, _sharesFor(100_000));
        _churn(9500);
        _churn(10_400);
        shares = _sharesFor(bound(usd, 1, 2_000_000));
        (uint256 had0, uint256 had1) = _held(address(holder));
        _enter(holder, shares);
        holder.convert(position, _tokens(), _deltas(-int256(shares), 0, 0));
        (uint256 has0, uint256 has1) = _held(address(holder));
        assertLe(has0, had0);
        assertLe(has1, had1);
        assertLe(had0 - has0, 2);
        assertLe(had1 - has1, 2);
        assertEq(position.balanceOf(address(holder)), 0);
    }

    /// A limit, not a promise: whoever holds the only shares can give them so much that new ones are mostly what was given.
    function test_gifts_to_the_only_share_make_new_ones_idle() public {
        (uint256 had0, uint256 had1) = position.costOf(shares);
        (uint256 one0, uint256 one1) = position.costOf(1);
        other.convert(position, _tokens(), _deltas(1, -int256(100 * one0), -int256(100 * one1)));
        (uint256 has0, uint256 has1) = position.costOf(shares);
        assertGt(has0, 90 * had0);
        assertGt(has1, 90 * had1);
    }

    function testFuzz_fees_belong_to_those_who_held_while_they_were_earned(uint256 seed, uint256 usd) public {
        _openAny(seed);
        _enter(holder, shares = _sharesFor(1_000_000));
        _churn(9500);
        (uint256 due0, uint256 due1) = _worthOut(holder);
        _enter(other, _sharesFor(bound(usd, 1, 5_000_000)));
        (uint256 left0, uint256 left1) = _worthOut(holder);
        assertGe(left0, due0);
        assertGe(left1, due1);
        // and the last one out leaves nothing behind
        other.redeem(position, position.balanceOf(address(other)));
        holder.redeem(position, shares);
        (left0, left1) = position.fees();
        assertEq(left0 + left1, 0);
    }

    function test_control_without_their_part_of_the_fees_newcomers_take_it_from_others() public {
        _weaken(Lack.FeeShare);
        _enter(holder, shares);
        _churn(9500);
        (uint256 due0, uint256 due1) = _worthOut(holder);
        (uint256 paid0, uint256 paid1) = _enter(other, 9 * shares);
        (uint256 got0, uint256 got1) = other.redeem(position, 9 * shares);
        (uint256 left0, uint256 left1) = _worthOut(holder);
        uint256 stolenD18 = _usdD18(got0, got1) - _usdD18(paid0, paid1);
        assertGt(stolenD18, 500e18, "nine tenths of the fees, for an instant");
        assertApproxEqAbs(_usdD18(due0, due1) - _usdD18(left0, left1), stolenD18, _dustD18(4));
    }

    function testFuzz_nobody_adds_liquidity_far_from_the_oracle(uint256 bps) public {
        bps = bound(bps, 9000, 11_000);
        _moveTo(bps);
        if (bps > 10_000 - GAP_BPS && bps < 10_000 + GAP_BPS) {
            _enter(holder, shares);
        } else if (bps < 10_000 - GAP_BPS || bps > 10_000 + GAP_BPS) {
            _expect(IUniswapV3Position.UniswapV3Position__OffOracle.selector);
            this.enter(holder, shares);
        }
    }

    /// The attacker trades the pool away, lets the victim add liquidity there, trades back and keeps the difference.
    function _sandwich(uint256 bps) internal returns (uint256 lostD18) {
        _moveTo(bps);
        (uint256 paid0, uint256 paid1) = _enter(holder, shares);
        _moveTo(10_000);
        (uint256 got0, uint256 got1) = holder.redeem(position, shares);
        uint256 paidD18 = _usdD18(paid0, paid1);
        return _usdD18(got0, got1) > paidD18 ? 0 : paidD18 - _usdD18(got0, got1);
    }

    function test_within_the_gap_a_sandwich_costs_less_than_a_basis_point() public {
        assertLt(_sandwich(10_099), 1_000_000e18 / 10_000);
    }

    function test_control_without_the_gap_a_sandwich_costs_several_per_cent() public {
        _weaken(Lack.Near);
        assertGt(_sandwich(13_000), 10_000e18);
    }

    /// A stranger says that he has sent what lies here already: the fees of others.
    function _claimUnsent() internal returns (uint256 stolenD18) {
        _enter(other, _sharesFor(1_000_000));
        _churn(9000);
        position.collect();
        (uint256 fee0, uint256 fee1) = position.fees();
        (uint256 cost0, uint256 cost1) = position.costOf(shares = _sharesFor(1000));
        assertLt(cost0, fee0);
        assertLt(cost1, fee1);
        position.onConvert(_tokens(), _deltas(int256(shares), -int256(cost0), -int256(cost1)), "");
        (fee0, fee1) = position.redeem(shares, 0, 0, address(this));
        return _usdD18(fee0, fee1);
    }

    function claimUnsent() external {
        _claimUnsent();
    }

    function test_what_was_not_sent_cannot_be_had() public {
        _expect(IUniswapV3Position.UniswapV3Position__NotSent.selector);
        this.claimUnsent();
    }

    function test_control_without_the_check_shares_are_paid_with_the_fees_of_others() public {
        _weaken(Lack.Sent);
        assertGt(_claimUnsent(), 990e18);
    }

    function testFuzz_what_is_sent_beyond_the_cost_belongs_to_all_shares(uint256 extra) public {
        _enter(other, 3 * shares);
        (uint256 cost0, uint256 cost1) = position.costOf(shares);
        extra = bound(extra, 0, cost0);
        _enterOffering(int256(cost0 + extra), int256(cost1));
        (uint256 fee0, uint256 fee1) = position.fees();
        assertEq(fee0, extra);
        assertEq(fee1, 0);
        (uint256 due0,) = _worthOut(other);
        assertApproxEqAbs(due0, 3 * cost0 + extra * 3 / 4, 8);
    }

    function testFuzz_a_conversion_keeps_both_sides_limits(uint256 slack) public {
        // others' fees lie here and must not make up for what is missing
        _enter(other, shares);
        _churn(9000);
        position.collect();
        (uint256 fee0, uint256 fee1) = position.fees();
        slack = bound(slack, 1, fee0 < fee1 ? fee0 : fee1);
        uint256 snapshot = vm.snapshotState();
        (uint256 paid0, uint256 paid1) = _enter(holder, shares);
        vm.revertToState(snapshot);
        _expect(IUniswapV3Position.UniswapV3Position__TooLittle.selector);
        this.enterOffering(int256(paid0 - slack), int256(paid1));
        _expect(IUniswapV3Position.UniswapV3Position__TooLittle.selector);
        this.enterOffering(int256(paid0), int256(paid1 - slack));
        _enterOffering(int256(paid0), int256(paid1));
        (uint256 out0, uint256 out1) = _worthOut(holder);
        _expect(IUniswapV3Position.UniswapV3Position__TooLittle.selector);
        holder.convert(position, _tokens(), _deltas(-int256(shares), int256(out0 + slack), int256(out1)));
        _expect(IUniswapV3Position.UniswapV3Position__TooLittle.selector);
        holder.convert(position, _tokens(), _deltas(-int256(shares), int256(out0), int256(out1 + 1)));
        holder.convert(position, _tokens(), _deltas(-int256(shares), int256(out0), int256(out1)));
        assertEq(position.balanceOf(address(holder)), 0);
    }

    function test_a_conversion_goes_one_way_and_knows_its_tokens() public {
        _enter(holder, shares);
        int256[3][4] memory wrong = [[int256(1), 1, -1], [int256(0), -1, -1], [int256(-1), -1, 1], [int256(1), -1, 1]];
        for (uint256 i; i < wrong.length; ++i) {
            _expect(IAdapter.Adapter__BadConversion.selector);
            position.onConvert(_tokens(), _deltas(wrong[i][0], wrong[i][1], wrong[i][2]), "");
        }
        address[] memory list = _tokens();
        list[1] = address(tokens[0]);
        _expect(IAdapter.Adapter__BadConversion.selector);
        position.onConvert(list, _deltas(1, -1, -1), "");
    }

    function test_what_strangers_add_to_the_position_counts_for_nothing() public {
        _enter(holder, shares);
        (uint256 due0, uint256 due1) = _worthOut(holder);
        uint256 worthD18 = _rateWorthD18();
        // anybody may add liquidity for another, and send it tokens
        pool.mint(address(position), position.tickLower(), position.tickUpper(), uint128(shares), "");
        tokens[zero].mint(address(position), 1e12);
        (uint256 left0, uint256 left1) = _worthOut(holder);
        assertEq(left0, due0);
        assertEq(left1, due1);
        assertEq(_rateWorthD18(), worthD18);
    }

    function uniswapV3MintCallback(uint256 owed0, uint256 owed1, bytes calldata) external {
        tokens[zero].mint(msg.sender, owed0);
        tokens[one].mint(msg.sender, owed1);
    }

    function enter(Converter by, uint256 amount) external {
        _enter(by, amount);
    }

    function enterOffering(int256 amount0, int256 amount1) external {
        _enterOffering(amount0, amount1);
    }
}
