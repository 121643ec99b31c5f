// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Erc4626Scene} from "./Scene.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Limits that bind, and that can be used up.
abstract contract LimitProperties is Erc4626Scene {
    function testFuzz_limits_do_not_depend_on_who_asks_or_has_assets(uint256 seed) public {
        _stir(seed);
        uint256 most = sleeve.maxDeposit(ann);
        uint256 mostShares = sleeve.maxMint(ann);
        _enrich(ann, _most());
        assertEq(sleeve.maxDeposit(ann), most, "what Ann has is not the sleeve's limit");
        assertEq(sleeve.maxMint(ann), mostShares);
        _sameForAll(abi.encodeCall(IERC4626.maxDeposit, (ann)));
        _sameForAll(abi.encodeCall(IERC4626.maxMint, (ann)));
        _sameForAll(abi.encodeCall(IERC4626.maxWithdraw, (ann)));
        _sameForAll(abi.encodeCall(IERC4626.maxRedeem, (ann)));
    }

    function testFuzz_nobody_can_take_more_than_the_limits_say(uint256 seed, uint256 excess) public {
        _stir(seed);
        excess = bound(excess, 1, _most());
        assertLe(sleeve.maxRedeem(ann), sleeve.balanceOf(ann));
        assertLe(sleeve.maxWithdraw(ann), sleeve.convertToAssets(sleeve.balanceOf(ann)));
        assertEq(sleeve.maxRedeem(eve), 0, "who has no shares has no limit to use");
        assertEq(sleeve.maxWithdraw(eve), 0);
        _refused(ann, abi.encodeCall(IERC4626.withdraw, (sleeve.maxWithdraw(ann) + excess, ann, ann)));
        _refused(ann, abi.encodeCall(IERC4626.redeem, (sleeve.maxRedeem(ann) + excess, ann, ann)));
    }

    function testFuzz_nobody_can_put_in_more_than_the_limits_say(uint256 seed) public {
        _stir(seed);
        uint256 most = sleeve.maxDeposit(ann);
        if (most < type(uint128).max) {
            _enrich(ann, most + 1);
            _refused(ann, abi.encodeCall(IERC4626.deposit, (most + 1, ann)));
        }
        uint256 mostShares = sleeve.maxMint(ann);
        if (mostShares < type(uint128).max) {
            _enrich(ann, sleeve.previewMint(mostShares + 1));
            _refused(ann, abi.encodeCall(IERC4626.mint, (mostShares + 1, ann)));
        }
    }

    function testFuzz_the_limits_can_be_used_up(uint256 seed, bool byShares) public {
        _stir(seed);
        (uint256 assets, uint256 shares) = (sleeve.maxWithdraw(ann), sleeve.maxRedeem(ann));
        vm.assume(assets != 0 && shares != 0);
        vm.prank(ann);
        if (byShares) sleeve.redeem(shares, ann, ann);
        else sleeve.withdraw(assets, ann, ann);
    }

    function testFuzz_the_limits_of_entering_can_be_used_up(uint256 seed, bool byShares) public {
        _stir(seed);
        if (byShares) {
            uint256 shares = Math.min(sleeve.maxMint(ann), sleeve.convertToShares(_most()));
            vm.assume(shares != 0);
            _enrich(ann, sleeve.previewMint(shares));
            vm.prank(ann);
            sleeve.mint(shares, ann);
        } else {
            uint256 assets = Math.min(sleeve.maxDeposit(ann), _most());
            vm.assume(assets != 0 && sleeve.previewDeposit(assets) != 0);
            _enrich(ann, assets);
            vm.prank(ann);
            sleeve.deposit(assets, ann);
        }
    }
}
