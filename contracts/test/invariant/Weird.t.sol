// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {TestToken} from "../../src/demo/TestToken.sol";
import {BrokenToken} from "../fixture/BrokenToken.sol";
import {FeeToken} from "../fixture/FeeToken.sol";
import {HookToken} from "../fixture/HookToken.sol";
import {NoReturnToken} from "../fixture/NoReturnToken.sol";
import {Guard} from "../fixture/Weak.sol";
import {Handler} from "./Handler.sol";
import {InvariantFixture} from "./InvariantFixture.sol";
import {RebasingToken, WeirdHandler} from "./WeirdHandler.sol";
import {World} from "./World.sol";

/// @dev Does not know which token is broken, and insists on all of them.
contract InsistentHandler is WeirdHandler {
    constructor(System memory system) WeirdHandler(system) {}

    function _skipped() internal pure override returns (uint256) {
        return 0;
    }
}

/// The same sentences over tokens that return nothing, charge a fee, break, call back, and grow and shrink by themselves.
contract WeirdInvariants is InvariantFixture {
    bool private _insists;

    function _newToken(uint256 i) internal override returns (TestToken) {
        uint8 digits = decimals()[i];
        if (i == 0) return TestToken(address(new NoReturnToken(digits)));
        if (i == 1) return new FeeToken(digits, address(this));
        if (i == 2) return new BrokenToken(digits, address(this));
        if (i == 3) return new HookToken(digits, address(this));
        return new RebasingToken(digits, address(this));
    }

    function _newHandler(World.System memory system) internal override returns (Handler) {
        WeirdHandler made = _insists ? new InsistentHandler(system) : new WeirdHandler(system);
        made.hookIn();
        return made;
    }

    function _hand(uint256 i) internal override {
        if (i != 0) super._hand(i);
    }

    function _weird() private view returns (WeirdHandler) {
        return WeirdHandler(address(handler));
    }

    /// forge-config: default.invariant.runs = 32
    /// forge-config: nightly.invariant.runs = 1000
    /// forge-config: nightly.invariant.depth = 200
    function invariant_nor_can_any_token() public {
        _assertAll();
    }

    /// @dev People come and go and trade, while one token after another plays its trick.
    function _walk() internal {
        for (uint256 i; i < 40; ++i) {
            uint256 seed = uint256(keccak256(abi.encode(i)));
            _weird().chargeFee(i % 6 == 1 ? seed : 0);
            _weird().breakToken(i % 6 == 3 ? seed : 0);
            _weird().rebase(seed, i % 4 == 0);
            handler.mint(seed, seed >> 16);
            handler.redeem(seed, seed >> 24, seed >> 32);
            handler.sync(4);
            handler.propose(seed >> 40, seed >> 48, 1000, 0, 100 + (1 << 32));
            handler.wait(10 minutes);
            handler.fill(seed, seed >> 40, seed >> 48, 50);
            handler.arm(seed >> 40, seed >> 48, 50, 1, 9);
            handler.execute(50, seed % 8, 0);
            _weird().chargeFee(0);
            _weird().breakToken(0);
            handler.wait(10 minutes);
            handler.disarm(3);
            for (uint256 k; k < 6; ++k) {
                handler.claim(seed, k);
            }
            if (bytes(handler.broken()).length != 0) return;
        }
    }

    function test_the_walk_goes_on_and_breaks_nothing() public {
        _walk();
        for (uint256 i; i < 6; ++i) {
            _assertAll();
        }
        assertGt(handler.mints(), 15, "mints");
        assertGt(handler.exits(), 30, "exits");
        assertGt(handler.fills(), 8, "fills");
        assertGt(handler.settlements(), 5, "settlements");
        assertGt(_weird().calledBack(), 15, "called back");
    }

    /// @dev An order sells a token that takes a fee from the vault as well, so that it stays unpaid until it is over.
    function test_who_redeems_while_an_order_is_short_gets_his_part_of_both_its_tokens() public {
        handler.mint(1, 360 ether);
        _weird().chargeFee(2);
        handler.auctionOff(1_700_961_151, 1_700_606_976, 1_700_656_914, 970);
        assertEq(handler.settlements(), 1);
        vm.expectRevert();
        vault.holdings();
        (uint256 sold, uint256 bought) = (tokens[1].balanceOf(address(vault)), tokens[3].balanceOf(address(vault)));
        uint256 supply = vault.totalSupply();
        address actor = handler.actorOf(1);
        handler.redeem(1, 20 ether, 1);
        uint256 gone = supply - vault.totalSupply();
        assertGt(gone, 0);
        assertApproxEqAbs(vault.claimOf(actor, address(tokens[1])), sold * gone / supply, 2);
        assertApproxEqAbs(vault.claimOf(actor, address(tokens[3])), bought * gone / supply, 1e3);
        lookAtAll();
    }

    function test_who_redeems_after_a_token_that_an_order_buys_has_shrunk_bears_his_part() public {
        handler.propose(0, 4, 1000, 0, 100 + (1 << 32));
        handler.arm(0, 4, 50, 1, 9);
        assertEq(handler.arms(), 1);
        address actor = handler.actorOf(1);
        vm.prank(address(mixer));
        vault.transfer(actor, 100e18);
        _weird().rebase(type(uint128).max, false);
        (uint256 here, uint256 supply) = (tokens[4].balanceOf(address(vault)), vault.totalSupply());
        uint256 had = tokens[4].balanceOf(actor);
        handler.redeem(1, 100e18, 1);
        assertEq(vault.totalSupply(), supply - 100e18);
        assertApproxEqAbs(tokens[4].balanceOf(actor) - had, here * 100e18 / supply, 1e9);
        lookAtAll();
    }

    function test_control_without_skipping() public {
        _insists = true;
        _without(Guard.None);
        _walk();
        assertEq(handler.broken(), "whoever skips what is broken always gets out");
    }

    function test_control_without_a_lock() public {
        _without(Guard.Lock);
        _walk();
        assertEq(handler.broken(), "while it moves tokens the vault answers nobody");
    }

    function test_control_without_measuring() public {
        _without(Guard.Measuring);
        _weird().chargeFee(1);
        handler.mint(1, 1e18);
        vm.expectRevert();
        this.lookAtAll();
    }

    function lookAtAll() public {
        for (uint256 i; i < 6; ++i) {
            _assertAll();
        }
    }
}
