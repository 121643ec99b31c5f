// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISignalVerifier} from "../../src/interfaces/ISignalVerifier.sol";
import {ITimelock} from "../../src/interfaces/ITimelock.sol";
import {SignalFixture} from "../fixture/SignalFixture.sol";

contract ConfigureStreamTest is SignalFixture {
    function _configure(ISignalVerifier.Config memory config) internal {
        vm.prank(decider);
        verifier.configure(address(vault), STREAM, config);
    }

    function _other() internal view returns (ISignalVerifier.Config memory config) {
        config = _streamConfig();
        config.signers = _addresses(keys);
        config.signers[2] = address(type(uint160).max);
    }

    function _first(ISignalVerifier.Config memory config) internal {
        vm.prank(decider);
        verifier.configure(address(vault), "another", config);
    }

    function _refused(ISignalVerifier.Config memory config) internal {
        vm.expectRevert(abi.encodeWithSelector(ISignalVerifier.SignalVerifier__BadConfig.selector, config));
        _first(config);
    }

    function test_only_whoever_decides_for_the_vault_names_signers() public {
        address[3] memory who = [strategist, sentinel, stranger];
        for (uint256 i; i < 3; ++i) {
            vm.startPrank(who[i]);
            _expect(ITimelock.Timelock__NotAllowed.selector);
            verifier.configure(address(vault), "another", _other());
            _expect(ITimelock.Timelock__NotAllowed.selector);
            verifier.queue(abi.encodeCall(verifier.configure, (address(vault), STREAM, _other())));
            vm.stopPrank();
        }
    }

    function test_the_first_settings_count_at_once_and_others_wait_the_whole_delay() public {
        _expect(ITimelock.Timelock__NotReady.selector);
        _configure(_other());
        vm.prank(decider);
        verifier.queue(abi.encodeCall(verifier.configure, (address(vault), STREAM, _other())));
        vm.warp(block.timestamp + 1 days - 1);
        _expect(ITimelock.Timelock__NotReady.selector);
        _configure(_other());
        vm.warp(block.timestamp + 1);
        vm.expectEmit(address(verifier));
        emit ISignalVerifier.Configured(address(vault), STREAM, _other());
        _configure(_other());
        assertEq(keccak256(abi.encode(verifier.configOf(address(vault), STREAM))), keccak256(abi.encode(_other())));
    }

    function test_new_settings_make_the_stream_neutral_and_keep_its_round() public {
        vm.prank(decider);
        verifier.queue(abi.encodeCall(verifier.configure, (address(vault), STREAM, _other())));
        vm.warp(block.timestamp + 1 days);
        _submit(_signal(), _quorum(_signal()));
        assertEq(_counted(3), 0.5e18);
        _configure(_other());
        assertEq(_counted(3), 0);
        assertEq(verifier.roundOf(address(vault), STREAM), 1);
    }

    function test_a_quorum_is_at_least_one_and_at_most_all() public {
        ISignalVerifier.Config memory config = _streamConfig();
        config.quorum = 0;
        _refused(config);
        config.quorum = 4;
        _refused(config);
        config.quorum = 3;
        _first(config);
    }

    function test_signers_ascend_and_none_of_them_is_nobody() public {
        ISignalVerifier.Config memory config = _streamConfig();
        config.signers[0] = address(0);
        _refused(config);
        config = _streamConfig();
        config.signers[1] = config.signers[0];
        _refused(config);
        config = _streamConfig();
        (config.signers[1], config.signers[0]) = (config.signers[0], config.signers[1]);
        _refused(config);
    }

    function test_sizes_have_limits() public {
        ISignalVerifier.Config memory config = _streamConfig();
        config.signers = new address[](17);
        for (uint160 i; i < 17; ++i) {
            config.signers[i] = address(i + 1);
        }
        _refused(config);
        config = _streamConfig();
        config.count = 33;
        _refused(config);
        config.count = 32;
        config.maxTiltD18 = 1e18 + 1;
        _refused(config);
        config.maxTiltD18 = 1e18;
        config.signers = new address[](16);
        for (uint160 i; i < 16; ++i) {
            config.signers[i] = address(i + 1);
        }
        config.quorum = 16;
        _first(config);
    }
}
