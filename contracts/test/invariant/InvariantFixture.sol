// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {BasketVault} from "../../src/BasketVault.sol";
import {Factory} from "../../src/Factory.sol";
import {Erc4626Adapter} from "../../src/adapters/Erc4626Adapter.sol";
import {TestToken} from "../../src/demo/TestToken.sol";
import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {IRule} from "../../src/interfaces/IRule.sol";
import {ThresholdRule} from "../../src/rules/ThresholdRule.sol";
import {PositionFeed} from "../../src/sources/PositionFeed.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {Guard} from "../fixture/Weak.sol";
import {Auction, Cellar, Mixer, Trigger} from "./Actors.sol";
import {Handler} from "./Handler.sol";
import {World} from "./World.sol";

/// @title A vault of five tokens and a position, with a batch auction, a rule, a trigger, caps and two exit floors; and
/// what must be true of it after every step.
abstract contract InvariantFixture is Fixture {
    Auction internal auction = new Auction();
    Mixer internal mixer = new Mixer();
    Cellar internal cellar;
    Erc4626Adapter internal adapter;
    Trigger internal trigger;
    Handler internal handler;
    uint256 private _looks;
    uint16 internal capBps = 1000;
    uint16 internal riskCapBps = 800;
    uint16 internal coverBps = 12_000;

    function setUp() public override {
        strategist = address(mixer);
        super.setUp();
        _openCellar();
        vault = _createWhole();
        trigger = new Trigger();
        vm.startPrank(curator);
        policy.setTrigger(address(vault), address(trigger));
        rule.configure(address(vault), _config());
        vm.stopPrank();
        _decide();
        vm.prank(alice);
        vault.transfer(address(mixer), 100e18);
        _endow(address(mixer));
        handler = _newHandler(
            World.System(vault, settler, policy, hub, allocator, rule, auction, cellar, adapter, trigger, tokens, feeds)
        );
        for (uint256 i; i < 5; ++i) {
            feeds[i].transferOwnership(address(handler));
            _hand(i);
        }
        targetContract(address(handler));
    }

    function _newHandler(World.System memory system) internal virtual returns (Handler) {
        return new Handler(system);
    }

    /// @dev Lets the handler mint.
    function _hand(uint256 i) internal virtual {
        tokens[i].transferOwnership(address(handler));
    }

    function batch() internal view override returns (address) {
        return address(auction);
    }

    /// @dev A cap that has no guard must be the one that is reached first.
    function bounds() internal view override returns (IPolicy.Bounds memory caps) {
        caps = super.bounds();
        caps.maxFillBps = 500;
        if (removed == Guard.LossCap) (caps.turnoverCapBpsPerDay, caps.maxFillBps) = (30_000, 10_000);
        if (removed == Guard.TurnoverCap) (caps.lossCapBpsPerDay, caps.maxFillBps) = (300, 10_000);
        if (removed == Guard.MoveLoss) caps.lossCapBpsPerDay = 300;
    }

    // ------------------------------------------------------------------- building

    function _openCellar() private {
        cellar = new Cellar(tokens[3]);
        tokens[3].mint(address(this), 10e18);
        tokens[3].approve(address(cellar), 10e18);
        cellar.deposit(10e18, address(this));
        adapter = new Erc4626Adapter(cellar, address(cellar), "Cellar", 10);
        IOracleHub.Listing memory terms = listing(address(new PositionFeed(adapter, hub)));
        terms.maxAnswer = 7e28;
        hub.list(address(cellar), terms);
        tokens.push(TestToken(address(cellar)));
    }

    function _createWhole() private returns (BasketVault) {
        Factory.Plan memory plan = Factory.Plan({
            name: "Basket",
            symbol: "BSK",
            assets: assets(),
            amounts: new uint256[](6),
            shares: SHARES,
            sharesTo: alice,
            roles: roles(),
            bounds: bounds(),
            rules: new address[](1),
            salt: bytes32(uint256(1))
        });
        plan.rules[0] = address(rule);
        for (uint256 i; i < 5; ++i) {
            plan.amounts[i] = amounts()[i];
            tokens[i].mint(address(this), amounts()[i]);
            tokens[i].approve(address(factory), amounts()[i]);
        }
        return BasketVault(factory.create(plan));
    }

    function _config() private pure returns (ThresholdRule.Config memory config) {
        config.weightsBps = new uint16[](6);
        for (uint256 i; i < 5; ++i) {
            config.weightsBps[i] = 2000;
        }
        (config.bandBps, config.terms) = (500, IRule.Terms(50, 100, 10 minutes, 1 hours));
    }

    function _decide() private {
        bytes32[] memory risks = adapter.riskIds();
        bytes[6] memory calls = [
            abi.encodeCall(IPolicy.setCap, (address(vault), address(adapter), IPolicy.Cap(capBps, coverBps))),
            abi.encodeCall(IPolicy.setRiskCap, (address(vault), risks[0], riskCapBps)),
            abi.encodeCall(IPolicy.setRiskCap, (address(vault), risks[1], 10_000)),
            abi.encodeCall(IPolicy.setRiskCap, (address(vault), risks[2], 10_000)),
            _exit(1, 0.8e18),
            _exit(3, 1600e18)
        ];
        vm.startPrank(curator);
        for (uint256 i; i < 6; ++i) {
            policy.queue(calls[i]);
        }
        vm.stopPrank();
        _wait(1 days);
        for (uint256 i; i < 6; ++i) {
            vm.prank(curator);
            (bool ok,) = address(policy).call(calls[i]);
            require(ok, "not decided");
        }
    }

    function _exit(uint256 i, uint128 floorD18) private view returns (bytes memory) {
        return
            abi.encodeCall(IPolicy.setClass, (address(vault), address(tokens[i]), IPolicy.Class(floorD18, 0, 0, false)));
    }

    function _endow(address who) private {
        for (uint256 i; i < 5; ++i) {
            tokens[i].mint(who, amounts()[i]);
        }
        tokens[3].mint(address(cellar), 10e18);
        cellar.credit(who, 10e18);
    }

    // ------------------------------------------------------------------ sentences

    function _assertAll() internal {
        assertEq(handler.broken(), "");
        uint256 i = _looks++ % 6;
        the_vault_holds_exactly_what_came_in_less_what_went_out(i);
        what_the_shares_own_and_what_is_claimed_is_there(i);
        the_vault_has_approved_nobody_but_the_auction_for_what_is_left(i);
        the_servants_keep_nothing(i);
        assertEq(settler.headerOf(address(vault)).nonce, handler.proposals(), "the nonce counts the intents");
        assertEq(vault.balanceOf(address(vault)), vault.MIN_SHARES(), "the locked shares stay");
    }

    function the_vault_holds_exactly_what_came_in_less_what_went_out(uint256 i) internal view {
        assertEq(tokens[i].balanceOf(address(vault)), handler.expected(i), "conservation");
    }

    /// @dev What an armed order sold is on its way out of the ledger, and a loss that nobody saw is in it.
    function what_the_shares_own_and_what_is_claimed_is_there(uint256 i) internal view {
        uint256 owned = handler.ownedOf(i);
        if (owned == 0 || handler.lossUnseen(i) || (handler.uncounted() >> i) & 1 == 1) return;
        address[4] memory people = [handler.actorOf(0), handler.actorOf(1), handler.actorOf(2), address(mixer)];
        for (uint256 a; a < 4; ++a) {
            owned += vault.claimOf(people[a], address(tokens[i]));
        }
        assertLe(owned, tokens[i].balanceOf(address(vault)), "solvency");
    }

    function the_vault_has_approved_nobody_but_the_auction_for_what_is_left(uint256 i) internal view {
        (bytes32 digest, uint256 left) = vault.armed();
        bool sold = digest != 0 && settler.armedOf(address(vault)).sell == address(tokens[i]);
        assertEq(tokens[i].allowance(address(vault), address(auction)), sold ? left : 0, "allowances");
        if (sold) assertLe(left, settler.armedOf(address(vault)).sellAmount, "no more than was armed");
        address[7] memory others = [
            address(settler),
            address(allocator),
            address(adapter),
            address(cellar),
            address(mixer),
            handler.actorOf(0),
            address(factory)
        ];
        for (uint256 s; s < 7; ++s) {
            assertEq(tokens[i].allowance(address(vault), others[s]), 0, "allowances");
        }
    }

    function the_servants_keep_nothing(uint256 i) internal view {
        address[4] memory servants = [address(settler), address(allocator), address(adapter), address(policy)];
        for (uint256 s; s < 4; ++s) {
            assertEq(tokens[i].balanceOf(servants[s]), 0, "servants");
            assertEq(tokens[i].allowance(servants[s], address(cellar)), 0, "allowances");
        }
    }
}
