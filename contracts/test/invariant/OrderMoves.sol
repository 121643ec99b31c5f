// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {IntentMoves} from "./IntentMoves.sol";

/// @title Orders of a batch auction: armed, settled in parts with somebody in the middle, and ended.
abstract contract OrderMoves is IntentMoves {
    ISettler.BatchOrder internal order;
    /// The pair of the armed order, and a pair of equals if there is none.
    uint256 internal sells;
    uint256 internal buys;
    /// Somebody gave the vault some of the pair since it was armed, or a token took some away.
    bool internal blurred;
    uint256 public settlements;
    uint256 public arms;

    function arm(uint256 from, uint256 to, uint256 part, uint256 limit, uint256 terms) public {
        uint256 amount;
        (from, to, amount) = _wanted(from, to);
        amount = amount * bound(part, 1, 120) / 100;
        uint256 quoted = _quoted(from, to, amount);
        if (amount == 0 || quoted == 0) return;
        // one in four is under the quote, one in eight pays somebody else
        uint256 paid = quoted * (limit % 4 == 0 ? bound(limit, 9000, 9999) : bound(limit, 10_000, 10_100)) / 10_000;
        if (paid == 0) return;
        ISettler.BatchOrder memory wanted = _order(from, to, amount, paid, terms);
        vm.prank(roles.strategist);
        try settler.arm(address(vault), wanted) {
            ++arms;
            (order, sells, buys, blurred) = (wanted, from, to, false);
            if (wanted.receiver != address(vault)) _break("an order pays the vault");
            if (cancelled) _break("what is cancelled is not filled");
            if (paid < quoted) _break("an order asks for no less than a fill");
            _bookWorst(from, to, amount, paid);
        } catch {}
    }

    function _quoted(uint256 from, uint256 to, uint256 amount) private view returns (uint256) {
        try settler.quote(address(vault), address(tokens[from]), address(tokens[to]), amount) returns (uint256 quoted) {
            return quoted;
        } catch {
            return 0;
        }
    }

    function _order(uint256 from, uint256 to, uint256 amount, uint256 paid, uint256 terms)
        private
        view
        returns (ISettler.BatchOrder memory)
    {
        return ISettler.BatchOrder({
            sellToken: address(tokens[from]),
            buyToken: address(tokens[to]),
            receiver: terms % 8 == 0 ? actorOf(terms) : address(vault),
            sellAmount: amount,
            buyAmount: paid,
            validTo: uint32(block.timestamp + bound(terms, 0, 30 minutes)),
            appData: 0,
            feeAmount: 0,
            kind: keccak256("sell"),
            partiallyFillable: true,
            sellTokenBalance: keccak256("erc20"),
            buyTokenBalance: keccak256("erc20")
        });
    }

    /// @dev Up front, as if all of it were sold at the floor: nothing that an auction does later costs more.
    function _bookWorst(uint256 from, uint256 to, uint256 amount, uint256 paid) private {
        Value memory sold = _valueOf(from);
        if (_valueOf(to).quarantined) _break("what is quarantined is not bought");
        uint256 navD18 = _recordedNavD18(vault.totalSupply());
        uint256 outD18 = _worth(from, amount, sold.markD18);
        // two roundings up of an atom each
        uint256 worst = _worth(from, amount, sold.askD18) * (10_000 - _discount(from)) / 10_000;
        uint256 atoms = worst * 10 ** tokens[to].decimals() / _price(to) + 2;
        _assertSize(from, outD18, navD18);
        _book(outD18, _worth(to, atoms < paid ? atoms : paid, _price(to)), outD18, navD18);
    }

    // ------------------------------------------------------------------- settling

    /// @param kind what the mixer does while the vault has sold and is not yet paid
    function execute(uint256 part, uint256 kind, uint256 extra) public {
        (bytes32 digest, uint256 left) = vault.armed();
        if (digest == 0 || left == 0) return;
        uint256 sold = (left * bound(part, 1, 100) + 99) / 100;
        uint256 paid = (order.buyAmount * sold + order.sellAmount - 1) / order.sellAmount;
        paid += extra % 4 == 0 ? paid * (extra % 100) / 1000 : 0;
        _give(buys, address(auction), paid);
        (address target, bytes memory middle) = _middle(kind % 8);
        bool allowed = kind % 8 == 5 || (kind % 8 == 1 && !_isPairFilled());
        try auction.settle(vault, order, sold, paid, mixer, target, middle) returns (bool ok, bytes memory answer) {
            ++settlements;
            uncounted |= (1 << sells) | (1 << buys);
            expected[sells] -= sold;
            expected[buys] += paid;
            if (ok && middle.length != 0) {
                // under so many atoms the dust that waits in the vault may look like a payment
                if (!allowed && paid > 64 && !blurred) {
                    _break("in the middle of a settlement nothing but redeeming is possible");
                }
                _follow(kind % 8 == 5, answer);
            }
            if (_isOdd(sells) || _isOdd(buys)) {
                blurred = true;
                return _recount();
            }
            _assertPrice(sells, buys, sold, paid);
        } catch {}
    }

    /// @dev Minting, filling, moving, disarming, looking; or redeeming; or nothing.
    function _middle(uint256 kind) private view returns (address, bytes memory) {
        if (kind == 0) return (address(vault), _mintCall());
        if (kind == 1) return (address(settler), _fillCall());
        if (kind == 2) return (address(allocator), _allocateCall());
        if (kind == 3) return (address(settler), abi.encodeCall(ISettler.disarm, (address(vault))));
        if (kind == 4) return (address(vault), abi.encodeCall(IBasketVault.sync, (address(tokens[sells]))));
        if (kind == 5) return (address(vault), _redeemCall());
        return (address(0), "");
    }

    /// @dev A fill touches what the order sells or buys.
    function _isPairFilled() private view returns (bool) {
        (uint256 from, uint256 to,) = _wanted(0, 0);
        return from == sells || from == buys || to == sells || to == buys;
    }

    function _follow(bool redeemed, bytes memory answer) private {
        if (!redeemed) return _recount();
        uint256[] memory out = abi.decode(answer, (uint256[]));
        for (uint256 i; i < COUNT; ++i) {
            expected[i] -= out[i];
        }
    }

    /// @dev What happened is not followed any further: the books begin anew.
    function _recount() internal {
        for (uint256 i; i < COUNT; ++i) {
            expected[i] = _here(i);
        }
    }

    // --------------------------------------------------------------------- ending

    function disarm(uint256 who) external {
        (bytes32 digest,) = vault.armed();
        if (digest == 0) return;
        address[4] memory askers = [roles.strategist, roles.sentinel, roles.breaker, actorOf(who)];
        bool over = block.timestamp > order.validTo || !_isLive();
        vm.prank(askers[who % 4]);
        try settler.disarm(address(vault)) {
            if (who % 4 == 3 && !over) _break("a stranger does not end an order that is good");
            // what a token took from an order that is over is counted as a loss
            if (blurred) (lossUnseen[sells], lossUnseen[buys]) = (true, true);
            uncounted = 0;
        } catch {
            if (!_anyOdd() && (over || who % 4 == 1)) _break("an order that is over is ended by anybody");
        }
    }

    // -------------------------------------------------------------------- private

    function _here(uint256 i) internal view returns (uint256) {
        return tokens[i].balanceOf(address(vault));
    }

    function _isLive() private view returns (bool) {
        ISettler.Header memory header = settler.headerOf(address(vault));
        return block.timestamp <= header.deadline && settler.armedOf(address(vault)).nonce == header.nonce;
    }

    function _isArmed(uint256 i) internal view override returns (bool) {
        (bytes32 digest,) = vault.armed();
        return digest != 0 && (i == sells || i == buys);
    }

    function _onGift(uint256 i) internal override {
        if (_isArmed(i)) blurred = true;
    }

    function _mintCall() internal view returns (bytes memory) {
        return abi.encodeCall(IBasketVault.mint, (1e15, new uint256[](0), address(mixer)));
    }

    function _redeemCall() internal view returns (bytes memory) {
        return abi.encodeCall(IBasketVault.redeemSkipping, (1e15, new uint256[](0), address(mixer), _skipped()));
    }

    function _fillCall() internal view returns (bytes memory) {
        (uint256 from, uint256 to, uint256 amount) = _wanted(0, 0);
        return abi.encodeCall(
            ISettler.fill,
            (address(vault), address(tokens[from]), address(tokens[to]), amount / 100, type(uint256).max, "")
        );
    }

    function _allocateCall() internal view virtual returns (bytes memory);
}
