// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {BasketVault} from "../../src/BasketVault.sol";
import {Breaker} from "../../src/Breaker.sol";
import {OptimisticProposer} from "../../src/governance/OptimisticProposer.sol";
import {Fixture} from "../fixture/Fixture.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// A vault with a module that runs whatever target and data its caller names, as itself.
contract ModularVault is BasketVault {
    constructor(address settler_, address allocator_) BasketVault(settler_, allocator_) {}

    function run(address target, bytes calldata data) external {
        (bool ok,) = target.delegatecall(data);
        require(ok);
    }
}

/// What the attacker names.
contract Looter {
    function loot(address[] calldata tokens, address to) external {
        for (uint256 i; i < tokens.length; ++i) {
            IERC20(tokens[i]).transfer(to, IERC20(tokens[i]).balanceOf(address(this)));
        }
    }
}

/// Somebody names a target in a payload, and the vault runs the target's code as its own. No contract here has the
/// instruction for it, so no role, setting or payload can reach it; only the proxy in front of each vault does, whose target
/// is part of its code.
contract A17Test is Fixture {
    struct Opcodes {
        uint256 delegatecalls;
        uint256 callcodes;
        uint256 selfdestructs;
    }

    /// @dev Walks code as the machine does: what is pushed is no instruction.
    function _scan(bytes memory code) internal pure returns (Opcodes memory found) {
        for (uint256 i; i < code.length; ++i) {
            uint8 op = uint8(code[i]);
            if (op >= 0x60 && op <= 0x7f) i += op - 0x5f;
            else if (op == 0xf4) ++found.delegatecalls;
            else if (op == 0xf2) ++found.callcodes;
            else if (op == 0xff) ++found.selfdestructs;
        }
    }

    function _isClean(bytes memory code) internal pure returns (bool) {
        Opcodes memory found = _scan(code);
        return found.delegatecalls + found.callcodes + found.selfdestructs == 0;
    }

    /// What stands in for all: the test of the artefacts looks at every contract of the sources in the same way.
    function test_no_contract_can_run_the_code_of_another() public {
        address[9] memory deployed = [
            factory.implementation(),
            vault.settler(),
            vault.allocator(),
            address(policy),
            address(hub),
            address(factory),
            address(rule),
            address(new Breaker(policy, settler, hub)),
            address(new OptimisticProposer(policy, settler))
        ];
        for (uint256 i; i < deployed.length; ++i) {
            assertTrue(_isClean(deployed[i].code), vm.toString(i));
        }
    }

    /// The one delegatecall there is: a proxy of 45 bytes whose target is written in its code, followed by the assets.
    function test_honest_the_proxy_runs_the_one_implementation_and_the_vault_works() public {
        bytes memory expected =
            abi.encodePacked(hex"363d3d373d3d3d363d73", factory.implementation(), hex"5af43d82803e903d91602b57fd5bf3");
        bytes memory code = address(vault).code;
        assembly {
            mstore(code, 45)
        }
        assertEq(code, expected);
        assertTrue(_isClean(factory.implementation().code));
        vm.prank(alice);
        vault.redeem(1e18, _none(), alice);
    }

    function _payload() internal returns (Looter looter, bytes memory payload) {
        looter = new Looter();
        payload = abi.encodeCall(Looter.loot, (assets(), stranger));
    }

    function test_a_payload_that_names_a_target_takes_nothing() public {
        (Looter looter, bytes memory payload) = _payload();
        uint256 before = _wealthD18(stranger);
        vm.prank(stranger);
        (bool ok,) = address(vault).call(abi.encodeCall(ModularVault.run, (address(looter), payload)));
        assertFalse(ok);
        assertEq(_wealthD18(stranger), before);
    }

    function test_control_a_vault_with_such_a_module_is_emptied_and_the_scan_sees_it() public {
        ModularVault modular = new ModularVault(address(settler), address(allocator));
        assertEq(_scan(address(modular).code).delegatecalls, 1);
        (Looter looter, bytes memory payload) = _payload();
        uint256 before = _wealthD18(stranger);
        vm.etch(factory.implementation(), address(modular).code);
        vm.prank(stranger);
        ModularVault(address(vault)).run(address(looter), payload);
        assertEq(_wealthD18(stranger) - before, 1_000_000e18);
    }
}
