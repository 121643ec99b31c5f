// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAdapter} from "../interfaces/IAdapter.sol";
import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Erc4626Adapter: a vault's way into and out of an ERC-4626, at a rate that cannot be pushed up in a hurry.
///
/// @notice PURPOSE
/// Deposits and redeems for a vault, and says what a share may count for: the share's own rate, but never more than the last
/// rate on record grown by `growthBpsPerDay`. A gift to the ERC-4626, a flash-sized deposit or an index that was pumped lifts
/// the share's own rate at once and this one by no more than a day's growth a day; a loss counts at once.
///
/// INVARIANTS
/// - rate <= convertToAssets now, and rate <= record * (1 + growth * time since the record).
/// - Nothing is held between transactions: what came in was sent by the caller, what comes out goes to the caller.
/// - No allowance outlives a call.
///
/// ASSUMPTIONS
/// - The ERC-4626 pays on redemption, at once, from the balance of `cash` (an Aave reserve: its aToken; a vault that keeps
///   its assets itself: that vault). One with a queue or a lock needs an adapter of its own.
/// - Its rate was honest when this was deployed, and was at least `MIN_RATE`: rates are whole atoms.
///
/// LIVENESS
/// `poke` is for anyone. Without it the rate may rise from the old record just the same, only without compounding: what it did
/// not use of its growth adds up, and is there for a single jump. Poke as often as such a jump must be small.
///
/// ROLES
/// None. - Anyone: `poke`. A rate that somebody manages to depress for a moment can so be put on record, and then rises
/// slowly: holders see less value than there is, an intent sells it too cheap, and holders can leave in kind meanwhile.
contract Erc4626Adapter is IAdapter {
    using SafeERC20 for IERC20;

    /// @param rateD36 D18{assetAtom per 1e18 shareAtom}
    /// @param time {s} when it was written
    struct Record {
        uint208 rateD36;
        uint48 time;
    }

    /// @notice {bps} No adapter lets a rate grow faster a day: 1 % a day is 3,678 % a year.
    uint256 public constant MAX_GROWTH_BPS_PER_DAY = 100;

    /// @notice {assetAtom per 1e18 shareAtom} A finer share, whose rate is less, would lose a basis point by rounding alone.
    uint256 public constant MIN_RATE = 10_000;

    uint256 private constant ONE_D18 = 1e18;
    uint256 private constant BPS = 10_000;

    /// @inheritdoc IAdapter
    address public immutable share;
    /// @notice What the share is made of.
    address public immutable asset;
    /// @notice Who holds what can be paid out now.
    address public immutable cash;
    /// @notice Names the protocol, for caps on all adapters of the same one.
    bytes32 public immutable protocol;
    /// @notice {bps} by which the rate may grow a day.
    uint256 public immutable growthBpsPerDay;

    /// @notice The rate on record.
    Record public record;

    event Poked(uint256 rateD36);

    /// @notice A growth lies between 1 and `max` {bps} a day.
    error Erc4626Adapter__BadGrowth(uint256 growthBpsPerDay, uint256 max);
    /// @notice A share that is worth nothing, too little an atom, or too much to count, cannot be valued.
    error Erc4626Adapter__BadRate(uint256 rate);

    constructor(IERC4626 share_, address cash_, bytes32 protocol_, uint256 growthBpsPerDay_) {
        if (growthBpsPerDay_ == 0 || growthBpsPerDay_ > MAX_GROWTH_BPS_PER_DAY) {
            revert Erc4626Adapter__BadGrowth(growthBpsPerDay_, MAX_GROWTH_BPS_PER_DAY);
        }
        share = address(share_);
        asset = share_.asset();
        cash = cash_;
        protocol = protocol_;
        growthBpsPerDay = growthBpsPerDay_;
        uint256 rate = share_.convertToAssets(ONE_D18);
        if (rate < MIN_RATE) revert Erc4626Adapter__BadRate(rate);
        _write(rate * ONE_D18);
    }

    /// @notice Puts the rate that counts now on record, so that growth compounds and a loss is not grown out of. Anyone.
    function poke() external {
        _write(_rateD36());
    }

    /// @inheritdoc IAdapter
    function onConvert(address[] calldata tokens, int256[] calldata deltas, bytes calldata) external {
        (int256 assetDelta, int256 shareDelta) = _read(tokens, deltas);
        if (assetDelta < 0 && shareDelta >= 0) {
            uint256 amount = uint256(-assetDelta);
            IERC20(asset).forceApprove(share, amount);
            IERC4626(share).deposit(amount, msg.sender);
            IERC20(asset).forceApprove(share, 0);
        } else if (shareDelta < 0 && assetDelta >= 0) {
            IERC4626(share).redeem(uint256(-shareDelta), msg.sender, address(this));
        } else {
            revert Adapter__BadConversion(tokens, deltas);
        }
    }

    // ------------------------------------------------------------------- views

    /// @inheritdoc IAdapter
    function assets() external view returns (address[] memory list) {
        list = new address[](1);
        list[0] = asset;
    }

    /// @inheritdoc IAdapter
    function riskIds() external view returns (bytes32[] memory ids) {
        ids = new bytes32[](3);
        ids[0] = bytes32(uint256(uint160(asset)));
        ids[1] = protocol;
        ids[2] = bytes32(uint256(uint160(share)));
    }

    /// @inheritdoc IAdapter
    function rateD18s() external view returns (uint256[] memory ratesD18) {
        ratesD18 = new uint256[](1);
        ratesD18[0] = _rateD36() / ONE_D18;
    }

    /// @inheritdoc IAdapter
    function withdrawable(uint256 shares) external view returns (uint256[] memory amounts) {
        amounts = new uint256[](1);
        uint256 worth = Math.mulDiv(shares, _rateD36(), ONE_D18 * ONE_D18);
        amounts[0] = Math.min(worth, IERC20(asset).balanceOf(cash));
    }

    // ----------------------------------------------------------------- private

    function _rateD36() private view returns (uint256) {
        uint256 nowD36 = IERC4626(share).convertToAssets(ONE_D18) * ONE_D18;
        return Math.min(nowD36, _allowedD36(record));
    }

    /// @dev The most that the rate may be by now.
    function _allowedD36(Record memory last) internal view virtual returns (uint256) {
        uint256 elapsed = block.timestamp - last.time;
        return last.rateD36 + uint256(last.rateD36) * growthBpsPerDay * elapsed / (BPS * 1 days);
    }

    function _write(uint256 rateD36) private {
        if (rateD36 > type(uint208).max) revert Erc4626Adapter__BadRate(rateD36);
        record = Record(uint208(rateD36), uint48(block.timestamp));
        emit Poked(rateD36);
    }

    /// @dev Other tokens, or one twice, are no conversion of this position.
    function _read(address[] calldata tokens, int256[] calldata deltas)
        private
        view
        returns (int256 assetDelta, int256 shareDelta)
    {
        if (tokens.length != 2 || deltas.length != 2) revert Adapter__BadConversion(tokens, deltas);
        if (tokens[0] == asset && tokens[1] == share) return (deltas[0], deltas[1]);
        if (tokens[0] == share && tokens[1] == asset) return (deltas[1], deltas[0]);
        revert Adapter__BadConversion(tokens, deltas);
    }
}
