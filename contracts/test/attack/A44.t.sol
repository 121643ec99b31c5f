// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {RedStoneSource} from "../../src/sources/RedStoneSource.sol";
import {RedStoneFixture} from "../fixture/RedStoneFixture.sol";
import {WeakRedStoneSource} from "../fixture/WeakSources.sol";

/// Payloads that look right: one signer twice, a stranger's signature, another token's price, an hour-old or a future one, one
/// package where two are needed, several prices in one package, a very long one. The vault buys token 3, so a filler
/// would like it to be dear.
contract A44Test is RedStoneFixture {
    uint256 internal constant THIEF = uint256(keccak256("thief"));

    function setUp() public override {
        super.setUp();
        _adopt(_listing());
        _open(1, 3);
        vm.warp(block.timestamp + 1);
    }

    /// @dev Starts anew with a source that lacks one check.
    function _startWithout(WeakRedStoneSource.Hole hole) internal {
        source = new WeakRedStoneSource(ID, _signers(), hole);
        _adopt(_listing());
        _open(1, 3);
        vm.warp(block.timestamp + 1);
    }

    function _now() internal view returns (uint256) {
        return block.timestamp * 1000;
    }

    /// @dev One thief's payload and one fill of $4,000; the floor's gain is $40.
    function _stealD18(bytes memory payload) internal returns (int256) {
        source.update(payload);
        return _gainD18(1, 3, 4000e6);
    }

    function _refused(bytes memory payload, bytes4 why) internal {
        _expect(why);
        source.update(payload);
        assertLe(_gainD18(1, 3, 4000e6), 40e18 + 1e16);
    }

    // ------------------------------------------------------------- one signer twice

    function _twice() internal view returns (bytes memory) {
        return _pair(keys[0], keys[0], 4000e8, _now());
    }

    function test_one_signer_counts_once() public {
        _refused(_twice(), RedStoneSource.RedStoneSource__Repeated.selector);
    }

    function test_control_one_stolen_key_is_a_quorum() public {
        _startWithout(WeakRedStoneSource.Hole.Repeated);
        assertGt(_stealD18(_twice()), 2000e18);
    }

    // ------------------------------------------------------------------- a stranger

    function test_a_strangers_signature_is_refused() public {
        _refused(_pair(keys[0], THIEF, 4000e8, _now()), RedStoneSource.RedStoneSource__NotASigner.selector);
    }

    function test_control_anybody_names_the_price() public {
        _startWithout(WeakRedStoneSource.Hole.Stranger);
        assertGt(_stealD18(_pair(THIEF, THIEF, 4000e8, _now())), 2000e18);
    }

    // ---------------------------------------------------------------- another token

    /// @dev Bitcoin's price, honestly signed.
    function _bitcoin() internal view returns (bytes memory) {
        bytes memory packages =
            bytes.concat(_package(keys[0], "BTC", 50_000e8, _now()), _package(keys[1], "BTC", 50_000e8, _now()));
        return _payload(packages, 2, "");
    }

    function test_another_tokens_price_is_refused() public {
        _refused(_bitcoin(), RedStoneSource.RedStoneSource__BadPackage.selector);
    }

    function test_control_ether_at_the_price_of_bitcoin() public {
        _startWithout(WeakRedStoneSource.Hole.Feed);
        assertGt(_stealD18(_bitcoin()), 3800e18);
    }

    // ------------------------------------------------------------- too old, too new

    function test_181_seconds_ago_and_61_seconds_ahead_are_refused() public {
        bytes4 why = RedStoneSource.RedStoneSource__BadTime.selector;
        // The round in force is younger: it is let pass by time alone.
        vm.warp(block.timestamp + 1 hours);
        feeds[1].set(1e8);
        _expect(why);
        source.update(_pair(keys[0], keys[1], 4000e8, _now() - 181_000));
        _expect(why);
        source.update(_pair(keys[0], keys[1], 4000e8, _now() + 61_000));
        source.update(_pair(keys[0], keys[1], 2000e8, _now() - 180_000));
        source.update(_pair(keys[0], keys[1], 2000e8, _now() + 60_000));
    }

    function test_a_price_from_before_the_last_one_is_refused() public {
        _refused(_pair(keys[0], keys[1], 4000e8, _now() - 2000), RedStoneSource.RedStoneSource__BadTime.selector);
    }

    function test_control_the_best_price_of_the_last_minutes_is_taken() public {
        _startWithout(WeakRedStoneSource.Hole.Time);
        assertGt(_stealD18(_pair(keys[0], keys[1], 4000e8, _now() - 181_000)), 2000e18);
    }

    // ---------------------------------------------------------------- too few of them

    function _lone() internal view returns (bytes memory) {
        return _payload(_package(keys[2], ID, 4000e8, _now()), 1, "");
    }

    function test_fewer_than_the_quorum_are_refused() public {
        _refused(_lone(), RedStoneSource.RedStoneSource__NoQuorum.selector);
    }

    function test_control_one_of_three_names_the_price() public {
        _startWithout(WeakRedStoneSource.Hole.Quorum);
        assertGt(_stealD18(_lone()), 2000e18);
    }

    // ------------------------------------------------------------------- odd shapes

    function test_times_that_differ_are_refused() public {
        bytes memory packages =
            bytes.concat(_package(keys[0], ID, 2000e8, _now()), _package(keys[1], ID, 4000e8, _now() - 1));
        _refused(_payload(packages, 2, ""), RedStoneSource.RedStoneSource__MixedTimes.selector);
    }

    function test_several_points_in_one_package_are_refused() public {
        bytes memory points = abi.encodePacked(ID, uint256(2000e8), ID, uint256(4000e8));
        bytes memory tail = abi.encodePacked(uint48(_now()), uint32(32), uint24(2));
        bytes memory packages =
            bytes.concat(_signed(keys[0], bytes.concat(points, tail)), _signed(keys[1], bytes.concat(points, tail)));
        _refused(_payload(packages, 2, ""), RedStoneSource.RedStoneSource__BadPayload.selector);
        // The same, cut so that its length fits.
        bytes memory body = abi.encodePacked(ID, uint256(4000e8), uint48(_now()), uint32(32), uint24(2));
        packages = bytes.concat(_signed(keys[0], body), _signed(keys[1], body));
        _expect(RedStoneSource.RedStoneSource__BadPackage.selector);
        source.update(_payload(packages, 2, ""));
    }

    function test_a_payload_of_any_other_length_is_refused() public {
        bytes memory good = _pair(keys[0], keys[1], 2000e8, _now());
        bytes4 why = RedStoneSource.RedStoneSource__BadPayload.selector;
        _refused(bytes.concat(hex"00", good), why);
        _expect(why);
        source.update(_payload(new bytes(284), 2, new bytes(16 * 142 + 512)));
        _expect(why);
        source.update(_payload(new bytes(142 * 17), 17, new bytes(512)));
        _expect(why);
        source.update(_payload("", 2, ""));
    }

    function test_honest_a_payload_as_it_is_served_sets_the_price() public {
        source.update(_pair(keys[2], keys[0], 1990e8, _now()));
        feeds[3].set(1990e8);
        assertApproxEqAbs(_gainD18(1, 3, 4000e6), 40e18, 1e16);
    }
}
