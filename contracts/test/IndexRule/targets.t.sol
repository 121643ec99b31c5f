// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOracleHub} from "../../src/interfaces/IOracleHub.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ISupplySource} from "../../src/interfaces/ISupplySource.sol";
import {IndexRule} from "../../src/rules/IndexRule.sol";
import {IndexFixture} from "../fixture/IndexFixture.sol";

contract LyingSource is ISupplySource {
    mapping(address => uint256) public supplyOf;

    function say(address token, uint256 supply) external {
        supplyOf[token] = supply;
    }
}

/// @dev A rule that believes its source whatever it says.
contract WeakIndexRule is IndexRule {
    constructor(IPolicy policy_, IOracleHub hub_) IndexRule(policy_, hub_) {}

    function _clamp(uint256 supply, uint256, uint256) internal pure override returns (uint256) {
        return supply;
    }
}

contract TargetsTest is IndexFixture {
    function testFuzz_no_member_is_above_the_cap_and_the_others_keep_their_proportions(
        uint16[5] memory moves,
        uint16 cap
    ) public {
        IndexRule.Config memory config = _config();
        config.capBps = uint16(bound(cap, 2000, 10_000));
        _configure(config);
        for (uint256 i; i < 5; ++i) {
            _move(i, bound(moves[i], 1000, 60_000));
        }
        (uint256[] memory wanted, uint256 sum) = _wantedD18(_index);
        assertApproxEqAbs(sum, ONE, DUST, "the weights make a whole");
        uint256 capD18 = uint256(config.capBps) * 1e14;
        for (uint256 i; i < 5; ++i) {
            assertLe(wanted[i], capD18, "nobody is above the cap");
            uint256 next = (i + 1) % 5;
            if (wanted[i] + DUST >= capD18 || wanted[next] + DUST >= capD18) continue;
            assertApproxEqAbs(wanted[i] * _heldD18(next), wanted[next] * _heldD18(i), DUST * ONE);
        }
    }

    function testFuzz_fixed_parts_are_weights_whatever_prices_do(uint32[5] memory parts, uint128 price) public {
        IndexRule.Config memory config = _config();
        config.byCapitalisation = false;
        uint256 sum;
        for (uint256 i; i < 5; ++i) {
            config.parts[i] = uint128(bound(parts[i], 1, 1e9));
            sum += config.parts[i];
        }
        _configure(config);
        feeds[3].set(uint128(bound(price, 500e8, 8000e8)));
        (uint256[] memory wanted,) = _wantedD18(_index);
        for (uint256 i; i < 5; ++i) {
            assertApproxEqAbs(wanted[i], config.parts[i] * ONE / sum, DUST);
        }
    }

    /// A source that says a token's supply is anything at all moves its weight no further than the clamp lets it.
    function testFuzz_a_lying_source_moves_a_part_only_inside_the_clamp(uint256 supply, uint16 clamp) public {
        LyingSource source = new LyingSource();
        IndexRule.Config memory config = _config();
        (config.source, config.clampBps) = (address(source), uint16(bound(clamp, 0, 5000)));
        for (uint256 i; i < 5; ++i) {
            source.say(address(tokens[i]), config.parts[i]);
        }
        source.say(address(tokens[3]), supply);
        _configure(config);
        (uint256[] memory wanted,) = _wantedD18(_index);
        (uint256 low, uint256 high) = (10_000 - config.clampBps, 10_000 + config.clampBps);
        assertGe(wanted[3] + DUST, low * ONE / (40_000 + low));
        assertLe(wanted[3], high * ONE / (40_000 + high) + DUST);
        if (supply == config.parts[3]) assertApproxEqAbs(wanted[3], 0.2e18, DUST);
    }

    function test_control_without_a_clamp_a_lying_source_wants_everything_in_its_token() public {
        _index = new WeakIndexRule(policy, hub);
        LyingSource source = new LyingSource();
        source.say(address(tokens[3]), type(uint112).max);
        IndexRule.Config memory config = _config();
        config.source = address(source);
        _configure(config);
        (uint256[] memory wanted,) = _wantedD18(_index);
        assertGt(wanted[3], ONE - DUST);
    }

    function test_what_is_neither_held_nor_wanted_needs_no_price() public {
        IndexRule.Config memory config = _config();
        config.parts[4] = 0;
        _configure(config);
        _assertPriceNeeded(_index, false);
    }

    function test_what_is_wanted_needs_a_price_before_it_is_held() public {
        _configure(_config());
        _assertPriceNeeded(_index, true);
    }
}
