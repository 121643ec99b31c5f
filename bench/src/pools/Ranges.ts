// Pools of liquidity between ticks, as recorded: the contracts of Uniswap v3 and its kin, and of Uniswap v4 where no hook takes part.

import { encodeAbiParameters, keccak256 } from 'viem';
import type { Concentrated } from '@trimtab/core';
import { count, has, pairOf, record, text, whole, wholeOf, type Fields } from './Fields.ts';

/** The whole range of ticks: what was recorded is complete. */
const KNOWN = [-887_272, 887_272] as const;
const NO_HOOKS = `0x${'0'.repeat(40)}` as const;
const PPM = 1_000_000;

/** Read a pool that has a contract of its own. */
export function concentrated(state: Fields, chain: number, id: string): Concentrated | string {
  const scalars = has(state, 'scalars') ? record(state['scalars'], 'scalars') : state;
  const feePpm = Number(wholeOf(scalars, ['fee', 'fee_token0']));
  if (has(state, 'fee_token1') && count(state, 'fee_token1') !== feePpm) return 'the two ways charged differently';
  // One pool is from before its recorder named the tokens: they follow from its name's order of addresses, which is not recorded.
  if (!has(state, 'token0')) return 'tokens not named';
  return build(state, scalars, pairOf(state, chain, ['token0', 'token1']), id, feePpm);
}

/**
 * Read a pool that is an entry of the one contract of all. Its id is the hash of its key, so that a pool without hooks is known by
 * it. The protocol's fee is taken first, then the pool's: "Uniswap v4 Core" (2024), ProtocolFeeLibrary.calculateSwapFee.
 */
export function singleton(state: Fields, chain: number, id: string): Concentrated | string {
  const scalars = has(state, 'scalars') ? record(state['scalars'], 'scalars') : state;
  const own = Number(wholeOf(scalars, ['lp_fee', 'fee_currency0', 'fee']));
  const protocol = protocolFees(scalars);
  if (protocol[0] !== protocol[1]) return 'the two ways charged differently';
  const names = has(state, 'currency0') ? (['currency0', 'currency1'] as const) : (['token0', 'token1'] as const);
  if (!isBare(state, scalars, names, own)) return 'hooks, or a fee that changes';
  const pair = pairOf(state, chain, names);
  return build(state, scalars, pair, id, protocol[0] + own - Math.floor((protocol[0] * own) / PPM));
}

/** The contract keeps both ways' fees in one number, twelve bits each. */
function protocolFees(scalars: Fields): readonly [number, number] {
  if (has(scalars, 'protocol_fee_zero_for_one')) {
    return [count(scalars, 'protocol_fee_zero_for_one'), count(scalars, 'protocol_fee_one_for_zero')];
  }
  const both = has(scalars, 'protocol_fee') ? count(scalars, 'protocol_fee') : 0;
  return [both & 0xfff, both >> 12];
}

/** Say whether a pool's id is that of its tokens, fee and spacing without hooks. */
function isBare(state: Fields, scalars: Fields, names: readonly [string, string], fee: number): boolean {
  const [zero, one] = names.map((name) => {
    const token = state[name];
    return String(typeof token === 'object' ? record(token, name)['address'] : token).toLowerCase() as `0x${string}`;
  });
  if (zero === undefined || one === undefined) return false;
  const types = ['address', 'address', 'uint24', 'int24', 'address'].map((type) => ({ type }));
  const key = [zero, one, fee, count(scalars, 'tick_spacing'), NO_HOOKS];
  return keccak256(encodeAbiParameters(types, key)) === text(state, 'pool_id').toLowerCase();
}

function build(
  state: Fields,
  scalars: Fields,
  assets: Concentrated['assets'],
  id: string,
  feePpm: number,
): Concentrated | string {
  const [tick, liquidity] = [count(scalars, 'tick'), whole(scalars, 'liquidity')];
  const ticks = ticksOf(record(state['tick_data'], 'tick_data'));
  if (ticks.length === 0) return 'ticks not recorded';
  // Ticks were often read some blocks after the liquidity: they make a whole state by themselves, so they are what counts.
  const inside = ticks.reduce((sum, { index, liquidityNet }) => sum + (index <= tick ? liquidityNet : 0n), 0n);
  const off = inside > liquidity ? inside - liquidity : liquidity - inside;
  if (off * 10n > liquidity) return 'ticks that do not add up to the liquidity';
  return {
    kind: 'concentrated',
    id,
    assets,
    sqrtPriceX96: whole(scalars, 'sqrt_price_x96'),
    tick,
    liquidity: inside,
    feePpm,
    tickSpacing: count(scalars, 'tick_spacing'),
    ticks,
    known: KNOWN,
  };
}

/** A tick is a record, or a list of what counts there: the liquidity in all, and what is added net. */
function ticksOf(data: Fields): Concentrated['ticks'] {
  return Object.entries(data)
    .map(([index, entry]) => {
      const net = Array.isArray(entry) ? { liquidity_net: entry[1] as unknown } : record(entry, index);
      return { index: Number(index), liquidityNet: whole(net, 'liquidity_net') };
    })
    .filter(({ liquidityNet }) => liquidityNet !== 0n)
    .toSorted((a, b) => a.index - b.index);
}
