// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Allocator} from "../../src/Allocator.sol";
import {BasketVault} from "../../src/BasketVault.sol";
import {OracleHub} from "../../src/OracleHub.sol";
import {Policy} from "../../src/Policy.sol";
import {Settler} from "../../src/Settler.sol";
import {Erc4626Adapter} from "../../src/adapters/Erc4626Adapter.sol";
import {TestFeed} from "../../src/demo/TestFeed.sol";
import {TestToken} from "../../src/demo/TestToken.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ThresholdRule} from "../../src/rules/ThresholdRule.sol";
import {Auction, Cellar, Mixer, Trigger} from "./Actors.sol";
import {Test} from "forge-std/Test.sol";

/// @title The world around a vault: who is there, what things cost, and a ledger of its own beside the vault's.
/// @dev The ledger knows nothing of the vault's arithmetic: it adds up what moved and what it was worth.
abstract contract World is Test {
    struct System {
        BasketVault vault;
        Settler settler;
        Policy policy;
        OracleHub hub;
        Allocator allocator;
        ThresholdRule rule;
        Auction auction;
        Cellar cellar;
        Erc4626Adapter adapter;
        Trigger trigger;
        TestToken[] tokens;
        TestFeed[] feeds;
    }

    /// @dev What a token counts for: the price at which it is sold or counted, and against which a loss is measured.
    struct Value {
        uint256 priceD18;
        uint256 askD18;
        uint256 markD18;
        bool quarantined;
    }

    struct Charge {
        uint256 time;
        uint256 lossD18;
        uint256 turnoverD18;
    }

    /// Five tokens, and a position made of one of them.
    uint256 internal constant COUNT = 6;
    uint256 internal constant POSITION = 5;
    uint256 internal constant PART = 3;

    BasketVault internal vault;
    Settler internal settler;
    Policy internal policy;
    OracleHub internal hub;
    Allocator internal allocator;
    ThresholdRule internal rule;
    Auction internal auction;
    Cellar internal cellar;
    Erc4626Adapter internal adapter;
    Trigger internal trigger;
    TestToken[] internal tokens;
    TestFeed[] internal feeds;
    address[3] internal actors = [makeAddr("ann"), makeAddr("bob"), makeAddr("cid")];
    /// The strategist is a contract that can do several things in one transaction.
    Mixer internal mixer;
    IPolicy.Roles internal roles;
    IPolicy.Bounds internal bounds;

    /// What should be in the vault of each token.
    uint256[COUNT] public expected;
    /// Less may be here than the ledger says: nobody has looked since the token took some away.
    bool[COUNT] public lossUnseen;
    /// The last good price of a feed that is broken, zero if it is not. {feed answer}
    uint256[5] internal brokenFrom;
    Charge[] private _charges;
    uint32 public proposals;
    uint256 public fills;
    /// The first sentence that turned out false, empty if none.
    string public broken;

    constructor(System memory system) {
        (vault, settler, policy, hub) = (system.vault, system.settler, system.policy, system.hub);
        (allocator, rule, auction, cellar) = (system.allocator, system.rule, system.auction, system.cellar);
        (adapter, trigger, tokens, feeds) = (system.adapter, system.trigger, system.tokens, system.feeds);
        roles = policy.rolesOf(address(vault));
        bounds = policy.boundsOf(address(vault));
        mixer = Mixer(roles.strategist);
        for (uint256 i; i < COUNT; ++i) {
            expected[i] = tokens[i].balanceOf(address(vault));
            for (uint256 a; a < 3; ++a) {
                vm.prank(actors[a]);
                tokens[i].approve(address(vault), type(uint256).max);
            }
            vm.prank(address(mixer));
            tokens[i].approve(address(vault), type(uint256).max);
        }
    }

    // -------------------------------------------------------------- what is there

    function actorOf(uint256 seed) public view returns (address) {
        return actors[seed % 3];
    }

    /// @dev Atoms of the ledger: what the shares own, as it was last counted.
    function ownedOf(uint256 i) public view returns (uint256) {
        return vault.unitsOf(address(tokens[i])) * vault.totalSupply() / 1e36;
    }

    function _units() internal view returns (uint256[COUNT] memory units) {
        for (uint256 i; i < COUNT; ++i) {
            units[i] = vault.unitsOf(address(tokens[i]));
        }
    }

    /// @dev Gives `to` some of a token out of nothing; a position is bought with its part.
    function _give(uint256 i, address to, uint256 amount) internal virtual {
        if (i != POSITION) return tokens[i].mint(to, amount);
        tokens[PART].mint(address(cellar), cellar.previewMint(amount));
        cellar.credit(to, amount);
    }

    /// @dev True if transfers of this token cannot be relied on now.
    function _isOdd(uint256) internal view virtual returns (bool) {
        return false;
    }

    function _anyOdd() internal view returns (bool) {
        for (uint256 i; i < COUNT; ++i) {
            if (_isOdd(i)) return true;
        }
        return false;
    }

    // ---------------------------------------------------------- what things cost

    /// @dev The last answer, whether it may be used or not.
    function _price(uint256 i) internal view returns (uint256 priceD18) {
        (priceD18,,) = hub.peek(address(tokens[i]));
    }

    /// @dev Fresh and inside its bounds, looked up here and not at the hub.
    function _isUsable(uint256 i) internal view returns (bool) {
        (, int256 answer,, uint256 updatedAt,) = feeds[i == POSITION ? PART : i].latestRoundData();
        return answer > 2 && answer < 1e15 && block.timestamp <= updatedAt + 1 hours;
    }

    function _valueOf(uint256 i) internal view returns (Value memory value) {
        IPolicy.Class memory class = policy.classOf(address(vault), address(tokens[i]));
        bool usable = _isUsable(i);
        (value.priceD18, value.quarantined) = (_price(i), class.quarantined || !usable);
        (value.askD18, value.markD18) = (value.priceD18, value.priceD18);
        if (!value.quarantined) return value;
        if (!usable) value.priceD18 = class.exitFloorD18;
        if (!usable || value.askD18 < class.exitFloorD18) value.askD18 = class.exitFloorD18;
        if (value.markD18 < value.askD18) value.markD18 = value.askD18;
    }

    function _worth(uint256 i, uint256 amount, uint256 priceD18) internal view returns (uint256) {
        return amount * priceD18 / 10 ** tokens[i].decimals();
    }

    /// @dev How much of `to` the worth of some of `from` is; nothing if there is no price.
    function _swapped(uint256 from, uint256 to, uint256 amount) internal view returns (uint256) {
        uint256 price = _price(to);
        return price == 0 ? 0 : _worth(from, amount, _price(from)) * 10 ** tokens[to].decimals() / price;
    }

    function _navD18() internal view returns (uint256 sum) {
        for (uint256 i; i < COUNT; ++i) {
            sum += _worth(i, ownedOf(i), _valueOf(i).priceD18);
        }
    }

    /// @dev D18{USD} by the price per share that was recorded with the last intent.
    function _recordedNavD18(uint256 supply) internal view returns (uint256) {
        return uint256(settler.headerOf(address(vault)).navPerShareD18) * supply / 1e18;
    }

    /// @dev The discount that counts now: of the intent, the policy and the token, whichever is least.
    function _discount(uint256 i) internal view returns (uint256 bps) {
        bps = settler.headerOf(address(vault)).floorDiscBps;
        uint256 most = policy.boundsOf(address(vault)).maxFloorDiscBps;
        if (most < bps) bps = most;
        uint256 own = policy.classOf(address(vault), address(tokens[i])).maxFloorDiscBps;
        if (own != 0 && own < bps) bps = own;
    }

    function _pass(uint256 time) internal {
        vm.warp(block.timestamp + time);
        for (uint256 i; i < 5; ++i) {
            if (brokenFrom[i] != 0) continue;
            (, int256 answer,,,) = feeds[i].latestRoundData();
            feeds[i].set(uint128(uint256(answer)));
        }
    }

    // ------------------------------------------------------------- what is traded

    function _pair(uint256 from, uint256 to) internal pure returns (uint256, uint256) {
        from %= COUNT;
        to = (from + 1 + to % (COUNT - 1)) % COUNT;
        return (from, to);
    }

    function _room(uint256 i) private view returns (uint256 sellable, uint256 buyable) {
        try settler.room(address(vault), address(tokens[i])) returns (uint256 s, uint256 b) {
            return (s, b);
        } catch {}
    }

    /// @dev Looks for a pair that the live intent wants, and what fits both.
    /// @return a {index}
    /// @return b {index}
    /// @return amount {tokAtom} zero if there is none
    function _wanted(uint256 from, uint256 to) internal view returns (uint256 a, uint256 b, uint256 amount) {
        (a, b) = _pair(from, to);
        uint256 sellable;
        uint256 buyable;
        for (uint256 k; k < COUNT && sellable == 0; ++k) {
            if (k > 0) a = (a + 1) % COUNT;
            (sellable,) = _room(a);
        }
        for (uint256 k; k < COUNT && (buyable == 0 || a == b); ++k) {
            if (k > 0) b = (b + 1) % COUNT;
            (, buyable) = _room(b);
        }
        if (sellable == 0 || buyable == 0 || a == b) return (a, b, 0);
        uint256 most = _price(a) == 0 ? sellable : _swapped(b, a, buyable);
        amount = most < sellable ? most : sellable;
    }

    // ------------------------------------------------------------------ sentences

    /// @dev Books what was lost and sold, as parts of NAV.
    function _book(uint256 outD18, uint256 inD18, uint256 turnoverD18, uint256 navD18) internal {
        uint256 lostD18 = outD18 > inD18 ? outD18 - inD18 : 0;
        _charges.push(Charge(block.timestamp, lostD18 * 1e18 / navD18, turnoverD18 * 1e18 / navD18));
        _assertBudgets();
    }

    /// @dev For every window that ends now: what was used up <= cap * (1 + length / 1 day).
    function _assertBudgets() private {
        uint256 lossCapD18 = uint256(bounds.lossCapBpsPerDay) * 1e14;
        uint256 turnoverCapD18 = uint256(bounds.turnoverCapBpsPerDay) * 1e14;
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
    function _break(string memory sentence) internal {
        if (bytes(broken).length == 0) broken = sentence;
    }
}
