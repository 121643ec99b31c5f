// Uniswap v3 pools reached through the vault's settler: an authorisation is a proposal, a swap is a fill.

import type { Gas, Seconds } from '@trimtab/core';
import { OracleHub, RouterFiller } from '@trimtab/contracts';
import type { Venue } from '@trimtab/engine';
import { type Address, encodeFunctionData } from 'viem';
import * as Block from './Block.ts';
import type { Desk } from './Desk.ts';
import { find } from './find.ts';
import * as Multicall from './Multicall.ts';
import { prove } from './prove.ts';
import { ProviderFailure, type Rpc } from './Rpc.ts';
import { send } from './send.ts';
import * as UniswapV3 from './UniswapV3.ts';
import * as Vault from './Vault.ts';

/** Say what to trade through, and how. */
export type SettlerVenueOptions = {
  readonly rpc: Rpc;
  readonly vault: Address;
  /** The RouterFiller that fills for us. */
  readonly filler: Address;
  readonly pools: readonly Address[];
  /** Who signs: the strategist. */
  readonly from: Address;
  /** Wrapped native coin, listed at the oracle hub: what gas is valued at. */
  readonly native: Address;
  /** What we add to the base fee {wei/gas}; default 1 gwei. */
  readonly tip?: bigint;
  /** Most that we ever bid {wei/gas}; default 5,000 gwei. */
  readonly maxFee?: bigint;
  /** Time in which a plan's price falls from the oracle's to its floor; default 24 s. */
  readonly decay?: Seconds;
  /** Blocks that must hold a transaction, its own among them, before it counts; default 1, which no chain that reorganises should have. */
  readonly confirmations?: number;
  /** Ticks to either side of the price that are read of each pool, at least; default 2,000, which is 22 %. */
  readonly reach?: number;
};

const GWEI = 10n ** 9n;

/** What steps use, measured on a vault of three assets after its first rebalance and rounded up {gas}. */
const GAS = { authorise: 95_000n, leg: 25_000n, swap: 220_000n, hop: 75_000n };

/** Open the venue: reads the constants of vault and pools once. Throws VenueMismatch, ProviderFailure, WrongChain. */
export async function settlerVenue(options: SettlerVenueOptions): Promise<Venue> {
  const { rpc, filler, from, native } = options;
  const [vault, pools] = await Promise.all([Vault.read(rpc, options.vault), UniswapV3.describe(rpc, options.pools)]);
  await check(rpc, vault, filler, pools);
  const { tip = GWEI, maxFee = 5_000n * GWEI, decay = 24, reach = 2_000, confirmations = 1 } = options;
  const desk: Desk = { rpc, vault, filler, pools, from, tip, maxFee, decay, confirmations };
  const read = UniswapV3.reader(rpc, pools, reach);
  // The head that a snapshot is read at is nearly always the one just given out: its fee need not be asked for again.
  let newest: Block.Block | undefined;
  return {
    head: async () => {
      newest = await Block.latest(rpc);
      const { chain, block, at } = newest;
      return { chain, block, at };
    },
    markets: async ({ block: { hash } }) => {
      const block = newest?.block.hash === hash ? newest : await Block.byHash(rpc, hash);
      const [markets, gas] = await Promise.all([read(hash), readGas(desk, native, block)]);
      return { markets, gas };
    },
    prove: (step, attempt) => prove(desk, step, attempt),
    send: (signed) => send(rpc, signed),
    find: (signed, step) => find(desk, signed, step),
  };
}

async function readGas({ rpc, vault, tip }: Desk, native: Address, { block, baseFee }: Block.Block): Promise<Gas> {
  const data = encodeFunctionData({ abi: OracleHub.abi, functionName: 'peek', args: [native] });
  const [answer] = await Multicall.ask(rpc, block.hash, [{ to: vault.hub, data }]);
  // An old price of gas is near enough; none at all is not.
  const [price] = Multicall.decode(rpc, OracleHub.abi, 'peek', answer);
  if (price === 0n)
    throw new ProviderFailure(rpc.name, 'peek', `the native coin ${native} has no price at ${vault.hub}`);
  const { authorise, leg, swap, hop } = GAS;
  const legs = BigInt(vault.assets.length);
  return { price: baseFee + tip, native: price, authorise: authorise + leg * legs, swap, hop };
}

/** Make sure that the filler serves this vault's settler, and that every pool is the one it would swap with. */
async function check(rpc: Rpc, vault: Vault.Vault, filler: Address, pools: readonly UniswapV3.Pool[]): Promise<void> {
  const { block } = await Block.latest(rpc);
  const calls: readonly Multicall.Call[] = [
    { to: filler, data: encodeFunctionData({ abi: RouterFiller.abi, functionName: 'settler' }) },
    ...pools.map(({ tokens, feePpm }) => ({
      to: filler,
      data: encodeFunctionData({ abi: RouterFiller.abi, functionName: 'poolOf', args: [...tokens, feePpm] }),
    })),
  ];
  const [settlerOf, ...poolsOf] = await Multicall.ask(rpc, block.hash, calls);
  const settler = Multicall.decode(rpc, RouterFiller.abi, 'settler', settlerOf);
  if (settler !== vault.settler) {
    throw new VenueMismatch(`filler ${filler} fills for settler ${settler}, the vault's is ${vault.settler}`);
  }
  pools.forEach(({ address, tokens, feePpm }, i) => {
    const pool = Multicall.decode(rpc, RouterFiller.abi, 'poolOf', poolsOf[i]);
    if (pool.toLowerCase() !== address.toLowerCase()) {
      throw new VenueMismatch(
        `${address} is not the filler's pool of ${tokens.join(' and ')} at ${feePpm} ppm, ${pool}`,
      );
    }
  });
}

/** The addresses that were configured do not belong together. */
export class VenueMismatch extends Error {
  override readonly name = 'VenueMismatch';
  readonly next = 'halt';
  readonly fix = 'Set the filler and the pools to those of the vault.';
  constructor(why: string) {
    super(`The venue cannot be used: ${why}. Set the filler and the pools to those of the vault.`);
  }
}
