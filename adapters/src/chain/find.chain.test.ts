// What became of signed bytes, asked of chains that reorganise and of nodes that forget, lag and lie.

import type { Venue } from '@trimtab/engine';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStage, type Stage } from '../local/openStage.ts';
import * as Rehearsal from '../local/Rehearsal.ts';
import * as Rpc from './Rpc.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

describe('what was sent', () => {
  test('is under way again after a reorganisation, and lands by the same bytes', async () => {
    const step = await Rehearsal.authorise(stage);
    const { signed, found } = await Rehearsal.done(stage, step);
    expect(found).toMatchObject({ kind: 'settled' });
    await stage.rpc.request('anvil_reorg', [1, []]);
    expect(['absent', 'pending']).toContain((await stage.venue.find(signed, step)).kind);
    await stage.venue.send(signed);
    await stage.mine();
    expect(await stage.venue.find(signed, step)).toMatchObject({ kind: 'settled' });
  });

  test('settles only in a block that lies deep enough, and after a shallower one is replaced lands once', async () => {
    const venue = await Rehearsal.open(stage, { confirmations: 2 });
    const step = await Rehearsal.authorise(stage);
    const { signed, found } = await Rehearsal.done(stage, step, venue);
    expect(found).toEqual({ kind: 'pending' });
    await stage.rpc.request('anvil_reorg', [1, []]);
    expect(['absent', 'pending']).toContain((await venue.find(signed, step)).kind);
    await stage.mine();
    expect(['absent', 'pending']).toContain((await venue.find(signed, step)).kind);
    await venue.send(signed);
    await stage.mine();
    expect(await venue.find(signed, step)).toEqual({ kind: 'pending' });
    await stage.mine();
    expect(await venue.find(signed, step)).toMatchObject({ kind: 'settled' });
    await venue.send(signed);
    await stage.mine();
    const { permits } = await stage.custody.holdings(await venue.head());
    expect(permits.nonce).toBe(step.nonce);
  });

  test('fails only in a block that lies deep enough', async () => {
    await Rehearsal.done(stage, await Rehearsal.authorise(stage));
    const venue = await Rehearsal.open(stage, { confirmations: 3 });
    const step = await Rehearsal.swap(stage, [[0]]);
    const signed = await Rehearsal.signed(stage, step);
    const [market, sell] = [step.routes[0]?.markets[0] ?? '', step.sell];
    await stage.spoil(market, sell);
    await venue.send(signed);
    for (const kind of ['pending', 'pending', 'reverted']) {
      await stage.mine();
      expect(await venue.find(signed, step)).toMatchObject({ kind });
    }
  });

  test('is absent once the network forgot it, and lands by the same bytes', async () => {
    const step = await Rehearsal.authorise(stage);
    const signed = await Rehearsal.signed(stage, step);
    await stage.venue.send(signed);
    await stage.rpc.request('anvil_dropAllTransactions', []);
    expect(await stage.venue.find(signed, step)).toEqual({ kind: 'absent' });
    await stage.venue.send(signed);
    await stage.mine();
    expect(await stage.venue.find(signed, step)).toMatchObject({ kind: 'settled' });
  });

  test('is not looked for among fills of another pair', async () => {
    await Rehearsal.done(stage, await Rehearsal.authorise(stage));
    const step = await Rehearsal.swap(stage, [[0]]);
    const { signed } = await Rehearsal.done(stage, step);
    const [, wbtc] = stage.custody.assets;
    const find = stage.venue.find(signed, { ...step, buy: wbtc!.id });
    await expect(find).rejects.toMatchObject({ name: 'FillMismatch', next: 'halt' });
  });
});

describe('a node that lies or lags', () => {
  type Lie = (method: string, params: readonly unknown[], result: unknown) => unknown;
  /** Open the venue through a node whose answers pass through `lie`. */
  const through = (lie: Lie): Promise<Venue> => {
    const { rpc } = stage;
    const request: Rpc.Rpc['request'] = async (method, params) =>
      lie(method, params, await rpc.request(method, params));
    return Rehearsal.open(stage, { rpc: { ...rpc, request } });
  };

  test('cannot make a fill out of what the tokens did not move', async () => {
    await Rehearsal.done(stage, await Rehearsal.authorise(stage));
    const step = await Rehearsal.swap(stage, [[0]]);
    const { signed } = await Rehearsal.done(stage, step);
    const venue = await through((method, _, result) => {
      if (method !== 'eth_getTransactionReceipt') return result;
      const receipt = result as { readonly logs: readonly { readonly address: string }[] };
      const usdc = stage.world.tokens[2]!.address.toLowerCase();
      return { ...receipt, logs: receipt.logs.filter(({ address }) => address.toLowerCase() !== usdc) };
    });
    await expect(venue.find(signed, step)).rejects.toMatchObject({ name: 'FillMismatch', next: 'halt' });
  });

  test.each(['transactionHash', 'blockHash', 'status', 'gasUsed', 'effectiveGasPrice', 'logs'])(
    'cannot pass off a receipt without its %s',
    async (field) => {
      const step = await Rehearsal.authorise(stage);
      const { signed } = await Rehearsal.done(stage, step);
      const venue = await through((method, _, result) =>
        method === 'eth_getTransactionReceipt' ? { ...(result as object), [field]: 'nonsense' } : result,
      );
      await expect(venue.find(signed, step)).rejects.toBeInstanceOf(Rpc.ProviderFailure);
    },
  );

  test('does not settle a step in a block that was replaced', async () => {
    const step = await Rehearsal.authorise(stage);
    const { signed } = await Rehearsal.done(stage, step);
    const venue = await through((method, params, result) =>
      method === 'eth_getBlockByNumber' && params[0] !== 'latest'
        ? { ...(result as object), hash: `0x${'11'.repeat(32)}` }
        : result,
    );
    expect(await venue.find(signed, step)).toEqual({ kind: 'pending' });
  });

  test('does not turn our own bytes into a stranger’s, where its answers are of two blocks', async () => {
    const step = await Rehearsal.authorise(stage);
    const { signed } = await Rehearsal.done(stage, step);
    let asked = 0;
    const venue = await through((method, _, result) => {
      if (method === 'eth_getTransactionByHash') return null;
      return method === 'eth_getTransactionReceipt' && asked++ === 0 ? null : result;
    });
    expect(await venue.find(signed, step)).toMatchObject({ kind: 'settled' });
  });
});
