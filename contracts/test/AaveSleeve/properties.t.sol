// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {AaveSleeve} from "../../src/adapters/AaveSleeve.sol";
import {Erc4626Properties} from "../erc4626/Properties.sol";
import {Erc4626Scene} from "../erc4626/Scene.sol";
import {AaveFixture} from "../fixture/AaveFixture.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";

/// @dev The properties over a sleeve of the real pool. It gains by interest; it cannot lose.
abstract contract AaveSleeveProperties is AaveFixture, Erc4626Properties {
    /// @dev Which of the fixture's tokens.
    function _index() internal pure virtual returns (uint256);

    function setUp() public override(AaveFixture, Erc4626Scene) {
        AaveFixture.setUp();
        Erc4626Scene.setUp();
        _supply(borrower, 2, 100 * amounts()[2]);
        _borrow(borrower, _index(), 5 * amounts()[_index()]);
        _wait(100 days);
    }

    function _newSleeve() internal override returns (IERC4626) {
        return new AaveSleeve(pool, tokens[_index()]);
    }

    function _give(address who, uint256 assets) internal override {
        tokens[_index()].mint(who, assets);
    }

    function _gain(uint256 assets) internal override {
        _wait(1 + assets % 365 days);
    }

    /// @dev aTokens for the sleeve, which back its shares.
    function _donate(address from, uint256 assets) internal override {
        vm.startPrank(from);
        asset.approve(address(pool), assets);
        pool.supply(address(asset), assets, address(sleeve), 0);
        asset.approve(address(sleeve), type(uint256).max);
        vm.stopPrank();
    }

    /// @dev Every redemption may leave an atom behind, which then backs nothing.
    function _slack() internal pure override returns (uint256) {
        return 2;
    }

    function _most() internal pure override returns (uint256) {
        return 1e27;
    }
}

/// forge-config: default.fuzz.runs = 64
/// forge-config: nightly.fuzz.runs = 2000
contract AaveSleeve6PropertiesTest is AaveSleeveProperties {
    function _index() internal pure override returns (uint256) {
        return 1;
    }
}

/// forge-config: default.fuzz.runs = 64
/// forge-config: nightly.fuzz.runs = 2000
contract AaveSleeve18PropertiesTest is AaveSleeveProperties {
    function _index() internal pure override returns (uint256) {
        return 3;
    }
}
