// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {VaultGovernor} from "../../src/governance/VaultGovernor.sol";
import {IPolicy} from "../../src/interfaces/IPolicy.sol";
import {ITimelock} from "../../src/interfaces/ITimelock.sol";
import {GovernedFixture} from "../fixture/GovernedFixture.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {IVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";

/// A governor whose guardian has no say.
contract UnguardedGovernor is VaultGovernor {
    constructor(IVotes votes, TimelockController controller, ITimelock policy, Settings memory settings)
        VaultGovernor(votes, controller, policy, settings)
    {}

    function _validateCancel(uint256, address) internal pure override returns (bool) {
        return false;
    }
}

/// A proposal is called a clean-up and forbids an old rule, as it says; a second call of its batch gives a thief the role to
/// schedule whatever he likes. Voters read the title. Later the thief takes the shares that the timelock keeps.
contract A46Test is GovernedFixture {
    uint256 internal constant TREASURY = 100e18;

    address internal thief = makeAddr("thief");
    bool internal unguarded;

    function setUp() public override {
        super.setUp();
        vm.startPrank(alice);
        votes.withdrawTo(address(controller), TREASURY);
        vm.stopPrank();
    }

    function _newGovernor() internal override returns (VaultGovernor) {
        if (unguarded) return new UnguardedGovernor(votes, controller, policy, _settings());
        return super._newGovernor();
    }

    function _cleanUp() internal view returns (Proposal memory) {
        bytes memory call = abi.encodeCall(IPolicy.forbidRule, (address(vault), address(rule)));
        return _single(address(policy), call, "clean up old rules");
    }

    function _trojan() internal view returns (Proposal memory trojan) {
        trojan = _cleanUp();
        (address target, bytes memory call) = (trojan.targets[0], trojan.calls[0]);
        (trojan.targets, trojan.values, trojan.calls) = (new address[](2), new uint256[](2), new bytes[](2));
        (trojan.targets[0], trojan.calls[0]) = (target, call);
        trojan.targets[1] = address(controller);
        trojan.calls[1] = abi.encodeCall(controller.grantRole, (controller.PROPOSER_ROLE(), thief));
    }

    /// @return takenD18 D18{USD} that the thief has in the end
    function _attack() internal returns (uint256 takenD18) {
        Proposal memory trojan = _trojan();
        _pass(trojan);
        _wait(CONTROLLER_DELAY / 2);
        try this.stopAsGuardian(trojan) {} catch {}
        _wait(CONTROLLER_DELAY);
        try this.carryOut(trojan) {} catch {}
        bytes memory loot = abi.encodeCall(vault.transfer, (thief, TREASURY));
        vm.prank(thief);
        try controller.schedule(address(vault), 0, loot, 0, 0, CONTROLLER_DELAY) {} catch {}
        _wait(CONTROLLER_DELAY);
        try controller.execute(address(vault), 0, loot, 0, 0) {} catch {}
        uint256 shares = vault.balanceOf(thief);
        vm.prank(thief);
        if (shares != 0) vault.redeem(shares, _none(), thief);
        return _wealthD18(thief);
    }

    function stopAsGuardian(Proposal memory proposal) external {
        _stop(proposal, guardian);
    }

    function carryOut(Proposal memory proposal) external {
        _carryOut(proposal);
    }

    function test_the_guardian_cancels_it_while_it_waits() public {
        assertEq(_attack(), 0);
        assertEq(vault.balanceOf(address(controller)), TREASURY);
        assertFalse(controller.hasRole(controller.PROPOSER_ROLE(), thief));
    }

    function test_honest_a_clean_up_that_is_one_takes_effect() public {
        Proposal memory honest = _cleanUp();
        _pass(honest);
        _wait(CONTROLLER_DELAY);
        _carryOut(honest);
        assertFalse(policy.isRule(address(vault), address(rule)));
    }

    function test_control_without_the_guardian_the_treasury_is_gone() public {
        unguarded = true;
        delete tokens;
        delete feeds;
        setUp();
        assertApproxEqRel(_attack(), 100_000e18, 1e12);
        assertEq(vault.balanceOf(address(controller)), 0);
    }
}
