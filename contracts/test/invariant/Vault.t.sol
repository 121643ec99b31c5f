// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {Guard} from "../fixture/Weak.sol";
import {Handler} from "./Handler.sol";

/// What stays true of a vault whatever anybody does to it, in any order.
contract VaultInvariants is Fixture {
    Handler internal handler;

    function setUp() public override {
        super.setUp();
        handler = new Handler(vault, settler, policy, tokens, feeds);
        for (uint256 i; i < 5; ++i) {
            feeds[i].transferOwnership(address(handler));
            tokens[i].transferOwnership(address(handler));
        }
        targetContract(address(handler));
    }

    /// @dev A cap that has no guard must be the one that is reached first.
    function bounds() internal view override returns (IPolicy.Bounds memory caps) {
        caps = super.bounds();
        if (removed == Guard.LossCap) caps.turnoverCapBpsPerDay = 30_000;
        if (removed == Guard.TurnoverCap) caps.lossCapBpsPerDay = 300;
    }

    function invariant_nobody_can_break_any_of_these() public view {
        assertEq(handler.broken(), "");
        the_vault_holds_exactly_what_came_in_less_what_went_out();
        what_the_shares_own_and_what_is_claimed_is_there();
        the_vault_and_its_servants_have_approved_nobody();
        assertEq(settler.headerOf(address(vault)).nonce, handler.proposals(), "the nonce counts the intents");
        assertEq(vault.balanceOf(address(vault)), vault.MIN_SHARES(), "the locked shares stay");
    }

    function the_vault_holds_exactly_what_came_in_less_what_went_out() internal view {
        for (uint256 i; i < 5; ++i) {
            assertEq(tokens[i].balanceOf(address(vault)), handler.expected(i));
        }
    }

    function what_the_shares_own_and_what_is_claimed_is_there() internal view {
        (,, uint256[] memory owned) = vault.holdings();
        for (uint256 i; i < 5; ++i) {
            uint256 promised = owned[i] + handler.donated(i);
            for (uint256 a; a < 3; ++a) {
                promised += vault.claimOf(handler.actorOf(a), address(tokens[i]));
            }
            assertLe(promised, tokens[i].balanceOf(address(vault)));
        }
    }

    function the_vault_and_its_servants_have_approved_nobody() internal view {
        address[6] memory spenders =
            [address(settler), address(policy), address(factory), address(handler), strategist, handler.actorOf(0)];
        for (uint256 i; i < 5; ++i) {
            for (uint256 s; s < 6; ++s) {
                assertEq(tokens[i].allowance(address(vault), spenders[s]), 0);
                assertEq(tokens[i].allowance(address(settler), spenders[s]), 0);
                assertEq(tokens[i].allowance(address(factory), spenders[s]), 0);
            }
            assertEq(tokens[i].balanceOf(address(settler)), 0);
        }
    }

    /// @dev A fixed walk: a sixth of the vault is sold back and forth, and a little more than is offered is asked for.
    function _walk() internal {
        for (uint256 i; i < 60; ++i) {
            uint256 seed = uint256(keccak256(abi.encode(i)));
            (uint256 from, uint256 to) = i % 2 == 0 ? (uint256(1), uint256(1)) : (uint256(3), uint256(2));
            handler.propose(from, to, 3000, 0, 100);
            handler.wait(10 minutes);
            handler.fill(seed, from, to, seed % 100);
            handler.fill(seed, from, to, 101);
            handler.fill(seed, from, to, 99);
            handler.mint(seed, seed >> 48);
            handler.redeem(seed, seed >> 56, seed >> 64);
            if (i % 8 == 0) handler.movePrice(seed >> 72, 9900 + i);
        }
    }

    function test_the_walk_trades_and_breaks_nothing() public {
        _walk();
        assertGt(handler.fills(), 40);
        assertGt(handler.proposals(), 50);
        invariant_nobody_can_break_any_of_these();
    }

    function _assertBroken(Guard guard, string memory sentence) internal {
        _without(guard);
        _walk();
        assertEq(handler.broken(), sentence);
    }

    function test_control_without_a_price() public {
        _assertBroken(Guard.Price, "a fill pays the oracle's price less the floor discount");
    }

    function test_control_without_bands() public {
        _assertBroken(Guard.Bands, "a sale ends at the band");
    }

    function test_control_without_the_loss_cap() public {
        _assertBroken(Guard.LossCap, "losses stay in their budget");
    }

    function test_control_without_the_turnover_cap() public {
        _assertBroken(Guard.TurnoverCap, "turnover stays in its budget");
    }

    function test_control_without_rounding_for_the_vault() public {
        _assertBroken(Guard.Rounding, "a mint takes at least its share");
    }
}
