// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ISettler} from "../../src/interfaces/ISettler.sol";
import {ThresholdRule} from "../../src/rules/ThresholdRule.sol";
import {RuleFixture} from "../fixture/RuleFixture.sol";

/// @dev Wants what it wants of what counts for its exit floor, whatever that is.
contract EagerRule is ThresholdRule {
    constructor(ThresholdRule like) ThresholdRule(like.policy(), like.hub()) {}

    function _cappedD18(Book memory, uint256, uint256 weightD18) internal pure override returns (uint256) {
        return weightD18;
    }

    function _floored(address, uint256 priceD18) internal pure override returns (uint256, bool) {
        return (priceD18, true);
    }
}

/// A feed is a second late, and its token counts for its exit floor. In that second somebody has the rule compute: for so cheap
/// a token the target is many units. When the feed is back, he sells them to the vault, which had been on target all along. Or
/// the floor is above the price by now: then the target is too few units, and he buys.
contract A52LateTest is RuleFixture {
    function setUp() public override {
        super.setUp();
        _use(rule);
    }

    function _use(ThresholdRule used) private {
        rule = used;
        vm.prank(_decider());
        rule.configure(address(vault), ThresholdRule.Config(_even(), 300, 0, 0, _terms()));
    }

    function _beLate() private {
        (, int256 answer,,,) = feeds[3].latestRoundData();
        feeds[3].setAt(uint128(uint256(answer)), block.timestamp - 1 hours - 1);
    }

    function proposeByRule() external {
        vm.prank(stranger);
        settler.proposeByRule(address(vault), address(rule));
    }

    /// @return lossD18 D18{USD} that the vault has lost at unchanged prices
    function _attack(uint128 exitFloorD18) private returns (uint256 lossD18) {
        _nameExit(3, exitFloorD18);
        uint256 before = _navD18();
        _beLate();
        try this.proposeByRule() {
            _wait(10 minutes);
            _fillAll();
        } catch {}
        return before - _navD18();
    }

    function test_the_target_of_a_late_moment_is_not_bought() public {
        assertEq(_attack(1600e18), 0);
        assertApproxEqAbs(_heldD18(3), 0.2e18, DUST);
    }

    function test_what_is_refused_is_a_target_that_does_not_add_up() public {
        _nameExit(3, 1600e18);
        _beLate();
        _expect(ISettler.Settler__TargetOffNav.selector);
        this.proposeByRule();
    }

    function test_control_a_rule_that_wants_what_counts_for_its_floor_is_sold_it_at_its_price() public {
        EagerRule eager = new EagerRule(rule);
        _allowRule(eager);
        _use(eager);
        assertGt(_attack(1600e18), 300e18);
        assertGt(_heldD18(3), 0.23e18, "and it is beyond its band");
    }

    function test_a_floor_above_the_price_sells_nothing() public {
        assertEq(_attack(2600e18), 0);
        assertApproxEqAbs(_heldD18(3), 0.2e18, DUST);
    }

    function test_control_a_rule_that_believes_a_floor_above_the_price_sells_short_of_its_target() public {
        EagerRule eager = new EagerRule(rule);
        _allowRule(eager);
        _use(eager);
        assertGt(_attack(2600e18), 300e18);
        assertLt(_heldD18(3), 0.17e18, "and it is beyond its band");
    }

    /// Its feed is dead for good, and there is too much of it: it leaves, at its exit floor.
    function test_honest_what_is_over_its_target_leaves_without_its_oracle() public {
        _nameExit(3, 2600e18);
        _move(3, 15_000);
        _beLate();
        uint256 held = tokens[3].balanceOf(address(vault));
        this.proposeByRule();
        vm.prank(stranger);
        settler.fill(address(vault), address(tokens[3]), address(tokens[1]), 1e18, type(uint256).max, "");
        assertEq(tokens[3].balanceOf(address(vault)), held - 1e18);
    }

    /// A guardian has said no to token 3, whose price is known: the others are still brought to their targets.
    function test_honest_what_only_a_guardian_has_closed_holds_no_other_back() public {
        vm.prank(sentinel);
        policy.quarantine(address(vault), address(tokens[3]));
        _move(3, 8000);
        _move(2, 13_000);
        this.proposeByRule();
        uint256 held = tokens[1].balanceOf(address(vault));
        _fill(stranger, 2, 1, 0.04e8);
        assertGt(tokens[1].balanceOf(address(vault)), held + 2600e6);
    }

    function test_honest_a_feed_on_time_is_followed() public {
        _nameExit(3, 1600e18);
        _move(3, 8000);
        _serve(rule);
        assertApproxEqAbs(_heldD18(3), 0.2e18, 0.001e18);
    }
}
