// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title Turns an intent into fills that cannot hurt the vault by more than its policy allows.
interface ISettler {
    /// @notice What an intent wants of one asset.
    /// @param token asset of the vault
    /// @param sellDownTo {tokAtom per 1e18 shares} it may be sold while it holds more, down to here
    /// @param buyUpTo {tokAtom per 1e18 shares} it may be bought while it holds less, up to here; never above `sellDownTo`
    struct Leg {
        address token;
        uint112 sellDownTo;
        uint112 buyUpTo;
    }

    /// @notice A wish to move a vault to new holdings, for a while, at prices near the oracle's.
    /// @param vault whose intent this is
    /// @param chainId of the chain it is meant for
    /// @param nonce the last one plus one
    /// @param notBefore {s} when the price starts to fall and fills may start
    /// @param deadline {s} last second at which it may be filled
    /// @param rule the on-chain rule that computed it, or zero if the strategist did
    /// @param modelCommit hash of the model that decided, or zero
    /// @param dataRoot root of the data it decided on, or zero
    /// @param startPremBps {bps} above the oracle, at `notBefore`
    /// @param floorDiscBps {bps} below the oracle, from `notBefore + decay` on
    /// @param decay {s} from the one to the other, linearly
    /// @param legs one for every asset of the vault, in the vault's order
    struct Intent {
        address vault;
        uint256 chainId;
        uint32 nonce;
        uint32 notBefore;
        uint32 deadline;
        address rule;
        bytes32 modelCommit;
        bytes32 dataRoot;
        uint16 startPremBps;
        uint16 floorDiscBps;
        uint32 decay;
        Leg[] legs;
    }

    /// @notice The part of the live intent that a fill needs; one storage slot.
    /// @param navPerShareD18 D18{USD/share} when it was proposed
    struct Header {
        uint32 nonce;
        uint32 notBefore;
        uint32 deadline;
        uint32 decay;
        uint16 startPremBps;
        uint16 floorDiscBps;
        uint96 navPerShareD18;
    }

    /// @notice What fills have used up; one storage slot. Both levels leak back to zero continuously.
    /// @param lossD18 D18{1} of NAV lost against the oracle
    /// @param turnoverD18 D18{1} of NAV sold
    /// @param updatedAt {s} when the levels were true
    /// @param proposedAt {s} when the last intent was proposed
    /// @param armed true from arming an order to disarming it
    struct Buckets {
        uint64 lossD18;
        uint64 turnoverD18;
        uint32 updatedAt;
        uint32 proposedAt;
        bool armed;
    }

    /// @notice An order of a batch auction of the GPv2 kind, field by field.
    struct BatchOrder {
        address sellToken;
        address buyToken;
        address receiver;
        uint256 sellAmount;
        uint256 buyAmount;
        uint32 validTo;
        bytes32 appData;
        uint256 feeAmount;
        bytes32 kind;
        bool partiallyFillable;
        bytes32 sellTokenBalance;
        bytes32 buyTokenBalance;
    }

    /// @notice What is kept of the order that a vault has armed.
    /// @param leastSupply {share} D18 fewer shares than this cannot bear what was charged for them
    struct Armed {
        address sell;
        uint32 validTo;
        uint32 nonce;
        address buy;
        uint96 leastSupply;
        uint256 sellAmount;
        uint256 buyAmount;
    }

    /// @notice An intent became the live one. Everything that its hash covers is here, or known: the chain, and the vault's assets.
    /// @param bands one per asset, in the vault's order: `sellDownTo << 112 | buyUpTo`
    event Proposed(
        address indexed vault,
        uint32 indexed nonce,
        bytes32 indexed intentHash,
        address proposer,
        address rule,
        bytes32 modelCommit,
        bytes32 dataRoot,
        Header header,
        uint224[] bands
    );
    event Cancelled(address indexed vault, uint32 indexed nonce, address by);
    event Filled(
        address indexed vault,
        uint32 indexed nonce,
        address indexed filler,
        address sell,
        address buy,
        uint256 sellAmount,
        uint256 required,
        uint256 received,
        uint256 lossD18,
        uint256 turnoverD18
    );

