// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {SignalVerifier} from "../../src/SignalVerifier.sol";
import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {ISignalVerifier} from "../../src/interfaces/ISignalVerifier.sol";
import {SignalRule} from "../../src/rules/SignalRule.sol";
import {SignalRuleFixture} from "../fixture/SignalRuleFixture.sol";

contract SignalTargetsTest is SignalRuleFixture {
    function _weights() internal view returns (uint256[] memory) {
        return signalRule.weightsD18Of(address(vault));
    }

    /// @dev A rule of these base weights and this bound, whose stream says anything at all.
    function _tell(uint16[5] memory basesBps, uint16 maxTiltBps, int64[] memory tiltsD18) internal {
        signalRule = new SignalRule(policy, hub, verifier);
        SignalRule.Config memory config = _ruleConfig();
        for (uint256 i; i < 5; ++i) {
            config.weightsBps[i] = basesBps[i];
        }
        config.maxTiltBps = maxTiltBps;
        _configureRule(config);
        vm.mockCall(
            address(verifier),
            abi.encodeCall(SignalVerifier.signalOf, (address(vault), STREAM)),
            abi.encode(tiltsD18, 0)
        );
    }

    /// Whatever a stream says: the weights are a whole, and each is inside what its base and the bound allow.
    function testFuzz_a_forecast_moves_a_weight_inside_stated_bounds_only(
        uint16[5] memory basesBps,
        uint16 maxTiltBps,
        int64[5] memory said
    ) public {
        maxTiltBps = uint16(bound(maxTiltBps, 0, 9999));
        uint256 left = 10_000;
        for (uint256 i; i < 4; ++i) {
            basesBps[i] = uint16(bound(basesBps[i], 0, left));
            left -= basesBps[i];
        }
        basesBps[4] = uint16(left);
        int64[] memory tiltsD18 = new int64[](5);
        for (uint256 i; i < 5; ++i) {
            tiltsD18[i] = said[i];
        }
        _tell(basesBps, maxTiltBps, tiltsD18);
        uint256[] memory weightsD18 = _weights();
        (uint256 low, uint256 high) = (10_000 - maxTiltBps, 10_000 + maxTiltBps);
        uint256 sumD18;
        for (uint256 i; i < 5; ++i) {
            uint256 baseD18 = uint256(basesBps[i]) * 1e14;
            assertLe(weightsD18[i], baseD18 * high / low + 1, "above");
            assertGe(weightsD18[i] + 1, baseD18 * low / high, "below");
            sumD18 += weightsD18[i];
        }
        assertEq(sumD18, 1e18);
    }

    function test_a_tilt_is_a_part_of_the_base_weight() public {
        int64[] memory tiltsD18 = new int64[](5);
        (tiltsD18[0], tiltsD18[1]) = (0.1e18, -0.1e18);
        _tell([uint16(2000), 2000, 2000, 2000, 2000], 5000, tiltsD18);
        uint256[] memory weightsD18 = _weights();
        assertEq(weightsD18[0], 0.22e18);
        assertEq(weightsD18[1], 0.18e18);
        assertEq(weightsD18[4], 0.2e18);
        tiltsD18[1] = 0;
        _tell([uint16(2000), 2000, 2000, 2000, 2000], 5000, tiltsD18);
        assertEq(_weights()[0], uint256(0.22e18) * 100 / 102);
    }

    function test_without_a_live_signal_the_base_weights_count() public {
        _submit(_signal(), _quorum(_signal()));
        assertTrue(signalRule.ready(address(vault)));
        vm.warp(block.timestamp + 1 hours + 1);
        _wait(0);
        assertEq(_weights()[3], 0.2e18);
        assertFalse(signalRule.ready(address(vault)));
    }

    function test_a_stream_of_another_length_is_neutral() public {
        _tell([uint16(2000), 2000, 2000, 2000, 2000], 5000, new int64[](0));
        assertEq(_weights()[3], 0.2e18);
        int64[] memory four = new int64[](4);
        four[3] = 0.5e18;
        _tell([uint16(2000), 2000, 2000, 2000, 2000], 5000, four);
        assertEq(_weights()[3], 0.2e18);
    }

    function test_it_is_ready_when_a_weight_leaves_the_band_around_its_tilted_weight() public {
        ISignalVerifier.Signal memory signal = _signal();
        // 2,000 bps become 2,300 and 1,700: the edge of the band, which is not outside.
        (signal.valuesD18[1], signal.valuesD18[3]) = (-0.15e18, 0.15e18);
        _submit(signal, _quorum(signal));
        assertFalse(signalRule.ready(address(vault)));
        vm.warp(block.timestamp + 1 hours);
        _wait(0);
        signal = _signal();
        (signal.valuesD18[1], signal.valuesD18[3]) = (-0.1501e18, 0.1501e18);
        _submit(signal, _quorum(signal));
        assertTrue(signalRule.ready(address(vault)));
    }

    function test_anyone_moves_the_vault_to_the_tilted_weights() public {
        _submit(_signal(), _quorum(_signal()));
        int256 costD18 = _followD18();
        assertApproxEqRel(uint256(costD18), 1000e18, 0.01e18, "one per cent of a tenth of NAV");
        (,, uint256[] memory balances) = vault.holdings();
        assertApproxEqRel(_worthD18(1, balances[1]), 100_000e18, 0.001e18);
        assertApproxEqRel(_worthD18(3, balances[3]), 299_000e18, 0.001e18);
        assertFalse(signalRule.ready(address(vault)));
    }

    function test_what_is_wanted_needs_a_price_before_it_is_held() public {
        vm.prank(address(settler));
        vault.settle(address(tokens[4]), address(tokens[1]), amounts()[4], 0, stranger, "");
        signalRule.targets(address(vault));
        feeds[4].setAt(1, 1);
        _expect(IOracleHub.OracleHub__NoPrice.selector);
        signalRule.targets(address(vault));
    }
}
