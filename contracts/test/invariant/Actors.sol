// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {BasketVault} from "../../src/BasketVault.sol";
import {ISettler} from "../../src/interfaces/ISettler.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @dev Makes two calls in one transaction, and says which went through.
contract Mixer {
    function mix(address target, bytes calldata first, bytes calldata second) external returns (bool a, bool b) {
        (a,) = target.call(first);
        (b,) = target.call(second);
    }

    function mixTwo(address one, bytes calldata first, address two, bytes calldata second)
        external
        returns (bool a, bool b)
    {
        (a,) = one.call(first);
        (b,) = two.call(second);
    }

    function act(address target, bytes calldata data) external returns (bool ok, bytes memory answer) {
        return target.call(data);
    }
}

/// @dev The least of a batch auction: it takes by allowance, has somebody do something, and pays at least the limit.
contract Auction {
    using SafeERC20 for IERC20;

    bytes32 public constant domainSeparator = keccak256("Auction");

    function vaultRelayer() external view returns (address) {
        return address(this);
    }

    /// @param middle what the mixer does, to `target`, when the vault has sold and is not yet paid
    function settle(
        BasketVault vault,
        ISettler.BatchOrder calldata order,
        uint256 sold,
        uint256 paid,
        Mixer mixer,
        address target,
        bytes calldata middle
    ) external returns (bool ok, bytes memory answer) {
        bytes32 digest = ISettler(vault.settler()).hashOrder(order);
        require(vault.isValidSignature(digest, "") == vault.isValidSignature.selector, "not signed");
        require(block.timestamp <= order.validTo && paid * order.sellAmount >= sold * order.buyAmount, "limit");
        IERC20(order.sellToken).safeTransferFrom(address(vault), address(this), sold);
        if (middle.length != 0) (ok, answer) = mixer.act(target, middle);
        IERC20(order.buyToken).safeTransfer(order.receiver, paid);
    }
}

/// @dev An ERC-4626 that lends what it holds, loses some of it, and takes something for letting people in.
contract Cellar is ERC4626 {
    uint256 public lent;
    uint256 public feeBps;

    constructor(IERC20 asset_) ERC20("Cellar", "CLR") ERC4626(asset_) {}

    function totalAssets() public view override returns (uint256) {
        return super.totalAssets() + lent;
    }

    /// @dev For whoever has paid in already.
    function credit(address to, uint256 shares) external {
        _mint(to, shares);
    }

    function lend(uint256 amount) external {
        lent += amount;
        SafeERC20.safeTransfer(IERC20(asset()), address(0xbeef), amount);
    }

    /// @dev What was lent does not come back.
    function writeOff(uint256 amount) external {
        lent -= amount;
    }

    function setFee(uint256 bps) external {
        feeBps = bps;
    }

    function previewDeposit(uint256 assets) public view override returns (uint256) {
        return super.previewDeposit(assets - assets * feeBps / 10_000);
    }
}

/// @dev Says whether an intent is due.
contract Trigger {
    bool public isReady = true;

    function set(bool isReady_) external {
        isReady = isReady_;
    }

    function ready(address) external view returns (bool) {
        return isReady;
    }
}
