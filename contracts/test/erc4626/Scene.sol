// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Test} from "forge-std/Test.sol";

/// @title Who acts on a vault, and in what state they find it.
///
/// @notice A subclass makes a sleeve and says how to give somebody its asset. Every property runs in a scene that its `seed`
/// draws: Ben holds shares, the sleeve may have gained or lost since, then Ann holds some too. Ann acts, Eve is a stranger.
/// Amounts are drawn evenly over orders of magnitude, from one atom to `_most()`.
abstract contract Erc4626Scene is Test {
    using SafeERC20 for IERC20;

    uint256 internal constant ONE_D18 = 1e18;

    IERC4626 internal sleeve;
    IERC20 internal asset;
    address internal ann = makeAddr("ann");
    address internal ben = makeAddr("ben");
    address internal eve = makeAddr("eve");

    // ----------------------------------------------------- what a subclass says

    /// @dev A fresh sleeve without shares, or with those it locks itself.
    function _newSleeve() internal virtual returns (IERC4626);

    /// @dev Makes `who` richer by `assets` of the asset.
    function _give(address who, uint256 assets) internal virtual;

    /// @dev Makes what the sleeve holds grow by about `assets`: a harvest, interest.
    function _gain(uint256 assets) internal virtual {}

    /// @dev Makes what the sleeve holds shrink by about `assets`: a slash, bad debt.
    function _lose(uint256 assets) internal virtual {}

    /// @dev Sends `assets` to wherever the sleeve could be fooled by them; the sender has them.
    function _donate(address from, uint256 assets) internal virtual {
        vm.prank(from);
        asset.safeTransfer(address(sleeve), assets);
    }

    /// @dev {assetAtom} most that one actor uses.
    function _most() internal view virtual returns (uint256) {
        return 1e27;
    }

    /// @dev {assetAtom} by which what lies under the sleeve may round, against the user.
    function _slack() internal view virtual returns (uint256) {
        return 0;
    }

    /// @dev D18{1} most that the first honest depositor may lose to a donation made before.
    function _victimLossD18(uint256, uint256) internal view virtual returns (uint256) {
        return 1e14;
    }

    function setUp() public virtual {
        sleeve = _newSleeve();
        asset = IERC20(sleeve.asset());
    }

    // --------------------------------------------------------------------- scenes

    function _stir(uint256 seed) internal {
        _join(ben, _drawn(seed, "ben"));
        uint256 change = uint256(keccak256(abi.encode(seed, "change")));
        uint256 total = sleeve.totalAssets();
        if (change % 3 == 1) _gain(change % (2 * total + 1));
        if (change % 3 == 2) _lose(change % (total / 2 + 1));
        _join(ann, _drawn(seed, "ann"));
    }

    function _join(address who, uint256 assets) private {
        assets = Math.min(assets, sleeve.maxDeposit(who));
        if (assets == 0 || sleeve.previewDeposit(assets) == 0) return;
        _enrich(who, assets);
        vm.prank(who);
        sleeve.deposit(assets, who);
    }

    /// @dev Gives `assets` to `who` and lets the sleeve take whatever `who` has.
    function _enrich(address who, uint256 assets) internal {
        _give(who, assets);
        vm.prank(who);
        asset.forceApprove(address(sleeve), type(uint256).max);
    }

    /// @dev An amount that `who` now has and may deposit for at least one share.
    function _affordable(address who, uint256 raw) internal returns (uint256 assets) {
        assets = Math.min(_some(raw), sleeve.maxDeposit(who));
        vm.assume(assets != 0 && sleeve.previewDeposit(assets) != 0);
        _enrich(who, assets);
    }

    /// @dev Evenly over orders of magnitude, 1 to `_most()`.
    function _some(uint256 raw) internal view returns (uint256) {
        uint256 bits = uint256(keccak256(abi.encode(raw))) % (Math.log2(_most()) + 1);
        return Math.min(_most(), (1 << bits) + raw % (1 << bits));
    }

    function _drawn(uint256 seed, string memory who) private view returns (uint256) {
        return _some(uint256(keccak256(abi.encode(seed, who))));
    }

    // ------------------------------------------------------------------ measuring

    function _sameForAll(bytes memory call) internal {
        vm.prank(ann);
        (bool ok, bytes memory answer) = address(sleeve).call(call);
        assertTrue(ok, "a view reverts");
        vm.prank(eve);
        (, bytes memory other) = address(sleeve).call(call);
        assertEq(answer, other, "a view tells two callers different things");
    }

    function _refused(address who, bytes memory call) internal {
        vm.prank(who);
        (bool ok,) = address(sleeve).call(call);
        assertFalse(ok, "should have been refused");
    }
}
