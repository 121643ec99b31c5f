// What nodes answer to bytes that they will not take, in the words of several of them.

import { expect, test } from 'vitest';
import type { Rpc } from './Rpc.ts';
import { RpcRefusal } from './Rpc.ts';
import { send } from './send.ts';

const SIGNED = { raw: '0x02', hash: `0x${'ab'.repeat(32)}`, from: `0x${'11'.repeat(20)}`, nonce: 7 };

const refusing = (reason: string): Rpc => ({
  name: 'a node',
  chain: 1,
  request: (method) => Promise.reject(new RpcRefusal(method, -32_000, reason, undefined)),
});

test.each([
  'already known',
  'nonce too low: next nonce 8, tx nonce 7',
  'transaction underpriced: gas tip cap 100000000, minimum needed 1000000000',
  'replacement transaction underpriced',
  'max fee per gas less than block base fee: address 0x11, maxFeePerGas: 140, baseFee: 146',
  'FeeTooLow, EffectivePriorityFeePerGas too low 1 < 2',
  'Gas price below configured minimum gas price',
])('leaves the outcome open where a node answers %j', async (reason) => {
  await expect(send(refusing(reason), SIGNED)).resolves.toBeUndefined();
});

test.each(['insufficient funds for gas * price + value', 'intrinsic gas too low', 'invalid sender'])(
  'refuses where a node answers %j',
  async (reason) => {
    await expect(send(refusing(reason), SIGNED)).rejects.toMatchObject({ name: 'RpcRefusal', reason });
  },
);
