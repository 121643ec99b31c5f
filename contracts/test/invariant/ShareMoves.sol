// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {World} from "./World.sol";

/// @title Coming, leaving, claiming, giving and looking.
abstract contract ShareMoves is World {
    uint256[COUNT] internal syncedAt;
    /// Tokens whose units the ledger has not brought up to what the armed order did: a bit each.
    uint256 public uncounted;
    uint256 public mints;
    uint256 public exits;

    function mint(uint256 who, uint256 shares) external {
        address actor = actorOf(who);
        shares = bound(shares, 1, who % 2 == 0 ? 1e9 : vault.totalSupply() / 2);
        // who mints pays for the gains that wait: here they are counted before
        for (uint256 i; i < COUNT; ++i) {
            sync(i);
        }
        uint256[COUNT] memory units = _units();
        for (uint256 i; i < COUNT; ++i) {
            // an armed order may have brought what the ledger does not know yet
            _give(i, actor, units[i] * shares / 1e36 + 1 + (uncounted == 0 ? 0 : tokens[i].balanceOf(address(vault))));
        }
        _beforeMove();
        vm.prank(actor);
        try vault.mint(shares, new uint256[](0), actor) returns (uint256[] memory taken) {
            ++mints;
            _afterMove();
            _afterMint(shares, taken, units);
        } catch {
            _afterMove();
            if (!_anyOdd()) _break("minting asks nobody");
        }
    }

    function _afterMint(uint256 shares, uint256[] memory taken, uint256[COUNT] memory before) private {
        uint256[COUNT] memory units = _units();
        for (uint256 i; i < COUNT; ++i) {
            expected[i] += taken[i];
            if (taken[i] * 1e36 < units[i] * shares) _break("a mint takes at least its share");
        }
        _assertUnits(before, units, 0);
        _count();
    }

    function redeem(uint256 who, uint256 shares, uint256 skip) external {
        address actor = actorOf(who);
        uint256 held = vault.balanceOf(actor);
        if (held == 0) return;
        shares = bound(shares, 1, held);
        skip = (skip % 4 == 0 ? (skip >> 2) % 64 : 0) | _skipped();
        uint256[COUNT] memory units = _units();
        uint256[COUNT] memory claims = _claimsOf(actor);
        uint256[COUNT] memory parts = _partsHere(shares);
        _beforeMove();
        vm.prank(actor);
        try vault.redeemSkipping(shares, new uint256[](0), actor, skip) returns (uint256[] memory paid) {
            ++exits;
            _afterMove();
            for (uint256 i; i < COUNT; ++i) {
                expected[i] -= paid[i];
            }
            _afterRedeem(actor, shares, paid, claims, parts);
            _assertUnits(units, _units(), skip);
            _count();
        } catch {
            _break("whoever skips what is broken always gets out");
            _afterMove();
        }
    }

    function _afterRedeem(
        address actor,
        uint256 shares,
        uint256[] memory paid,
        uint256[COUNT] memory claims,
        uint256[COUNT] memory parts
    ) private {
        uint256[COUNT] memory units = _units();
        for (uint256 i; i < COUNT; ++i) {
            uint256 due = paid[i] + vault.claimOf(actor, address(tokens[i])) - claims[i];
            if (parts[i] != type(uint256).max) {
                if (due > parts[i]) _break("a redemption pays no more than its part of what is here");
                continue;
            }
            if (due * 1e36 > units[i] * shares) _break("a redemption pays no more than its share");
            if ((due + 1) * 1e36 <= units[i] * shares) _break("a redemption pays all of its share");
        }
    }

    /// @dev What is here counts, and not the ledger, for the two tokens of an order while a token has taken something away.
    function _partsHere(uint256 shares) private view returns (uint256[COUNT] memory parts) {
        bool stuck = _isStuck();
        for (uint256 i; i < COUNT; ++i) {
            bool short = _isArmed(i) && (stuck || lossUnseen[i]);
            uint256 here = tokens[i].balanceOf(address(vault));
            parts[i] = short ? here * shares / vault.totalSupply() : type(uint256).max;
        }
    }

    /// @dev The tokens that cannot be paid out now, a bit each.
    function _skipped() internal view virtual returns (uint256 skip) {
        for (uint256 i; i < COUNT; ++i) {
            if (_isOdd(i)) skip |= 1 << i;
        }
    }

    function _claimsOf(address actor) private view returns (uint256[COUNT] memory claims) {
        for (uint256 i; i < COUNT; ++i) {
            claims[i] = vault.claimOf(actor, address(tokens[i]));
        }
    }

    function claim(uint256 who, uint256 i) external {
        address actor = actorOf(who);
        i %= COUNT;
        uint256 due = vault.claimOf(actor, address(tokens[i]));
        if (due == 0) return;
        uint256[COUNT] memory units = _units();
        bool short = tokens[i].balanceOf(address(vault)) < due;
        vm.prank(actor);
        try vault.claim(address(tokens[i]), actor) returns (uint256 paid) {
            expected[i] -= paid;
            if (paid != due) _break("a claim is paid in full");
        } catch {
            if (!short && !_isOdd(i)) _break("a claim on a sound token is paid");
        }
        _assertUnits(units, _units(), 0);
    }

    function donate(uint256 i, uint256 amount) external {
        i %= COUNT;
        uint256 held = ownedOf(i);
        amount = bound(amount, 1, held + 1);
        uint256[COUNT] memory units = _units();
        _give(i, address(vault), amount);
        expected[i] += amount;
        _onGift(i);
        _assertUnits(units, _units(), 0);
    }

    function sync(uint256 i) public {
        i %= COUNT;
        uint256 before = ownedOf(i);
        try vault.sync(address(tokens[i])) {
            uint256 elapsed = block.timestamp - syncedAt[i];
            uint256 most = before + before * 100 * (elapsed < 1 days ? elapsed : 1 days) / 10_000 / 1 days;
            if (ownedOf(i) > most) _break("a gift counts in drops of a hundredth a day");
            if (ownedOf(i) < before && !lossUnseen[i]) _break("looking takes nothing away");
            if (ownedOf(i) != before) syncedAt[i] = block.timestamp;
            lossUnseen[i] = false;
        } catch {
            if (!_isArmed(i)) _break("anybody may look");
        }
    }

    // -------------------------------------------------------------------- private

    /// @dev Whoever comes or leaves counts what the armed order did, unless a token took away some of what it was to bring.
    function _count() internal {
        if (!_isStuck()) uncounted = 0;
    }

    function _isStuck() internal view returns (bool) {
        try vault.holdings() {
            return false;
        } catch {
            return true;
        }
    }

    /// @dev Mint, redeem, claim and gifts leave every bundle as it is, but for a loss that is seen now.
    function _assertUnits(uint256[COUNT] memory before, uint256[COUNT] memory now_, uint256 skip) internal {
        for (uint256 i; i < COUNT; ++i) {
            if ((uncounted >> i) & 1 == 1) continue;
            if (now_[i] > before[i]) _break("minting, redeeming and giving leave units per share as they are");
            if (now_[i] == before[i]) continue;
            if (!lossUnseen[i]) _break("minting, redeeming and giving leave units per share as they are");
            if ((skip >> i) & 1 == 0) lossUnseen[i] = false;
        }
    }

    function _onGift(uint256 i) internal virtual;

    function _isArmed(uint256 i) internal view virtual returns (bool);

    function _beforeMove() internal virtual {}

    function _afterMove() internal virtual {}
}
