// What a refusal of the chain is told as, and whether it is worth waiting for.

import { OracleHub, RouterFiller, Settler } from '@trimtab/contracts';
import { encodeErrorResult, parseAbi } from 'viem';
import { describe, expect, test } from 'vitest';
import type { Block } from './Block.ts';
import type { Desk } from './Desk.ts';
import { explainRefusal } from './explainRefusal.ts';
import { explain } from './Revert.ts';
import { RpcRefusal } from './Rpc.ts';

const OPEN = { now: 100, until: 110 };
const OVER = { now: 110, until: 110 };
const token = '0x00000000000000000000000000000000000000AA';

describe('a revert', () => {
  test('is told in words, with its values and its name', () => {
    const data = encodeErrorResult({ abi: RouterFiller.abi, errorName: 'VaultFiller__TooLittle', args: [90n, 100n] });
    const why = 'it would bring 90, below the floor of 100 [VaultFiller__TooLittle]';
    expect(explain(data, OPEN)).toEqual({ why, next: 'abort' });
  });

  test('by a price below the asked one waits exactly as long as the asked one falls', () => {
    const abi = parseAbi(['error BasketVault__Underpaid(address token, uint256 required, uint256 received)']);
    const data = encodeErrorResult({ abi, errorName: 'BasketVault__Underpaid', args: [token, 100n, 90n] });
    expect(explain(data, OPEN).next).toBe('wait');
    expect(explain(data, OVER).next).toBe('abort');
  });

  test('by a price feed names what is wrong with it, and waits', () => {
    const args = [token, 4, 1n, 2n] as const;
    const data = encodeErrorResult({ abi: OracleHub.abi, errorName: 'OracleHub__NoPrice', args });
    expect(explain(data, OVER)).toMatchObject({ next: 'wait', why: expect.stringContaining('stale') });
  });

  test('without words of its own is told by name and values', () => {
    const data = encodeErrorResult({ abi: Settler.abi, errorName: 'Settler__WrongChain', args: [1n, 2n] });
    expect(explain(data, OPEN).why).toContain('Settler__WrongChain(1, 2)');
  });

  test.each([
    [
      'a reason',
      '0x08c379a0000000000000000000000000000000000000000000000000000000000000002000000000000000000000000000000000000000000000000000000000000000026869000000000000000000000000000000000000000000000000000000000000',
      /hi/,
    ],
    ['an assertion', '0x4e487b710000000000000000000000000000000000000000000000000000000000000011', /17/],
    ['an unknown error', '0xdeadbeef', /0xdeadbeef/],
    ['a torn error', '0x08c379a0', /0x08c379a0/],
    ['nothing', '0x', /without a reason/],
    ['not even that', undefined, /without a reason/],
  ] as const)('by %s is final', (_, data, why) => {
    expect(explain(data, OPEN)).toMatchObject({ next: 'abort', why: expect.stringMatching(why) });
  });
});

describe('a refusal for want of coin', () => {
  // What a node says when it is asked to play a call, and when it is asked what the call would cost.
  test.each([
    'insufficient funds for gas * price + value',
    'Out of gas: gas required exceeds allowance: 0',
    'gas required exceeds allowance (0)',
  ])('waits, and says who needs some: %s', async (reason) => {
    const refusal = new RpcRefusal('eth_estimateGas', -32_000, reason, undefined);
    const told = await explainRefusal({ from: token } as unknown as Desk, {} as Block, refusal);
    expect(told).toMatchObject({
      next: 'wait',
      why: expect.stringMatching(/^0x0+AA cannot pay for gas: .*native coin/),
    });
  });
});
