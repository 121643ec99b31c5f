// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAllocator} from "../../src/interfaces/IAllocator.sol";
import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {OrderMoves} from "./OrderMoves.sol";

/// @title Into a position and back, while it earns, loses, lends what it holds or charges for coming in; and two operations
/// of different kinds in one transaction.
abstract contract PositionMoves is OrderMoves {
    uint256 public moves;
    uint256 public attempts;

    function allocate(uint256 part) external {
        uint256 amount = ownedOf(PART) * bound(part, 0, 60) / 100;
        if (amount == 0) return;
        bool healthy = !_valueOf(PART).quarantined && !_valueOf(POSITION).quarantined;
        (address[] memory list, int256[] memory deltas) = _move(-int256(amount), 0);
        vm.prank(roles.strategist);
        try allocator.allocate(address(vault), address(adapter), list, deltas, "") returns (uint256[] memory received) {
            uint256 shares = received[list[0] == address(tokens[PART]) ? 1 : 0];
            (expected[PART], expected[POSITION]) = (expected[PART] - amount, expected[POSITION] + shares);
            if (!healthy) _break("nothing moves into what is quarantined");
            _bookMove(PART, amount, POSITION, shares);
            _assertCaps();
        } catch {}
    }

    function deallocate(uint256 part, bool byGuardian) external {
        uint256 shares = ownedOf(POSITION) * bound(part, 1, 100) / 100;
        if (shares == 0) return;
        (address[] memory list, int256[] memory deltas) = _move(0, -int256(shares));
        vm.prank(byGuardian ? roles.sentinel : roles.strategist);
        try allocator.deallocate(address(vault), address(adapter), list, deltas, "") returns (
            uint256[] memory received
        ) {
            uint256 amount = received[list[0] == address(tokens[PART]) ? 0 : 1];
            (expected[PART], expected[POSITION]) = (expected[PART] + amount, expected[POSITION] - shares);
            _bookMove(POSITION, shares, PART, amount);
        } catch {}
    }

    /// @dev Earns a little, lends, loses, or changes what it charges.
    function tend(uint256 kind, uint256 amount) external {
        uint256 cash = tokens[PART].balanceOf(address(cellar));
        if (kind % 4 == 0) tokens[PART].mint(address(cellar), bound(amount, 0, cash / 1000));
        if (kind % 4 == 1 && !_isOdd(PART)) cellar.lend(bound(amount, 0, cash / 2));
        if (kind % 4 == 2) cellar.writeOff(bound(amount, 0, cellar.lent() / 10));
        if (kind % 4 == 3) cellar.setFee(amount % 4 == 0 ? bound(amount, 0, 40) : 0);
    }

    /// @dev Of the five kinds two that differ: at least one of them must fail.
    function mixTwo(uint256 first, uint256 second) external {
        first %= 5;
        second = (first + 1 + second % 4) % 5;
        // to move in and to move out is one kind
        if (first >= 3 && second >= 3) return;
        (address one, bytes memory a) = _call(first);
        (address two, bytes memory b) = _call(second);
        (bool ok, bool also) = mixer.mixTwo(one, a, two, b);
        ++attempts;
        if (ok && also) _break("mint, redeem, fill and allocate never mix");
        _recount();
        // minting and redeeming look at an order; whether a fill did is not followed
        if ((ok && first < 2) || (also && second < 2)) _count();
    }

    function _call(uint256 kind) private view returns (address, bytes memory) {
        if (kind == 0) return (address(vault), _mintCall());
        if (kind == 1) return (address(vault), _redeemCall());
        if (kind == 2) return (address(settler), _fillCall());
        if (kind == 3) return (address(allocator), _allocateCall());
        (address[] memory list, int256[] memory deltas) = _move(0, -int256(ownedOf(POSITION) / 100));
        return (
            address(allocator),
            abi.encodeCall(IAllocator.deallocate, (address(vault), address(adapter), list, deltas, ""))
        );
    }

    // ------------------------------------------------------------------ sentences

    /// @dev At the prices after it: what a position charges for entering is its holders' from then on.
    function _bookMove(uint256 from, uint256 gave, uint256 to, uint256 got) private {
        ++moves;
        uint256 outD18 = _worth(from, gave, _valueOf(from).markD18);
        uint256 inD18 = _worth(to, got, _valueOf(to).priceD18);
        uint256 lostD18 = outD18 > inD18 ? outD18 - inD18 : 0;
        if (lostD18 * 10_000 > outD18 * policy.boundsOf(address(vault)).maxMoveLossBps) {
            _break("a move keeps its value");
        }
        _book(outD18, inD18, 0, _navD18());
    }

    function _assertCaps() private {
        uint256 navD18 = _navD18();
        uint256 heldD18 = _worth(POSITION, ownedOf(POSITION), _price(POSITION));
        IPolicy.Cap memory cap = policy.capOf(address(vault), address(adapter));
        if (heldD18 * 10_000 > navD18 * cap.maxBps) _break("a position stays under its cap");
        bytes32[] memory risks = adapter.riskIds();
        for (uint256 i; i < risks.length; ++i) {
            if (heldD18 * 10_000 > navD18 * policy.riskCapOf(address(vault), risks[i])) {
                _break("what bears a risk stays under its cap");
            }
        }
        uint256 cashD18 = _worth(PART, tokens[PART].balanceOf(address(cellar)), _price(PART));
        if (heldD18 * 10_000 > cashD18 * cap.coverBps) _break("a position is covered by what it could pay out now");
    }

    // -------------------------------------------------------------------- private

    /// @dev In ascending order, as the vault wants them.
    function _move(int256 part, int256 position) private view returns (address[] memory list, int256[] memory deltas) {
        (list, deltas) = (new address[](2), new int256[](2));
        (uint256 a, uint256 b) = address(tokens[PART]) < address(tokens[POSITION]) ? (0, 1) : (1, 0);
        (list[a], deltas[a]) = (address(tokens[PART]), part);
        (list[b], deltas[b]) = (address(tokens[POSITION]), position);
    }

    function _allocateCall() internal view override returns (bytes memory) {
        (address[] memory list, int256[] memory deltas) = _move(-int256(ownedOf(PART) / 100), 0);
        return abi.encodeCall(IAllocator.allocate, (address(vault), address(adapter), list, deltas, ""));
    }
}
