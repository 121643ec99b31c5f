// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {BasketVault} from "../../src/BasketVault.sol";
import {Factory} from "../../src/Factory.sol";
import {OperationLock} from "../../src/custody/OperationLock.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {Servant} from "../fixture/Servant.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

/// One contract that may do everything to a vault does several things to it in one transaction.
contract OperationLockTest is Fixture {
    Servant internal servant;

    function setUp() public override {
        super.setUp();
        servant = new Servant();
        factory = new Factory(address(new BasketVault(address(servant), address(servant))), policy);
        vault = _create(amounts(), SHARES);
        vm.prank(alice);
        vault.transfer(address(servant), SHARES / 2);
        Servant.Call[] memory calls = new Servant.Call[](5);
        for (uint256 i; i < 5; ++i) {
            tokens[i].mint(address(servant), amounts()[i]);
            calls[i] = Servant.Call(
                address(tokens[i]), abi.encodeCall(tokens[i].approve, (address(vault), type(uint256).max))
            );
        }
        servant.run(calls);
        _run(abi.encodeCall(vault.redeemSkipping, (1e18, _none(), address(servant), 31)));
    }

    function _run(bytes memory one) internal {
        Servant.Call[] memory calls = new Servant.Call[](1);
        calls[0] = Servant.Call(address(vault), one);
        servant.run(calls);
    }

    function _runBoth(bytes memory one, bytes memory two) internal {
        Servant.Call[] memory calls = new Servant.Call[](2);
        calls[0] = Servant.Call(address(vault), one);
        calls[1] = Servant.Call(address(vault), two);
        servant.run(calls);
    }

    function _settle(bytes memory data) internal view returns (bytes memory) {
        return abi.encodeCall(vault.settle, (address(tokens[1]), address(tokens[3]), 1000e6, 0, address(servant), data));
    }

    function _convert() internal view returns (bytes memory) {
        (address[] memory list, int256[] memory deltas) = (new address[](1), new int256[](1));
        (list[0], deltas[0]) = (address(tokens[4]), -1000e6);
        return abi.encodeCall(vault.convert, (list, deltas, address(servant), ""));
    }

    /// @dev Every call that counts, with its kind.
    function _operation(uint256 i) internal view returns (bytes memory call, OperationLock.Operation kind) {
        if (i == 0) return (abi.encodeCall(vault.mint, (1e18, _none(), alice)), OperationLock.Operation.Mint);
        if (i == 1) return (_settle(""), OperationLock.Operation.Fill);
        if (i == 2) return (abi.encodeCall(vault.arm, (_sale(1000e6))), OperationLock.Operation.Fill);
        if (i == 3) return (_convert(), OperationLock.Operation.Allocate);
        kind = OperationLock.Operation.Redeem;
        if (i == 4) call = abi.encodeCall(vault.redeem, (1e18, _none(), alice));
        if (i == 5) call = abi.encodeCall(vault.redeemSkipping, (1e18, _none(), alice, 2));
        if (i == 6) call = abi.encodeCall(vault.claim, (address(tokens[1]), alice));
    }

    function test_two_kinds_never_mix_and_one_kind_does() public {
        for (uint256 i; i < 7; ++i) {
            for (uint256 j; j < 7; ++j) {
                if (i == j && (i == 2 || i == 6)) continue; // there is one order, and one claim
                uint256 snapshot = vm.snapshotState();
                _try(i, j);
                vm.revertToState(snapshot);
            }
        }
    }

    function _try(uint256 i, uint256 j) private {
        (bytes memory one, OperationLock.Operation first) = _operation(i);
        (bytes memory two, OperationLock.Operation second) = _operation(j);
        if (first != second) {
            vm.expectRevert(abi.encodeWithSelector(OperationLock.OperationLock__Mixed.selector, first, second));
        }
        this.runBoth(one, two);
    }

    function runBoth(bytes calldata one, bytes calldata two) external {
        _runBoth(one, two);
    }

    function testFuzz_any_number_of_the_same_kind(uint256 seed, uint256 count) public {
        uint256 i = [uint256(0), 1, 3, 4, 5][seed % 5];
        (bytes memory call,) = _operation(i);
        Servant.Call[] memory calls = new Servant.Call[](bound(count, 1, 20));
        for (uint256 n; n < calls.length; ++n) {
            calls[n] = Servant.Call(address(vault), call);
        }
        servant.run(calls);
    }

    function testFuzz_the_next_transaction_is_free_again(uint256 first, uint256 second) public {
        (bytes memory one,) = _operation(bound(first, 0, 6));
        (bytes memory two,) = _operation((bound(first, 0, 6) + bound(second, 1, 6)) % 7);
        _run(one);
        _run(two);
    }

    function testFuzz_looking_and_disarming_go_with_everything(uint256 seed, bool before) public {
        (bytes memory call,) = _operation([uint256(0), 1, 3, 4, 5, 6][seed % 6]);
        bytes memory free =
            seed % 2 == 0 ? abi.encodeCall(vault.sync, (address(tokens[seed % 5]))) : abi.encodeCall(vault.disarm, ());
        if (before) _runBoth(free, call);
        else _runBoth(call, free);
    }

    function test_two_vaults_do_not_mind_each_other() public {
        BasketVault first = vault;
        factory = new Factory(factory.implementation(), policy);
        BasketVault other = _create(amounts(), SHARES);
        vm.prank(alice);
        other.transfer(address(servant), 1e18);
        Servant.Call[] memory calls = new Servant.Call[](2);
        calls[0] = Servant.Call(address(first), abi.encodeCall(first.mint, (1e18, _none(), alice)));
        calls[1] = Servant.Call(address(other), abi.encodeCall(other.redeem, (1e18, _none(), alice)));
        servant.run(calls);
    }

    function testFuzz_nothing_is_told_while_tokens_are_out(bool filling) public {
        servant.lookAt(address(vault), abi.encodeCall(vault.holdings, ()));
        servant.lookAt(address(vault), abi.encodeCall(vault.position, (address(tokens[1]), address(tokens[3]))));
        servant.lookAt(address(vault), abi.encodeCall(vault.unitsOf, (address(tokens[1]))));
        _run(filling ? _settle("look") : _convert());
        bytes4[] memory answers = servant.answers();
        assertEq(answers.length, 3);
        for (uint256 i; i < 3; ++i) {
            assertEq(answers[i], ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        }
        vault.holdings();
        vault.position(address(tokens[1]), address(tokens[3]));
        vault.unitsOf(address(tokens[1]));
    }
}
