// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {AaveLeverage} from "../../src/adapters/AaveLeverage.sol";
import {IFiller} from "../../src/interfaces/IFiller.sol";
import {ILeverage} from "../../src/interfaces/ILeverage.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {IAaveLiquidation, IFlashLender} from "../fixture/AaveFixture.sol";
import {LeverageFixture, WeakAaveLeverage} from "../fixture/LeverageFixture.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @dev Without money of its own: borrows in a flash, fills, sells what it got to a desk, pays back. Any leg may fail.
contract FlashFiller is IFiller {
    enum Leg {
        None,
        Payment,
        Desk
    }

    ISettler private immutable _settler;
    address private immutable _position;
    IERC20 private immutable _sell;
    IERC20 private immutable _buy;
    Leg public failing;

    constructor(ISettler settler, address position, IERC20 sell, IERC20 buy) {
        (_settler, _position, _sell, _buy) = (settler, position, sell, buy);
    }

    function fail(Leg leg) external {
        failing = leg;
    }

    function run(address lender, uint256 amount, uint256 loan) external {
        IFlashLender(lender).flashLoanSimple(address(this), address(_buy), loan, abi.encode(amount), 0);
    }

    function executeOperation(address, uint256 loan, uint256 premium, address, bytes calldata params)
        external
        returns (bool)
    {
        uint256 amount = abi.decode(params, (uint256));
        _settler.fill(_position, address(_sell), address(_buy), amount, type(uint256).max, "back");
        require(failing != Leg.Desk, "the desk refuses");
        _buy.approve(msg.sender, loan + premium);
        return true;
    }

    /// @dev The proceeds stay with it: it has been given what the desk would pay.
    function onFill(address, address, uint256, uint256 minBuy, bytes calldata) external {
        if (failing != Leg.Payment) _buy.transfer(msg.sender, minBuy);
    }
}

/// A rebalance leaves a leveraged position at the edge of liquidation, or its flash-borrowed leg fails midway.
contract A59Test is LeverageFixture {
    // -------------------------------------------------------- levered to the edge

    /// @dev A line that is no limit: health is.
    function _wide() internal view returns (ILeverage.Setup memory setup) {
        setup = _setup();
        setup.line = 800e6;
    }

    /// @dev A stolen strategist's key levers as far as the pool lends: to 79 % of the collateral's worth.
    function _leverToTheEdge() internal {
        uint256 equityD18 = _equityD18();
        _proposeMove(int256(equityD18 * 79 / 21 / ONE));
        (uint256 amount,) = settler.room(address(lever), address(tokens[DEBT]));
        _take(DEBT, COLLATERAL, amount);
    }

    function leverToTheEdge() external {
        _leverToTheEdge();
    }

    function test_no_settlement_leaves_it_under_its_least_health() public {
        _open(new AaveLeverage("Wide", "WIDE", _wide()));
        _expect(ILeverage.AaveLeverage__Unhealthy.selector);
        this.leverToTheEdge();
    }

    function testFuzz_under_the_target_every_settlement_improves_it(uint256 usd) public {
        _serve();
        feeds[COLLATERAL].set(1820e8);
        assertLt(lever.healthD18(), TARGET_HEALTH);
        _wait(1 hours);
        _proposeMove(int256(bound(usd, 100, 5000)));
        (uint256 amount,) = settler.room(address(lever), address(tokens[DEBT]));
        tokens[COLLATERAL].mint(stranger, 1e24);
        vm.startPrank(stranger);
        tokens[COLLATERAL].approve(address(lever), type(uint256).max);
        _expect(ILeverage.AaveLeverage__Unhealthy.selector);
        settler.fill(address(lever), address(tokens[DEBT]), address(tokens[COLLATERAL]), amount, type(uint256).max, "");
        vm.stopPrank();
    }

    function test_honest_levering_and_delevering_within_health_works() public {
        _serve();
        assertGe(lever.healthD18(), TARGET_HEALTH);
        feeds[COLLATERAL].set(1700e8);
        _wait(1 hours);
        uint256 health = lever.healthD18();
        _serve();
        assertGt(lever.healthD18(), health);
    }

    function test_control_without_the_post_condition_the_position_is_liquidated() public {
        _open(new WeakAaveLeverage(_wide(), false, true));
        _leverToTheEdge();
        assertLt(lever.healthD18(), 1.1e18, "at the edge");
        feeds[COLLATERAL].set(1820e8);
        assertLt(lever.healthD18(), 1e18, "a fall of 9 %");
        uint256 equityD18 = _equityD18();
        address thief = makeAddr("thief");
        uint256 repaid = _debt() / 2;
        tokens[DEBT].mint(thief, repaid);
        uint256 wealth = _wealthD18(thief);
        vm.startPrank(thief);
        tokens[DEBT].approve(address(pool), repaid);
        IAaveLiquidation(address(pool))
            .liquidationCall(address(tokens[COLLATERAL]), address(tokens[DEBT]), address(lever), repaid, false);
        vm.stopPrank();
        uint256 bonusD18 = _worthD18(DEBT, repaid) * 5 / 100;
        assertApproxEqRel(_wealthD18(thief) - wealth, bonusD18, 0.001e18);
        assertApproxEqRel(equityD18 - _equityD18(), bonusD18, 0.001e18, "the holders pay the bonus");
    }

    // ------------------------------------------------------- a leg fails midway

    function _flash() internal returns (FlashFiller filler) {
        filler = new FlashFiller(settler, address(lever), tokens[COLLATERAL], tokens[DEBT]);
        // What the desk pays for the collateral, and the lender's fee.
        tokens[DEBT].mint(address(filler), 10_000e6);
        _serve();
        _wait(1 hours);
        _proposeMove(-8000);
    }

    function _state() internal view returns (bytes32) {
        return keccak256(abi.encode(_collateral(), _debt(), lever.healthD18(), settler.bucketsOf(address(lever))));
    }

    function test_a_flash_leg_that_fails_leaves_everything_as_it_was() public {
        FlashFiller filler = _flash();
        bytes32 before = _state();
        filler.fail(FlashFiller.Leg.Desk);
        vm.expectRevert(bytes("the desk refuses"));
        filler.run(address(pool), 4e18, 8000e6);
        assertEq(_state(), before);
        filler.fail(FlashFiller.Leg.Payment);
        _expect(ILeverage.AaveLeverage__Underpaid.selector);
        filler.run(address(pool), 4e18, 8000e6);
        assertEq(_state(), before);
    }

    function test_honest_a_filler_without_money_of_its_own_delevers_by_a_flash_loan() public {
        FlashFiller filler = _flash();
        (uint256 debt, uint256 health) = (_debt(), lever.healthD18());
        filler.run(address(pool), 3.9e18, 8000e6);
        assertApproxEqRel(debt - _debt(), 7722e6, 0.001e18, "3.9 tokens at 1 % under $2,000");
        assertGt(lever.healthD18(), health);
    }

    function test_control_without_the_payment_check_a_failed_leg_costs_the_collateral() public {
        _open(new WeakAaveLeverage(_setup(), true, false));
        FlashFiller filler = _flash();
        filler.fail(FlashFiller.Leg.Payment);
        uint256 equityD18 = _equityD18();
        filler.run(address(pool), 3e18, 8000e6);
        assertApproxEqRel(equityD18 - _equityD18(), 6000e18, 0.001e18, "3 tokens for nothing");
        assertEq(tokens[COLLATERAL].balanceOf(address(filler)), 3e18);
    }
}
