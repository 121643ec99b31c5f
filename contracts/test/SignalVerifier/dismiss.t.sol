// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISignalVerifier} from "../../src/interfaces/ISignalVerifier.sol";
import {ITimelock} from "../../src/interfaces/ITimelock.sol";
import {SignalFixture} from "../fixture/SignalFixture.sol";

contract DismissTest is SignalFixture {
    function _dismiss(address by, uint256 key) internal {
        vm.prank(by);
        verifier.dismiss(address(vault), STREAM, vm.addr(key));
    }

    function test_a_guardian_strikes_a_signer_out_at_once_and_the_stream_is_neutral() public {
        _submit(_signal(), _quorum(_signal()));
        vm.expectEmit(address(verifier));
        emit ISignalVerifier.SignerDismissed(address(vault), STREAM, vm.addr(keys[0]), sentinel);
        _dismiss(sentinel, keys[0]);
        assertEq(_counted(3), 0);
        assertEq(verifier.configOf(address(vault), STREAM).signers.length, 2);
        ISignalVerifier.Signal memory next = _signal();
        bytes[] memory signatures = _quorum(next);
        vm.expectRevert(abi.encodeWithSelector(ISignalVerifier.SignalVerifier__NotASigner.selector, vm.addr(keys[0])));
        _submit(next, signatures);
    }

    function test_the_others_carry_on() public {
        _dismiss(sentinel, keys[0]);
        _submit(_signal(), _signBy(_signal(), keys[1], keys[2]));
        assertEq(_counted(3), 0.5e18);
    }

    function test_nobody_else_dismisses() public {
        address[2] memory who = [strategist, stranger];
        for (uint256 i; i < 2; ++i) {
            _expect(ITimelock.Timelock__NotAllowed.selector);
            _dismiss(who[i], keys[0]);
        }
    }

    function test_who_is_no_signer_cannot_be_dismissed() public {
        _expect(ISignalVerifier.SignalVerifier__NotASigner.selector);
        _dismiss(sentinel, strangerKey);
    }

    function test_a_stream_without_signers_stays_without_until_the_delay_is_over() public {
        for (uint256 i; i < 3; ++i) {
            _dismiss(sentinel, keys[i]);
        }
        _expect(ITimelock.Timelock__NotReady.selector);
        vm.prank(decider);
        verifier.configure(address(vault), STREAM, _streamConfig());
        ISignalVerifier.Signal memory next = _signal();
        bytes[] memory signatures = _quorum(next);
        _expect(ISignalVerifier.SignalVerifier__NotASigner.selector);
        _submit(next, signatures);
    }
}
