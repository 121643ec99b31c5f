// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {ShareMoves} from "./ShareMoves.sol";

/// @title Wishes, and the fills that serve them.
abstract contract IntentMoves is ShareMoves {
    uint256 private _proposedAt;
    bool internal cancelled;
    /// {tokAtom} that the ledger forgets beside the fill's own, if it has to catch up with an order first.
    uint256 private _slack;

    // -------------------------------------------------------------------- intents

    function propose(uint256 from, uint256 to, uint256 bps, uint256 width, uint256 discount) public {
        (from, to) = _pair(from, to);
        // mostly after the cooldown, or a run would hardly trade
        if (discount % 8 != 0) _pass(10 minutes);
        (bool ok, ISettler.Leg[] memory legs) = _legs(from, to, bound(bps, 0, 3000), bound(width, 0, 400));
        if (!ok) return;
        ISettler.Intent memory intent = ISettler.Intent({
            vault: address(vault),
            chainId: block.chainid,
            // one in eight skips a number
            nonce: proposals + ((discount >> 32) % 8 == 0 ? 2 : 1),
            notBefore: uint32(block.timestamp),
            deadline: uint32(block.timestamp + 1 hours),
            rule: address(0),
            modelCommit: 0,
            dataRoot: 0,
            startPremBps: uint16(discount >> 16) % 100,
            floorDiscBps: uint16(discount) % 101,
            decay: 5 minutes,
            legs: legs
        });
        bool due = trigger.isReady();
        vm.prank(roles.strategist);
        try settler.propose(intent) {
            if (!due) _break("an intent opens only while its trigger is true");
            _assertOpened();
        } catch {}
    }

    function proposeByRule(uint256 who) external {
        bool due = _isDue();
        bool live = block.timestamp <= settler.headerOf(address(vault)).deadline;
        vm.prank(actorOf(who));
        try settler.proposeByRule(address(vault), address(rule)) {
            if (!due || live) _break("a rule proposes only when it is ready and nothing is live");
            _assertOpened();
        } catch {}
    }

    /// @dev Without a price it is not.
    function _isDue() private view returns (bool) {
        try rule.ready(address(vault)) returns (bool due) {
            return due;
        } catch {
            return false;
        }
    }

    function _assertOpened() private {
        ++proposals;
        cancelled = false;
        if (settler.headerOf(address(vault)).nonce != proposals) _break("the nonce counts the intents");
        uint256 cooldown = policy.boundsOf(address(vault)).cooldown;
        if (_proposedAt != 0 && block.timestamp < _proposedAt + cooldown) {
            _break("between two intents lies the cooldown");
        }
        _proposedAt = block.timestamp;
    }

    /// @dev Moves value between two tokens; every band is `width` wide.
    function _legs(uint256 from, uint256 to, uint256 bps, uint256 width)
        private
        view
        returns (bool ok, ISettler.Leg[] memory legs)
    {
        uint256[] memory held;
        uint256 supply;
        try vault.holdings() returns (uint256 supply_, address[] memory, uint256[] memory held_) {
            (ok, supply, held) = (true, supply_, held_);
        } catch {
            return (ok, legs);
        }
        legs = new ISettler.Leg[](COUNT);
        uint256 moved = held[from] * bps / 10_000;
        held[from] -= moved;
        held[to] += _swapped(from, to, moved);
        for (uint256 i; i < COUNT; ++i) {
            uint256 units = held[i] * 1e18 / supply;
            uint256 half = units * width / 10_000;
            legs[i] = ISettler.Leg(address(tokens[i]), uint112(units + half), uint112(units - half));
        }
    }

    function cancel(uint256 who) external {
        address[5] memory stoppers = [roles.owner, roles.curator, roles.sentinel, roles.breaker, roles.strategist];
        vm.prank(stoppers[who % 5]);
        try settler.cancel(address(vault)) {
            cancelled = true;
        } catch {
            // a strategist may have been dismissed
            if (who % 5 != 4) _break("every guardian cancels at once");
        }
    }

    // ---------------------------------------------------------------------- fills

    function fillTwice(uint256 who, uint256 from, uint256 to, uint256 part) external {
        fill(who, from, to, part);
        fill(who >> 8, from >> 8, to >> 8, part >> 8);
    }

    /// @dev Sometimes asks for more than is offered.
    function fill(uint256 who, uint256 from, uint256 to, uint256 part) public {
        uint256 amount;
        (from, to, amount) = _wanted(from, to);
        amount = amount * bound(part, 1, 120) / 100;
        if (amount == 0) return;
        _give(to, actorOf(who), 3 * _swapped(from, to, amount) + 1000);
        _fill(actorOf(who), from, to, amount);
    }

    function _fill(address actor, uint256 from, uint256 to, uint256 amount) private {
        uint256 supply = vault.totalSupply();
        (bool whole, uint256 before, uint256 had) = _position(from, to);
        if (!whole) return;
        _slack = uncounted == 0 ? 0 : 1;
        vm.prank(actor);
        try settler.fill(
            address(vault), address(tokens[from]), address(tokens[to]), amount, type(uint256).max, ""
        ) returns (
            uint256 received
        ) {
            ++fills;
            expected[from] -= amount;
            expected[to] += received;
            // only a fill of one of its tokens looks at an order
            if ((uncounted >> from | uncounted >> to) & 1 == 1) uncounted = 0;
            if (cancelled) _break("what is cancelled is not filled");
            _assertPrice(from, to, amount, received);
            _assertBands(from, to, before, had, supply);
            Value memory sold = _valueOf(from);
            uint256 outD18 = _worth(from, amount, sold.markD18);
            _assertSize(from, outD18, _recordedNavD18(supply));
            _book(outD18, _worth(to, received, _price(to)), outD18, _recordedNavD18(supply));
        } catch {}
    }

    function _position(uint256 from, uint256 to) internal view returns (bool whole, uint256 sells, uint256 buys) {
        try vault.position(address(tokens[from]), address(tokens[to])) returns (uint256, uint256 a, uint256 b) {
            return (true, a, b);
        } catch {}
    }

    // ------------------------------------------------------------------ sentences

    function _assertPrice(uint256 from, uint256 to, uint256 amount, uint256 received) internal {
        Value memory sold = _valueOf(from);
        Value memory bought = _valueOf(to);
        if (bought.quarantined) _break("what is quarantined is not bought");
        // a floor is a floor: no discount goes below it
        uint256 discount = sold.quarantined ? 0 : _discount(from);
        // exact, in integers: received * P_buy * 10^d_sell * 10^4 >= amount * P_sell * 10^d_buy * (10^4 - discount)
        uint256 left = received * bought.priceD18 / 1e4 * 10 ** tokens[from].decimals() / 1e6 * 10_000;
        uint256 right = amount * sold.askD18 / 1e4 * 10 ** tokens[to].decimals() / 1e6 * (10_000 - discount);
        if (left >= right) return;
        if (sold.quarantined) _break("what is quarantined is not sold under its exit floor");
        _break("a fill pays the oracle's price less the floor discount");
    }

    function _assertBands(uint256 from, uint256 to, uint256 before, uint256 had, uint256 supply) private {
        (, uint256 left, uint256 has) = _position(from, to);
        ISettler.Leg memory sold = settler.legOf(address(vault), address(tokens[from]));
        ISettler.Leg memory bought = settler.legOf(address(vault), address(tokens[to]));
        if (left >= before || has + _slack < had) _break("a sale lowers the sold asset and raises the bought one");
        // units forget less than an atom
        if ((left + 1 + _slack) * 1e18 < uint256(sold.sellDownTo) * supply) _break("a sale ends at the band");
        if (has * 1e18 > uint256(bought.buyUpTo) * supply) _break("a purchase ends at the band");
    }

    function _assertSize(uint256 from, uint256 outD18, uint256 navD18) internal {
        IPolicy.Class memory class = policy.classOf(address(vault), address(tokens[from]));
        uint256 most = policy.boundsOf(address(vault)).maxFillBps;
        if (class.maxFillBps != 0 && class.maxFillBps < most) most = class.maxFillBps;
        if (outD18 * 10_000 > navD18 * most) _break("one sale is at most so large a part");
    }
}
