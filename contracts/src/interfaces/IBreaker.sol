// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IOracleHub} from "./IOracleHub.sol";
import {ITimelock} from "./ITimelock.sol";

/// @title Stops a vault for whoever shows that something is wrong with it.
interface IBreaker is ITimelock {
    /// @notice Oracle: the live intent would buy a token whose price is unusable. Depeg: a usable price is outside its band.
    /// Nav: the vault is worth less per share than it was, by more than it may.
    enum Kind {
        Oracle,
        Depeg,
        Nav
    }

    /// @param token the asset that it is about; none for `Nav`
    struct Evidence {
        Kind kind;
        address token;
    }

    /// @notice Prices D18{USD/tok} between which an asset is what it should be.
    struct Band {
        uint128 lowD18;
        uint128 highD18;
    }

    /// @notice What is a drop of NAV.
    /// @param maxBps {bps} below the reference, and by which the reference fades
    /// @param fade {s} in which the reference fades by `maxBps`
    struct Drop {
        uint16 maxBps;
        uint32 fade;
    }

    event BandSet(address indexed vault, address indexed token, Band band);
    event DropSet(address indexed vault, Drop drop);
    event Marked(address indexed vault, uint256 navD18);
    event Tripped(address indexed vault, address indexed by, Evidence evidence);

    /// @notice The low end must be under the high end.
    error Breaker__BadBand(Band band);
    /// @notice A drop is between 0 and 10,000 bps, and fades in some time.
    error Breaker__BadDrop(Drop drop);
    /// @notice The price can be used, no intent is live, or it does not buy: `wanted` and `held` {tokAtom}.
    error Breaker__NoOracleFailure(
        address token, IOracleHub.Status status, uint256 priceD18, bool live, uint256 wanted, uint256 held
    );
    /// @notice The price is inside its band, or there is none, or it is known.
    error Breaker__NoDepeg(address token, uint256 priceD18, Band band, bool known);
    /// @notice NAV has not fallen that far. D18{USD/share}.
    error Breaker__NoDrop(uint256 navD18, uint256 referenceD18, uint16 maxBps);

    /// @notice Sets between which prices `token` is what it should be. Curator: the first at once, others after the delay.
    function setBand(address vault, address token, Band calldata band) external;

    /// @notice Sets what is a drop of NAV. Curator: the first at once, others after the delay.
    function setDrop(address vault, Drop calldata drop) external;

    /// @notice Remembers NAV per share, if it is above the reference. Anyone.
    function mark(address vault) external;

    /// @notice Cancels the live intent on evidence; quarantines a token on a depeg, dismisses the strategist on a drop of
    /// NAV. Anyone.
    function trip(address vault, Evidence calldata evidence) external;

    /// @notice Returns D18{USD/share} at the hub's prices, rounded down; reverts if one that is needed is unusable.
    function navPerShareD18(address vault) external view returns (uint256);

    /// @notice Returns D18{USD/share} that NAV is measured against: the highest mark, faded; zero if there is none.
    function referenceD18(address vault) external view returns (uint256);

    /// @notice Returns the band of `token`, zero if it has none.
    function bandOf(address vault, address token) external view returns (uint128 lowD18, uint128 highD18);

    /// @notice Returns what is a drop of NAV, zero if nothing is.
    function dropOf(address vault) external view returns (uint16 maxBps, uint32 fade);
}
