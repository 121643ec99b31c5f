// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IBasketVault} from "../../src/interfaces/IBasketVault.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {CowFixture} from "../fixture/CowFixture.sol";
import {HostileFiller} from "../fixture/HostileFiller.sol";
import {Guard} from "../fixture/Weak.sol";

/// The quote that the strategist trusts is a thousandth of what the sale is worth; the order is written and a solver is ready
/// to take it at once.
contract A02Test is CowFixture {
    uint256 internal constant SOLD = 4000e6;
    /// @dev What SOLD is worth in asset 3.
    uint256 internal constant FAIR = 2e18;

    HostileFiller internal thief = new HostileFiller();

    function _ready() internal {
        _propose(_intent(1, 3, 1000));
        _wait(10 minutes);
    }

    function _badOrder(uint256 quoted) internal view returns (ISettler.BatchOrder memory) {
        return _cowOrder(address(vault), 1, 3, SOLD, quoted);
    }

    function settleBad() external {
        _settlePart(_badOrder(FAIR / 1000), SOLD, 0);
    }

    function testFuzz_an_order_at_a_bad_quote_is_never_armed(uint256 quoted) public {
        _ready();
        quoted = bound(quoted, 0, FAIR * 99 / 100 - 1);
        _expect(ISettler.Settler__LimitUnderQuote.selector);
        _arm(_badOrder(quoted));
        vm.expectRevert("GPv2: invalid eip1271 signature");
        this.settleBad();
    }

    function test_were_it_armed_the_signature_would_still_be_refused() public {
        _without(Guard.Limit);
        _ready();
        _arm(_badOrder(FAIR / 1000));
        vm.expectRevert("GPv2: invalid eip1271 signature");
        this.settleBad();
    }

    function testFuzz_nor_does_anyone_fill_at_it(uint256 quoted) public {
        _ready();
        quoted = bound(quoted, 0, FAIR * 99 / 100 - 1);
        tokens[3].mint(address(thief), quoted);
        thief.plan(quoted, new HostileFiller.Call[](0));
        _expect(IBasketVault.BasketVault__Underpaid.selector);
        thief.fill(settler, address(vault), address(tokens[1]), address(tokens[3]), SOLD);
    }

    function test_honest_the_same_order_at_the_oracles_floor_is_filled() public {
        _ready();
        ISettler.BatchOrder memory order = _orderAtQuote(1, 3, SOLD);
        _arm(order);
        uint256 nav = _navD18();
        _settlePart(order, SOLD, 0);
        assertApproxEqAbs(_navD18(), nav - 40e18, 0.01e18, "one per cent of $4,000");
    }

    function test_control_without_the_oracle_the_vault_gets_four_dollars_for_four_thousand() public {
        _without(Guard.Price);
        _ready();
        ISettler.BatchOrder memory order = _badOrder(FAIR / 1000);
        _arm(order);
        uint256 nav = _navD18();
        _settlePart(order, SOLD, 0);
        assertApproxEqAbs(nav - _navD18(), 3996e18, 0.01e18);
    }
}
