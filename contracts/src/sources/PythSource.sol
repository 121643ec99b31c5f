// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAggregatorV3} from "../interfaces/IOracleHub.sol";
import {IPyth} from "../interfaces/IPyth.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";

/// @title PythSource: one Pyth price as a feed that the oracle hub can list.
///
/// @notice PURPOSE
/// Pyth's prices are pulled: whoever needs one brings it, signed, in the same transaction. So the one who trades could
/// choose among all prices signed lately. This source keeps a round of its own, which only moves forward, and takes only
/// what was published within the last `window` seconds.
///
/// INVARIANTS
/// - The publish time of the round strictly rises, and was at most `window` old and never in the future when it was taken.
/// - A price is told only while its confidence interval is within `maxConfBps` of it; else `latestRoundData` reverts,
///   which the hub takes for no price, until a narrower one is brought.
/// - Answers have 18 decimals whatever exponent each update has; nothing is rounded.
/// - It keeps no money: what is paid beyond Pyth's fee goes back in the same call.
///
/// ASSUMPTIONS
/// - The Pyth contract verifies what it is given, and gives what was asked for: this price, inside this time.
///
/// LIVENESS
/// Somebody must bring prices. Anyone may, for Pyth's fee. How old one may get is the hub's heartbeat for this feed.
///
/// ROLES
/// None. Another window, bound or price is another source, which the hub lists after its delay.
///
/// WARNINGS
/// - It tells the middle of the interval, not the edge on the vault's side: one price serves both the token that is sold
///   and the one that is bought, whose edges differ. `maxConfBps` is thus what a price may be off on either side; keep it well
///   under the floor discount, which is what the settler gives away at most anyway.
/// - Inside the window, the one who brings a price still chooses. Keep it at a few seconds.
contract PythSource is IAggregatorV3 {
    /// @param answerD18 D18{USD/tok}
    /// @param publishTime {s}
    /// @param confident false if the confidence interval was too wide
    struct Round {
        uint128 answerD18;
        uint64 publishTime;
        bool confident;
    }

    /// @notice {s} no window is longer.
    uint256 public constant MAX_WINDOW = 60;
    uint8 public constant decimals = 18;
    uint256 private constant BPS = 10_000;

    IPyth public immutable pyth;
    bytes32 public immutable feedId;
    /// @notice {s} how long ago a price may have been published when it is brought.
    uint256 public immutable window;
    /// @notice {bps} of the price that half its confidence interval may be.
    uint256 public immutable maxConfBps;
    string public description;

    Round private _round;

    event Updated(uint256 answerD18, uint256 publishTime, bool confident);

    /// @notice The window is 1 to 60 seconds and the confidence bound between 0 and 100 %, both excluded.
    error PythSource__BadSettings(uint256 window, uint256 maxConfBps);
    /// @notice Pyth asks for `fee` {wei}.
    error PythSource__FeeUnpaid(uint256 paid, uint256 fee);
    /// @notice A price is above zero and has an exponent between -18 and 0.
    error PythSource__BadPrice(int64 price, int32 expo);
    /// @notice There is no price yet, or the market is too unsure of the last one.
    error PythSource__NoPrice(uint256 answerD18, uint256 publishTime);

    constructor(IPyth pyth_, bytes32 feedId_, uint256 window_, uint256 maxConfBps_, string memory description_) {
        if (window_ == 0 || window_ > MAX_WINDOW || maxConfBps_ == 0 || maxConfBps_ >= BPS) {
            revert PythSource__BadSettings(window_, maxConfBps_);
        }
        (pyth, feedId, window, maxConfBps, description) = (pyth_, feedId_, window_, maxConfBps_, description_);
    }

    /// @notice Brings a newer price and pays Pyth's fee for it; what was paid too much comes back. Anyone.
    /// @param updateData as Pyth's price service gives it
    function update(bytes[] calldata updateData) external payable {
        uint256 fee = pyth.getUpdateFee(updateData);
        if (msg.value < fee) revert PythSource__FeeUnpaid(msg.value, fee);
        bytes32[] memory ids = new bytes32[](1);
        ids[0] = feedId;
        IPyth.PriceFeed[] memory found = pyth.parsePriceFeedUpdates{value: fee}(
            updateData, ids, _oldest(_round.publishTime), uint64(block.timestamp)
        );
        _take(found[0].price);
        if (msg.value > fee) Address.sendValue(payable(msg.sender), msg.value - fee);
    }

    /// @inheritdoc IAggregatorV3
    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        Round memory round = _round;
        if (!round.confident) revert PythSource__NoPrice(round.answerD18, round.publishTime);
        uint80 id = round.publishTime;
        return (id, int256(uint256(round.answerD18)), round.publishTime, round.publishTime, id);
    }

    function _take(IPyth.Price memory price) private {
        if (price.price <= 0) revert PythSource__BadPrice(price.price, price.expo);
        uint128 answerD18 = _answerD18(price);
        bool confident = _isConfident(price);
        _round = Round(answerD18, uint64(price.publishTime), confident);
        emit Updated(answerD18, price.publishTime, confident);
    }

    // ------------------------------------------------------------------ guards

    /// @dev {s} Nothing published before this is taken.
    function _oldest(uint64 last) internal view virtual returns (uint64) {
        uint64 open = uint64(block.timestamp - window);
        return last < open ? open : last + 1;
    }

    /// @dev A positive 64-bit price times at most 1e18 fits 128 bits.
    function _answerD18(IPyth.Price memory price) internal pure virtual returns (uint128) {
        if (price.expo > 0 || price.expo < -18) revert PythSource__BadPrice(price.price, price.expo);
        return uint128(uint64(price.price)) * uint128(10 ** uint32(18 + price.expo));
    }

    function _isConfident(IPyth.Price memory price) internal view virtual returns (bool) {
        return price.conf * BPS <= uint64(price.price) * maxConfBps;
    }
}
