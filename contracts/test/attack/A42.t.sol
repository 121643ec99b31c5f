// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {SignalVerifier} from "../../src/SignalVerifier.sol";
import {ISignalVerifier} from "../../src/interfaces/ISignalVerifier.sol";
import {ITimelock} from "../../src/interfaces/ITimelock.sol";
import {SignalRule} from "../../src/rules/SignalRule.sol";
import {SignalRuleFixture} from "../fixture/SignalRuleFixture.sol";
import {
    BlindVerifier,
    HastyVerifier,
    MalleableVerifier,
    ReplayedVerifier,
    TimelessVerifier,
    UnboundVerifier,
    UnlistedVerifier,
    UnorderedVerifier
} from "../fixture/WeakSignalVerifier.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// Somebody has the vault follow a forecast that its signers did not make for it: forged, replayed, altered, out of time, out
/// of bounds. He then fills what the rule wants, down at the floor: one per cent of whatever is moved is his.
contract A42Test is SignalRuleFixture {
    /// @dev One per cent of the tenth of NAV that the forged signal moves.
    int256 internal constant LOOT = 990e18;

    function setUp() public override {
        super.setUp();
        ISignalVerifier.Signal memory calm = _signal();
        calm.valuesD18 = new int64[](5);
        _submit(calm, _quorum(calm));
        _wait(50 minutes);
    }

    /// @dev Half a unit in 40 minutes: here it is not speed that stops anybody.
    function _streamConfig() internal view override returns (ISignalVerifier.Config memory config) {
        config = super._streamConfig();
        config.maxMoveD18 = 18e18;
    }

    /// @dev Bounds of the rule so wide that they stop nobody either.
    function _ruleConfig() internal view override returns (SignalRule.Config memory config) {
        config = super._ruleConfig();
        config.maxTiltBps = 9999;
    }

    /// @dev The same verifier, less one check.
    function _weaken(SignalVerifier weak) internal {
        vm.etch(address(verifier), address(weak).code);
    }

    function _refused(ISignalVerifier.Signal memory signal, bytes[] memory signatures, bytes4 why) internal {
        _expect(why);
        _submit(signal, signatures);
        assertEq(_followD18(), 0);
    }

    function _taken(ISignalVerifier.Signal memory signal, bytes[] memory signatures) internal {
        _submit(signal, signatures);
        assertGt(_followD18(), LOOT);
    }

    // --------------------------------------------- what was signed is not what is submitted

    /// @dev What is submitted, with what was signed of it but for one field: made for another vault, another stream, the round
    /// before, tomorrow, an hour ago, no move at all, another model, other data, another chain.
    function _alteredAt(BlindVerifier.Field field)
        internal
        returns (ISignalVerifier.Signal memory altered, bytes[] memory signatures)
    {
        altered = _signal();
        ISignalVerifier.Signal memory made = _signal();
        if (field == BlindVerifier.Field.Vault) made.vault = address(this);
        if (field == BlindVerifier.Field.Stream) made.stream = "another";
        if (field == BlindVerifier.Field.Round) made.round -= 1;
        if (field == BlindVerifier.Field.NotBefore) made.notBefore += 30 minutes;
        if (field == BlindVerifier.Field.ValidUntil) made.validUntil = made.notBefore - 1;
        if (field == BlindVerifier.Field.Values) made.valuesD18 = new int64[](5);
        if (field == BlindVerifier.Field.ModelHash) made.modelHash = keccak256("another");
        if (field == BlindVerifier.Field.DataRoot) made.dataRoot = keccak256("another");
        uint256 here = block.chainid;
        if (field == BlindVerifier.Field.Domain) vm.chainId(here + 1);
        signatures = _quorum(made);
        vm.chainId(here);
    }

    function test_every_field_is_signed() public {
        for (uint8 field; field <= uint8(type(BlindVerifier.Field).max); ++field) {
            (ISignalVerifier.Signal memory altered, bytes[] memory signatures) = _alteredAt(BlindVerifier.Field(field));
            // The signature is somebody else's: who he is, is chance, and so is whether he is in order.
            try this.submit(altered, signatures) {
                assertTrue(false, vm.toString(field));
            } catch (bytes memory reason) {
                bytes4 why = bytes4(reason);
                assertTrue(
                    why == ISignalVerifier.SignalVerifier__NotASigner.selector
                        || why == ISignalVerifier.SignalVerifier__OutOfOrder.selector,
                    vm.toString(field)
                );
            }
        }
        assertEq(_followD18(), 0);
    }

    function submit(ISignalVerifier.Signal memory signal, bytes[] memory signatures) external {
        _submit(signal, signatures);
    }

    /// A digest that leaves one field out takes exactly the signal that was altered there, and costs a per cent of it.
    function test_control_a_field_that_is_not_signed_is_altered() public {
        for (uint8 field; field <= uint8(type(BlindVerifier.Field).max); ++field) {
            uint256 snapshot = vm.snapshotState();
            _weaken(new BlindVerifier(policy, BlindVerifier.Field(field)));
            (ISignalVerifier.Signal memory altered, bytes[] memory signatures) = _alteredAt(BlindVerifier.Field(field));
            _taken(altered, signatures);
            vm.revertToState(snapshot);
        }
    }

    function test_a_signature_for_another_verifier_is_refused() public {
        SignalVerifier ours = verifier;
        verifier = new SignalVerifier(policy);
        ISignalVerifier.Signal memory signal = _signal();
        signal.round = 2;
        bytes[] memory signatures = _quorum(signal);
        verifier = ours;
        vm.expectRevert();
        _submit(signal, signatures);
        assertEq(_followD18(), 0);
    }

    // -------------------------------------------------------------------- who signed it

    function test_one_signer_counts_once() public {
        _refused(_signal(), _signBy(_signal(), keys[0], keys[0]), ISignalVerifier.SignalVerifier__OutOfOrder.selector);
    }

    function test_control_one_stolen_key_is_a_quorum() public {
        _weaken(new UnorderedVerifier(policy));
        _taken(_signal(), _signBy(_signal(), keys[0], keys[0]));
    }

    function test_signers_out_of_order_are_refused() public {
        _refused(_signal(), _signBy(_signal(), keys[1], keys[0]), ISignalVerifier.SignalVerifier__OutOfOrder.selector);
    }

    function test_fewer_than_the_quorum_are_refused() public {
        bytes[] memory signatures = new bytes[](1);
        signatures[0] = _sign(_signal(), keys[0]);
        _refused(_signal(), signatures, ISignalVerifier.SignalVerifier__NoQuorum.selector);
    }

    /// @dev A signature, and the other one that everybody can make of it.
    function _mirrored() internal view returns (bytes[] memory signatures) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(keys[0], verifier.hashSignal(_signal()));
        bytes32 high = bytes32(0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141 - uint256(s));
        signatures = new bytes[](2);
        signatures[0] = abi.encodePacked(r, s, v);
        signatures[1] = abi.encodePacked(r, high, v == 27 ? uint8(28) : uint8(27));
    }

    function test_a_signature_with_a_high_s_is_refused() public {
        _refused(_signal(), _mirrored(), ECDSA.ECDSAInvalidSignatureS.selector);
    }

    function test_control_of_one_signature_two_are_made() public {
        _weaken(new MalleableVerifier(policy));
        _taken(_signal(), _mirrored());
    }

    function test_a_signer_who_was_removed_is_none() public {
        vm.prank(sentinel);
        verifier.dismiss(address(vault), STREAM, vm.addr(keys[0]));
        _refused(_signal(), _quorum(_signal()), ISignalVerifier.SignalVerifier__NotASigner.selector);
    }

    function test_control_removed_signers_count_on() public {
        _weaken(new UnlistedVerifier(policy));
        vm.prank(sentinel);
        verifier.dismiss(address(vault), STREAM, vm.addr(keys[0]));
        _taken(_signal(), _quorum(_signal()));
    }

    function _byStrangers() internal view returns (bytes[] memory) {
        (uint256 one, uint256 other) = (strangerKey, strangerKey + 1);
        return vm.addr(one) < vm.addr(other) ? _signBy(_signal(), one, other) : _signBy(_signal(), other, one);
    }

    function test_nobody_makes_himself_a_signer() public {
        ISignalVerifier.Config memory config = _streamConfig();
        config.signers = new address[](1);
        (config.signers[0], config.quorum) = (vm.addr(strangerKey), 1);
        vm.startPrank(stranger);
        _expect(ITimelock.Timelock__NotAllowed.selector);
        verifier.configure(address(vault), STREAM, config);
        _expect(ITimelock.Timelock__NotAllowed.selector);
        verifier.queue(abi.encodeCall(verifier.configure, (address(vault), STREAM, config)));
        vm.stopPrank();
        _refused(_signal(), _byStrangers(), ISignalVerifier.SignalVerifier__NotASigner.selector);
    }

    function test_control_anybodys_word_moves_the_vault() public {
        _weaken(new UnlistedVerifier(policy));
        _taken(_signal(), _byStrangers());
    }

    // ------------------------------------------------------------------- when and how much

    /// @dev An old opinion, kept back until its signers had signed that they changed their mind.
    function _keptBack() internal returns (ISignalVerifier.Signal memory kept, bytes[] memory signatures) {
        kept = _signal();
        signatures = _quorum(kept);
        ISignalVerifier.Signal memory calm = _signal();
        (calm.round, calm.valuesD18) = (kept.round + 1, new int64[](5));
        _submit(calm, _quorum(calm));
        _wait(50 minutes);
    }

    function test_a_round_that_is_over_is_refused() public {
        (ISignalVerifier.Signal memory kept, bytes[] memory signatures) = _keptBack();
        _refused(kept, signatures, ISignalVerifier.SignalVerifier__OldRound.selector);
    }

    function test_control_an_opinion_given_up_moves_the_vault() public {
        _weaken(new ReplayedVerifier(policy));
        (ISignalVerifier.Signal memory kept, bytes[] memory signatures) = _keptBack();
        _taken(kept, signatures);
    }

    function _tomorrow() internal view returns (ISignalVerifier.Signal memory signal) {
        signal = _signal();
        (signal.notBefore, signal.validUntil) = (uint64(block.timestamp + 1), uint64(block.timestamp + 1 hours));
    }

    function test_what_is_over_or_has_not_begun_is_refused() public {
        ISignalVerifier.Signal memory signal = _signal();
        bytes[] memory signatures = _quorum(signal);
        ISignalVerifier.Signal memory later = _tomorrow();
        _refused(later, _quorum(later), ISignalVerifier.SignalVerifier__NotFresh.selector);
        _wait(1 hours + 1);
        _refused(signal, signatures, ISignalVerifier.SignalVerifier__NotFresh.selector);
    }

    function test_control_what_has_not_begun_moves_the_vault() public {
        _weaken(new TimelessVerifier(policy));
        _taken(_tomorrow(), _quorum(_tomorrow()));
    }

    function _extreme() internal view returns (ISignalVerifier.Signal memory signal) {
        signal = _signal();
        (signal.valuesD18[1], signal.valuesD18[3]) = (-0.6e18, 0.6e18);
    }

    function test_a_value_beyond_the_bound_is_refused() public {
        _refused(_extreme(), _quorum(_extreme()), ISignalVerifier.SignalVerifier__OutOfBounds.selector);
    }

    function test_control_an_absurd_value_moves_the_vault_further() public {
        _weaken(new UnboundVerifier(policy));
        _submit(_extreme(), _quorum(_extreme()));
        assertGt(_followD18(), LOOT + 190e18);
    }

    /// @dev All keys are stolen, a minute after the last honest signal.
    function _rush() internal returns (int256) {
        ISignalVerifier.Signal memory calm = _signal();
        calm.valuesD18 = new int64[](5);
        _submit(calm, _quorum(calm));
        _wait(1 minutes);
        _submit(_signal(), _quorum(_signal()));
        return _followD18();
    }

    function test_a_whole_quorum_of_stolen_keys_moves_no_faster_than_stated() public {
        assertEq(_rush(), 0);
        assertLe(_counted(3), 18e18 / 1440);
    }

    function test_control_without_a_limit_of_speed_stolen_keys_move_the_vault_at_once() public {
        _weaken(new HastyVerifier(policy));
        assertGt(_rush(), LOOT);
    }

    function test_honest_a_signal_of_a_quorum_moves_the_vault() public {
        _taken(_signal(), _signBy(_signal(), keys[0], keys[2]));
    }
}
