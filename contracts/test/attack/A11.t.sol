// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {HostileFiller} from "../fixture/HostileFiller.sol";
import {Guard} from "../fixture/Weak.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

/// A11: while the vault waits for its money, the filler calls back. It mints shares and redeems them again but for the token
/// it owes, so that the same tokens pay for the sale and are the filler's to claim; or it reads a value half way through.
contract A11Test is Fixture {
    HostileFiller internal thief = new HostileFiller();

    function setUp() public override {
        strategist = address(thief);
        super.setUp();
        for (uint256 i; i < 5; ++i) {
            tokens[i].mint(address(thief), amounts()[i]);
            thief.approve(tokens[i], address(vault));
        }
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
    }

    function _mintAndLeave() internal returns (uint256) {
        HostileFiller.Call[] memory calls = new HostileFiller.Call[](2);
        calls[0] = HostileFiller.Call(address(vault), _mint());
        calls[1] = HostileFiller.Call(
            address(vault), abi.encodeCall(IBasketVault.redeemSkipping, (20e18, _none(), address(thief), 1 << 3))
        );
        thief.plan(0, calls);
        return thief.fill(settler, address(vault), address(tokens[1]), address(tokens[3]), 4000e6);
    }

    function _call(address target, bytes memory data) internal {
        HostileFiller.Call[] memory calls = new HostileFiller.Call[](1);
        calls[0] = HostileFiller.Call(target, data);
        thief.plan(0, calls);
        thief.fill(settler, address(vault), address(tokens[1]), address(tokens[3]), 4000e6);
    }

    function _mint() internal view returns (bytes memory) {
        return abi.encodeCall(IBasketVault.mint, (20e18, _none(), address(thief)));
    }

    function call(address target, bytes memory data) external {
        _call(target, data);
    }

    function _refused(address target, bytes memory data) internal {
        vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        this.call(target, data);
    }

    function test_nothing_is_minted_redeemed_filled_proposed_or_read_during_a_fill() public {
        address v = address(vault);
        (address a, address b) = (address(tokens[1]), address(tokens[3]));
        _refused(v, _mint());
        _refused(v, abi.encodeCall(IBasketVault.redeem, (1e18, _none(), alice)));
        _refused(v, abi.encodeCall(IBasketVault.redeemSkipping, (1e18, _none(), alice, 1)));
        _refused(v, abi.encodeCall(IBasketVault.claim, (a, alice)));
        _refused(v, abi.encodeCall(IBasketVault.settle, (a, b, 1, 1, alice, "")));
        _refused(v, abi.encodeCall(IBasketVault.holdings, ()));
        _refused(v, abi.encodeCall(IBasketVault.position, (a, b)));
        _refused(v, abi.encodeCall(IBasketVault.unitsOf, (a)));
        _refused(address(settler), abi.encodeCall(ISettler.fill, (v, a, b, 1e6, type(uint256).max, "")));
        _refused(address(settler), abi.encodeCall(ISettler.propose, (_intent(1, 3, 1000))));
        _refused(address(settler), abi.encodeCall(ISettler.proposeByRule, (v, address(rule))));
    }

    function test_one_payment_does_not_count_twice() public {
        vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        this.mintAndLeave();
    }

    function mintAndLeave() external {
        _mintAndLeave();
    }

    /// @dev To cancel is the one thing that is never refused: it ends the intent and changes nothing about the fill.
    function test_a_strategist_who_cancels_in_the_callback_still_pays() public {
        uint256 quoted = _quote(1, 3, 4000e6);
        HostileFiller.Call[] memory calls = new HostileFiller.Call[](1);
        calls[0] = HostileFiller.Call(address(settler), abi.encodeCall(ISettler.cancel, (address(vault))));
        thief.plan(quoted - 1, calls);
        vm.expectRevert(
            abi.encodeWithSelector(IBasketVault.BasketVault__Underpaid.selector, address(tokens[3]), quoted, quoted - 1)
        );
        this.fill();
        thief.plan(quoted, calls);
        this.fill();
        _expect(ISettler.Settler__NotLive.selector);
        this.fill();
    }

    function fill() external {
        thief.fill(settler, address(vault), address(tokens[1]), address(tokens[3]), 4000e6);
    }

    function test_honest_a_callback_that_pays_is_served() public {
        uint256 quoted = _quote(1, 3, 4000e6);
        thief.plan(quoted, new HostileFiller.Call[](0));
        assertEq(thief.fill(settler, address(vault), address(tokens[1]), address(tokens[3]), 4000e6), quoted);
    }

    function test_control_without_the_lock_one_payment_counts_twice() public {
        _without(Guard.Lock);
        uint256 before = _wealthD18(address(thief));
        _mintAndLeave();
        (, uint256 owned,) = vault.position(address(tokens[3]), address(tokens[1]));
        uint256 claimed = vault.claimOf(address(thief), address(tokens[3]));
        assertGt(owned + claimed, tokens[3].balanceOf(address(vault)), "more is promised than there is");
        thief.claim(vault, address(tokens[3]));
        assertGt(_wealthD18(address(thief)), before + 3900e18);
    }
}
