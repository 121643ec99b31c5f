// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {CowFixture} from "../fixture/CowFixture.sol";
import {ICowSettlement} from "../fixture/ICowSettlement.sol";
import {Servant} from "../fixture/Servant.sol";
import {Guard} from "../fixture/Weak.sol";

/// Anybody may end an order that is over. Somebody with the strategist's key, who settles the auction himself, makes it over
/// while its tokens are out and nothing is paid yet, and has it ended and counted at that very moment.
contract A52OrdersTest is CowFixture {
    uint256 internal constant SOLD = 10_000e6;

    Servant internal passerBy;
    ISettler.BatchOrder internal order;

    function setUp() public override {
        super.setUp();
        passerBy = new Servant();
        vm.etch(strategist, address(passerBy).code);
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
        order = _orderAtQuote(1, 3, SOLD);
        _arm(order);
    }

    function _told(address who, bytes memory data) private view returns (ICowSettlement.Interaction memory) {
        Servant.Call[] memory calls = new Servant.Call[](1);
        calls[0] = Servant.Call(address(settler), data);
        return _call(who, abi.encodeCall(Servant.run, (calls)));
    }

    /// @dev Cancelled by the strategist and disarmed by a passer-by, between what goes out and what comes in.
    function settleAndDisarm() external {
        ICowSettlement.Interaction[][3] memory steps;
        steps[1] = new ICowSettlement.Interaction[](2);
        steps[1][0] = _told(strategist, abi.encodeCall(ISettler.cancel, (address(vault))));
        steps[1][1] = _told(address(passerBy), abi.encodeCall(ISettler.disarm, (address(vault))));
        _settleCow(order, address(vault), "", SOLD, order.buyAmount, steps);
    }

    function test_no_order_is_counted_while_its_tokens_are_out() public {
        uint256 nav = _navD18();
        vm.expectRevert(
            abi.encodeWithSelector(IBasketVault.BasketVault__InTheMiddle.selector, settler.hashOrder(order))
        );
        this.settleAndDisarm();
        assertEq(_navD18(), nav);
    }

    function test_a_passer_by_does_not_end_an_order_that_is_good() public {
        _expect(ISettler.Settler__NotAllowed.selector);
        vm.prank(stranger);
        settler.disarm(address(vault));
    }

    function test_honest_once_it_is_over_anybody_has_it_counted_in_full() public {
        uint256 nav = _navD18();
        _settlePart(order, SOLD / 2, 0);
        vm.warp(uint256(order.validTo) + 1);
        vm.prank(stranger);
        settler.disarm(address(vault));
        assertApproxEqAbs(nav - _navD18(), 50e18, 0.01e18, "one per cent of $5,000");
        assertEq(tokens[1].allowance(address(vault), relayer), 0);
    }

    function test_control_without_waiting_for_the_end_the_proceeds_are_not_the_shares() public {
        _without(Guard.Whole);
        uint256 nav = _navD18();
        this.settleAndDisarm();
        assertApproxEqAbs(nav - _navD18(), 10_000e18, 0.01e18, "all of it");
    }
}