    event OrderArmed(address indexed vault, uint32 indexed nonce, bytes32 indexed digest, BatchOrder order);
    /// @notice `caller` may not do this to `vault`.
    error Settler__NotAllowed(address vault, address caller);
    /// @notice The intent is for another chain.
    error Settler__WrongChain(uint256 given, uint256 here);
    /// @notice The nonce must be exactly the last one plus one.
    error Settler__WrongNonce(uint32 given, uint32 expected);
    /// @notice The last intent is too recent: the next may come at `readyAt` {s}.
    error Settler__CoolingDown(uint256 readyAt);
    /// @notice A rule may not replace an intent that is still live until `deadline` {s}.
    error Settler__StillLive(uint32 nonce, uint256 deadline);
    /// @notice The rule is not allowed for this vault, or the strategist named one.
    error Settler__RuleNotAllowed(address vault, address rule);
    /// @notice The rule does not ask for a rebalance now.
    error Settler__RuleNotReady(address vault, address rule);
    /// @notice The time window is empty, over, or longer than the policy allows.
    error Settler__BadWindow(uint256 notBefore, uint256 deadline, uint256 maxHorizon);
    /// @notice The start premium or floor discount exceeds the policy.
    error Settler__BadPriceRange(
        uint16 startPremBps, uint16 maxStartPremBps, uint16 floorDiscBps, uint16 maxFloorDiscBps
    );
    /// @notice There must be one leg for every asset, in the vault's order.
    error Settler__WrongLegs(uint256 index, address given, address expected);
    /// @notice The band of a leg is upside down or wider than the policy allows.
    error Settler__BadBand(address token, uint112 sellDownTo, uint112 buyUpTo, uint16 maxBandBps);
    /// @notice The targets are not worth what the vault holds. Both D18{USD/share}.
    error Settler__TargetOffNav(uint256 targetD18, uint256 navPerShareD18, uint16 toleranceBps);
    /// @notice A value does not fit its packed field.
    error Settler__TooLarge(uint256 value);
    /// @notice There is nothing to fill now.
    error Settler__NotLive(address vault, uint32 nonce, uint256 notBefore, uint256 deadline);
    /// @notice The pair is not part of the live intent.
    error Settler__NotInIntent(address vault, address token, uint32 nonce);
    /// @notice Nothing would be sold.
    error Settler__ZeroAmount();
    /// @notice The price is now higher than the filler wants to pay.
    error Settler__PriceAboveLimit(uint256 required, uint256 maxBuyAmount);
    /// @notice Selling this much would go past the band: at most `room` {tokAtom} may be sold.
    error Settler__SellsPastBand(address token, uint256 amount, uint256 room);
    /// @notice Buying this much would go past the band: at most `room` {tokAtom} may be bought.
    error Settler__BuysPastBand(address token, uint256 amount, uint256 room);
    /// @notice The fill would lose more than is left of the loss budget. D18{1} of NAV.
    error Settler__LossCapHit(uint256 levelD18, uint256 capD18);
    /// @notice The fill would sell more than is left of the turnover budget. D18{1} of NAV.
    error Settler__TurnoverCapHit(uint256 levelD18, uint256 capD18);

    /// @notice `token` may not be bought: a guardian or its oracle says so.
    error Settler__Quarantined(address vault, address token);
    /// @notice One fill, or one order, may sell at most this much. D18{1} of NAV.
    error Settler__FillTooLarge(uint256 turnoverD18, uint256 maxD18);
    /// @notice An order is a plain sale from the vault to the vault, without fee, that ends within `maxLife` {s}.
    error Settler__BadOrder(BatchOrder order, uint256 maxLife);
    /// @notice The order's limit is under what a fill would have to pay now. {buyAtom}
    error Settler__LimitUnderQuote(uint256 buyAmount, uint256 required);
    /// @notice Makes `intent` the live one. The vault's strategist, inside the policy.
    /// @return intentHash EIP-712 digest
    function propose(Intent calldata intent) external returns (bytes32 intentHash);

    /// @notice Makes the targets that an allowed `rule` computes now the live intent. Anyone, when the rule is ready.
    function proposeByRule(address vault, address rule) external returns (bytes32 intentHash);

    /// @notice Ends the live intent at once. Strategist or any guardian.
    function cancel(address vault) external;

    /// @notice Returns how much of `buy` must be paid for `sellAmount` of `sell` now, rounded up.
    /// @return buyAmount {buyAtom}
    function quote(address vault, address sell, address buy, uint256 sellAmount)
        external
        view
        returns (uint256 buyAmount);

    /// @notice Buys `sellAmount` of `sell` from `vault` for at least the quoted amount of `buy`. Anyone.
    /// @param maxBuyAmount {buyAtom} most that the quote may be
    /// @param data empty: the quote is pulled from the caller, who has approved the vault; else the caller is called back
    /// @return received {buyAtom} what the vault measured
    function fill(
        address vault,
        address sell,
        address buy,
        uint256 sellAmount,
        uint256 maxBuyAmount,
        bytes calldata data
    ) external returns (uint256 received);

    /// @notice Arms an order of the batch auction that serves the live intent, at the quote or better. Strategist.
    /// @return digest that the vault will sign for
    function arm(address vault, BatchOrder calldata order) external returns (bytes32 digest);

    /// @notice Ends the armed order. Strategist or any guardian; anyone once it has run out or its intent has.
    function disarm(address vault) external;

    /// @notice Says whether the armed order may still be filled, with `left` {sellAtom} to go.
    function isOrderGood(address vault, uint256 left) external view returns (bool);

    /// @notice Charges a loss that did not come from a sale to the vault's loss bucket. Only the vault's allocator.
    /// @param lossD18 D18{1} of NAV
    function charge(address vault, uint256 lossD18) external;

    /// @notice Returns what is kept of the order that was armed last.
    function armedOf(address vault) external view returns (Armed memory);

    /// @notice Returns the digest that the batch auction asks signatures for.
    function hashOrder(BatchOrder calldata order) external view returns (bytes32);

    /// @notice Returns how much of `token` the live intent still lets a fill sell and buy, whatever the price: what is left of a
    /// live order is not offered twice.
    /// @return sellable {tokAtom}
    /// @return buyable {tokAtom}
    function room(address vault, address token) external view returns (uint256 sellable, uint256 buyable);

    /// @notice Returns the header of the last intent; it is live while `notBefore <= now <= deadline`.
    function headerOf(address vault) external view returns (Header memory);

    /// @notice Returns the digest of the last intent, zero if there was none.
    function intentHashOf(address vault) external view returns (bytes32);

    /// @notice Returns the leg of `token` in the last intent; reverts if it has none.
    function legOf(address vault, address token) external view returns (Leg memory);

    /// @notice Returns the levels of both buckets now, after leaking.
    function bucketsOf(address vault) external view returns (Buckets memory);

    /// @notice Returns the EIP-712 digest of `intent`.
    function hashIntent(Intent memory intent) external view returns (bytes32);
}
