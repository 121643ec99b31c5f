// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISignalVerifier} from "../../src/interfaces/ISignalVerifier.sol";
import {SignalFixture} from "../fixture/SignalFixture.sol";

contract SubmitTest is SignalFixture {
    function _streamConfig() internal view override returns (ISignalVerifier.Config memory config) {
        config = super._streamConfig();
        (config.maxTiltD18, config.maxMoveD18) = (0.5e18, 0.24e18);
    }

    function _say(int64 valueD18) internal {
        ISignalVerifier.Signal memory signal = _signal();
        for (uint256 i; i < 5; ++i) {
            signal.valuesD18[i] = valueD18;
        }
        _submit(signal, _quorum(signal));
    }

    function test_what_was_signed_and_what_counts_is_told() public {
        ISignalVerifier.Signal memory signal = _signal();
        int64[] memory counted = new int64[](5);
        (counted[1], counted[3]) = (-0.24e18, 0.24e18);
        bytes[] memory signatures = _quorum(signal);
        vm.expectEmit(address(verifier));
        emit ISignalVerifier.Attested(address(vault), STREAM, 1, signal, counted);
        _submit(signal, signatures);
    }

    function test_a_round_may_be_left_out_but_none_comes_twice() public {
        ISignalVerifier.Signal memory signal = _signal();
        signal.round = 7;
        _submit(signal, _quorum(signal));
        for (uint64 round = 6; round <= 7; ++round) {
            signal.round = round;
            bytes[] memory signatures = _quorum(signal);
            vm.expectRevert(abi.encodeWithSelector(ISignalVerifier.SignalVerifier__OldRound.selector, round, 7));
            _submit(signal, signatures);
        }
    }

    function test_more_signatures_than_needed_are_all_checked() public {
        ISignalVerifier.Signal memory signal = _signal();
        bytes[] memory signatures = new bytes[](3);
        for (uint256 i; i < 3; ++i) {
            signatures[i] = _sign(signal, keys[i]);
        }
        uint256 snapshot = vm.snapshotState();
        _submit(signal, signatures);
        vm.revertToState(snapshot);
        signatures[2] = _sign(signal, strangerKey);
        vm.expectRevert();
        _submit(signal, signatures);
    }

    function test_a_signal_has_one_value_per_place() public {
        ISignalVerifier.Signal memory signal = _signal();
        signal.valuesD18 = new int64[](4);
        bytes[] memory signatures = _quorum(signal);
        vm.expectRevert(abi.encodeWithSelector(ISignalVerifier.SignalVerifier__WrongCount.selector, 4, 5));
        _submit(signal, signatures);
    }

    function test_a_stream_that_does_not_exist_takes_nothing() public {
        ISignalVerifier.Signal memory signal = _signal();
        signal.stream = "none";
        _expect(ISignalVerifier.SignalVerifier__NoStream.selector);
        _submit(signal, new bytes[](0));
    }

    /// A signal counts from `notBefore` to `validUntil`, both included, and may not be made to last.
    function testFuzz_a_signal_is_taken_while_it_is_valid(uint64 notBefore, uint64 validUntil) public {
        notBefore = uint64(bound(notBefore, START - 2 hours, START + 2 hours));
        validUntil = uint64(bound(validUntil, START - 2 hours, START + 2 hours));
        ISignalVerifier.Signal memory signal = _signal();
        (signal.notBefore, signal.validUntil) = (notBefore, validUntil);
        bytes[] memory signatures = _quorum(signal);
        bool good = notBefore <= START && START <= validUntil && validUntil - notBefore <= 1 hours;
        if (!good) _expect(ISignalVerifier.SignalVerifier__NotFresh.selector);
        _submit(signal, signatures);
        assertEq(verifier.roundOf(address(vault), STREAM), good ? 1 : 0);
    }

    function testFuzz_a_value_beyond_the_bound_is_refused(int64 valueD18) public {
        ISignalVerifier.Signal memory signal = _signal();
        signal.valuesD18[4] = valueD18;
        bytes[] memory signatures = _quorum(signal);
        bool inside = valueD18 >= -0.5e18 && valueD18 <= 0.5e18;
        if (!inside) {
            vm.expectRevert(
                abi.encodeWithSelector(ISignalVerifier.SignalVerifier__OutOfBounds.selector, 4, valueD18, 0.5e18)
            );
        }
        _submit(signal, signatures);
    }

    /// Over any time t, what counts moves by at most maxMove * (1 + t / 1 day), whatever is signed and however often.
    function testFuzz_what_counts_never_moves_faster_than_stated(uint256 seed) public {
        uint256 begun = block.timestamp;
        uint256 movedD18;
        int64 lastD18;
        for (uint256 i; i < 12; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            vm.warp(block.timestamp + seed % 59 minutes);
            _say(int64(int256((seed >> 128) % 1e18) - 0.5e18));
            int64 nowD18 = _counted(2);
            movedD18 += uint64(nowD18 > lastD18 ? nowD18 - lastD18 : lastD18 - nowD18);
            lastD18 = nowD18;
        }
        assertLe(movedD18, 0.24e18 + 0.24e18 * (block.timestamp - begun) / 1 days);
    }

    function test_what_was_signed_is_reached_after_the_days_it_takes() public {
        uint256 rounds;
        while (_counted(2) != 0.35e18) {
            _say(0.35e18);
            vm.warp(block.timestamp + 1 hours);
            ++rounds;
        }
        // 0.24 at once, and the other 0.11 at 0.01 an hour
        assertEq(rounds, 1 + 11);
    }

    function test_silence_makes_it_start_from_neutral_again() public {
        _say(0.5e18);
        assertEq(_counted(2), 0.24e18);
        vm.warp(block.timestamp + 3 days);
        _say(0.5e18);
        assertEq(_counted(2), 0.24e18);
    }
}
