// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {BasketVault} from "../../src/BasketVault.sol";
import {Policy} from "../../src/Policy.sol";
import {Settler} from "../../src/Settler.sol";
import {TestFeed} from "../../src/demo/TestFeed.sol";
import {TestToken} from "../../src/demo/TestToken.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {Test} from "forge-std/Test.sol";

/// @title Everything that anybody may do to a vault, in any order, with a ledger of its own beside it.
/// @dev The ledger knows nothing of the vault's arithmetic: it adds up what moved and what it was worth.
contract Handler is Test {
    struct Charge {
        uint256 time;
        uint256 lossD18;
        uint256 turnoverD18;
    }

    BasketVault internal immutable vault;
    Settler internal immutable settler;
    Policy internal immutable policy;
    TestToken[] internal tokens;
    TestFeed[] internal feeds;
    address[3] internal actors = [makeAddr("ann"), makeAddr("bob"), makeAddr("cid")];
    address internal immutable strategist;
    address internal immutable sentinel;
    uint256 internal immutable lossCapD18;
    uint256 internal immutable turnoverCapD18;

    /// What should be in the vault of each token.
    uint256[5] public expected;
    uint256[5] public donated;
    uint32 public proposals;
    uint256 public fills;
    Charge[] private _charges;
    /// The first sentence that turned out false, empty if none.
    string public broken;

    constructor(
        BasketVault vault_,
        Settler settler_,
        Policy policy_,
        TestToken[] memory tokens_,
        TestFeed[] memory feeds_
    ) {
        (vault, settler, policy, tokens, feeds) = (vault_, settler_, policy_, tokens_, feeds_);
        strategist = policy.rolesOf(address(vault)).strategist;
        sentinel = policy.rolesOf(address(vault)).sentinel;
        lossCapD18 = uint256(policy.boundsOf(address(vault)).lossCapBpsPerDay) * 1e14;
        turnoverCapD18 = uint256(policy.boundsOf(address(vault)).turnoverCapBpsPerDay) * 1e14;
        for (uint256 i; i < 5; ++i) {
            expected[i] = tokens[i].balanceOf(address(vault));
            for (uint256 a; a < 3; ++a) {
                vm.prank(actors[a]);
                tokens[i].approve(address(vault), type(uint256).max);
            }
        }
    }

    function actorOf(uint256 seed) public view returns (address) {
        return actors[seed % 3];
    }

    // ------------------------------------------------------------------ shares

    function mint(uint256 who, uint256 shares) external {
        address actor = actorOf(who);
        shares = bound(shares, 1, who % 2 == 0 ? 1e9 : vault.totalSupply());
        (, uint256[5] memory units) = _units();
        for (uint256 i; i < 5; ++i) {
            tokens[i].mint(actor, units[i] * shares / 1e36 + 1);
        }
        vm.prank(actor);
        uint256[] memory taken = vault.mint(shares, new uint256[](0), actor);
        for (uint256 i; i < 5; ++i) {
            expected[i] += taken[i];
            if (taken[i] * 1e36 < units[i] * shares) _break("a mint takes at least its share");
        }
        _assertUnits(units);
    }

    function redeem(uint256 who, uint256 shares, uint256 skip) external {
        address actor = actorOf(who);
        uint256 held = vault.balanceOf(actor);
        if (held == 0) return;
        shares = bound(shares, 1, held);
        (, uint256[5] memory units) = _units();
        vm.prank(actor);
        uint256[] memory paid = vault.redeemSkipping(shares, new uint256[](0), actor, skip % 4 == 0 ? skip >> 2 : 0);
        for (uint256 i; i < 5; ++i) {
            expected[i] -= paid[i];
            if (paid[i] * 1e36 > units[i] * shares) _break("a redemption pays no more than its share");
        }
        _assertUnits(units);
    }

    function claim(uint256 who, uint256 i) external {
        address actor = actorOf(who);
        i %= 5;
        if (vault.claimOf(actor, address(tokens[i])) == 0) return;
        vm.prank(actor);
        expected[i] -= vault.claim(address(tokens[i]), actor);
    }

    function donate(uint256 i, uint256 amount) external {
        i %= 5;
        amount = bound(amount, 1, 1e6 * 10 ** tokens[i].decimals());
        tokens[i].mint(address(vault), amount);
        expected[i] += amount;
        donated[i] += amount;
    }

    // ----------------------------------------------------------------- intents

    function propose(uint256 from, uint256 to, uint256 bps, uint256 width, uint256 discount) external {
        (from, to) = _pair(from, to);
        // mostly after the cooldown, or a run would hardly trade
        if (discount % 8 != 0) _pass(10 minutes);
        ISettler.Intent memory intent = ISettler.Intent({
            vault: address(vault),
            chainId: block.chainid,
            nonce: settler.headerOf(address(vault)).nonce + 1,
            notBefore: uint32(block.timestamp),
            deadline: uint32(block.timestamp + 1 hours),
            rule: address(0),
            modelCommit: 0,
            dataRoot: 0,
            startPremBps: uint16(discount >> 16) % 100,
            floorDiscBps: uint16(discount) % 101,
            decay: 5 minutes,
            legs: _legs(from, to, bound(bps, 0, 3000), bound(width, 0, 400))
        });
        vm.prank(strategist);
        try settler.propose(intent) {
            ++proposals;
        } catch {}
    }

    /// @dev Moves value between two tokens; every band is `width` wide.
    function _legs(uint256 from, uint256 to, uint256 bps, uint256 width)
        private
        view
        returns (ISettler.Leg[] memory legs)
    {
        (uint256 supply,, uint256[] memory held) = vault.holdings();
        legs = new ISettler.Leg[](5);
        uint256 moved = held[from] * bps / 10_000;
        held[from] -= moved;
        held[to] += _worth(from, moved) * 10 ** tokens[to].decimals() / _price(to);
        for (uint256 i; i < 5; ++i) {
            uint256 units = held[i] * 1e18 / supply;
            uint256 half = units * width / 10_000;
            legs[i] = ISettler.Leg(address(tokens[i]), uint112(units + half), uint112(units - half));
        }
    }

    function cancel() external {
        vm.prank(sentinel);
        settler.cancel(address(vault));
    }

    function fillTwice(uint256 who, uint256 from, uint256 to, uint256 part) external {
        fill(who, from, to, part);
        fill(who >> 8, from >> 8, to >> 8, part >> 8);
    }

    /// @dev Looks for a pair that the live intent wants, and sometimes asks for more than it offers.
    function fill(uint256 who, uint256 from, uint256 to, uint256 part) public {
        (from, to) = _pair(from, to);
        uint256 sellable;
        uint256 buyable;
        for (uint256 k; k < 5 && sellable == 0; ++k) {
            if (k > 0) from = (from + 1) % 5;
            (sellable,) = _room(from);
        }
        for (uint256 k; k < 5 && (buyable == 0 || to == from); ++k) {
            if (k > 0) to = (to + 1) % 5;
            (, buyable) = _room(to);
        }
        if (sellable == 0 || buyable == 0 || from == to) return;
        uint256 most = _worth(to, buyable) * 10 ** tokens[from].decimals() / _price(from);
        uint256 amount = (most < sellable ? most : sellable) * bound(part, 1, 120) / 100;
        if (amount == 0) return;
        tokens[to].mint(actorOf(who), 3 * buyable);
        _fill(actorOf(who), from, to, amount);
    }

    function _fill(address actor, uint256 from, uint256 to, uint256 amount) private {
        uint256 supply = vault.totalSupply();
        uint256 navD18 = uint256(settler.headerOf(address(vault)).navPerShareD18) * supply / 1e18;
        (, uint256 before, uint256 had) = vault.position(address(tokens[from]), address(tokens[to]));
        vm.prank(actor);
        try settler.fill(
            address(vault), address(tokens[from]), address(tokens[to]), amount, type(uint256).max, ""
        ) returns (
            uint256 received
        ) {
            ++fills;
            expected[from] -= amount;
            expected[to] += received;
            _assertPrice(from, to, amount, received);
            _assertBands(from, to, before, had, supply);
            uint256 outD18 = _worth(from, amount);
            uint256 inD18 = _worth(to, received);
            uint256 lostD18 = outD18 > inD18 ? outD18 - inD18 : 0;
            _charges.push(Charge(block.timestamp, lostD18 * 1e18 / navD18, outD18 * 1e18 / navD18));
            _assertBudgets();
        } catch {}
    }

    // ------------------------------------------------------------- the world

    function movePrice(uint256 i, uint256 bps) external {
        i %= 5;
        uint256 price = _price(i) / 1e10 * bound(bps, 9000, 11_000) / 10_000;
        feeds[i].set(uint128(price < 1000 ? 1000 : price));
    }

    function wait(uint256 time) external {
        _pass(bound(time, 1, 30 minutes));
    }

    function _pass(uint256 time) private {
        vm.warp(block.timestamp + time);
        for (uint256 i; i < 5; ++i) {
            feeds[i].set(uint128(_price(i) / 1e10));
        }
    }

    // -------------------------------------------------------------- sentences

    function _assertPrice(uint256 from, uint256 to, uint256 amount, uint256 received) private {
        uint256 discount = settler.headerOf(address(vault)).floorDiscBps;
        // exact, in integers: received * P_buy * 10^d_sell * 10^4 >= amount * P_sell * 10^d_buy * (10^4 - discount)
        uint256 left = received * _price(to) * 10 ** tokens[from].decimals() / 1e10 * 10_000;
        uint256 right = amount * _price(from) * 10 ** tokens[to].decimals() / 1e10 * (10_000 - discount);
        if (left < right) _break("a fill pays the oracle's price less the floor discount");
    }

    function _assertBands(uint256 from, uint256 to, uint256 before, uint256 had, uint256 supply) private {
        (, uint256 left, uint256 has) = vault.position(address(tokens[from]), address(tokens[to]));
        ISettler.Leg memory sold = settler.legOf(address(vault), address(tokens[from]));
        ISettler.Leg memory bought = settler.legOf(address(vault), address(tokens[to]));
        if (left >= before || has < had) _break("a sale lowers the sold asset and raises the bought one");
        // units forget less than an atom
        if ((left + 1) * 1e18 < uint256(sold.sellDownTo) * supply) _break("a sale ends at the band");
        if (has * 1e18 > uint256(bought.buyUpTo) * supply) _break("a purchase ends at the band");
    }

    /// @dev For every window that ends now: what was used up <= cap * (1 + length / 1 day).
    function _assertBudgets() private {
        uint256 lossD18;
        uint256 turnoverD18;
        for (uint256 i = _charges.length; i > 0; --i) {
            Charge memory charge = _charges[i - 1];
            lossD18 += charge.lossD18;
            turnoverD18 += charge.turnoverD18;
            uint256 length = block.timestamp - charge.time;
            if (lossD18 > lossCapD18 + lossCapD18 * length / 1 days) _break("losses stay in their budget");
            if (turnoverD18 > turnoverCapD18 + turnoverCapD18 * length / 1 days) {
                _break("turnover stays in its budget");
            }
        }
    }

    /// @dev The first one counts: the others may follow from it.
    function _break(string memory sentence) private {
        if (bytes(broken).length == 0) broken = sentence;
    }

    function _assertUnits(uint256[5] memory before) private {
        (, uint256[5] memory now_) = _units();
        for (uint256 i; i < 5; ++i) {
            if (now_[i] != before[i]) _break("minting and redeeming leave units per share as they are");
        }
    }

    // ---------------------------------------------------------------- private

    function _units() private view returns (uint256 supply, uint256[5] memory units) {
        supply = vault.totalSupply();
        for (uint256 i; i < 5; ++i) {
            units[i] = vault.unitsOf(address(tokens[i]));
        }
    }

    function _room(uint256 i) private view returns (uint256 sellable, uint256 buyable) {
        try settler.room(address(vault), address(tokens[i])) returns (uint256 s, uint256 b) {
            return (s, b);
        } catch {}
    }

    function _pair(uint256 from, uint256 to) private pure returns (uint256, uint256) {
        from %= 5;
        to = (from + 1 + to % 4) % 5;
        return (from, to);
    }

    function _price(uint256 i) private view returns (uint256) {
        (, int256 answer,,,) = feeds[i].latestRoundData();
        return uint256(answer) * 1e10;
    }

    function _worth(uint256 i, uint256 amount) private view returns (uint256) {
        return amount * _price(i) / 10 ** tokens[i].decimals();
    }
}
