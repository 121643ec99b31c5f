// Nodes that answer garbage: a failure every time, never a zero, never an answer to another question.

import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import * as Block from './Block.ts';
import * as Hex from './Hex.ts';
import * as Multicall from './Multicall.ts';
import * as Rpc from './Rpc.ts';
import { send } from './send.ts';

type Ask = { readonly id: number; readonly method: string };

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

/** Run a node that answers as told, and open a door to it. */
async function node(answer: (ask: Ask, response: ServerResponse) => void, timeout?: number): Promise<Rpc.Rpc> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => answer(JSON.parse(body) as Ask, response));
  }).listen(0, '127.0.0.1');
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return Rpc.open(`http://127.0.0.1:${port}/v2/secret-key`, 31_337, timeout);
}

function results(byMethod: Readonly<Record<string, unknown>>): Promise<Rpc.Rpc> {
  return node(({ id, method }, response) =>
    response.end(JSON.stringify({ jsonrpc: '2.0', id, result: byMethod[method] ?? null })),
  );
}

describe('a door to a node', () => {
  const garbage: readonly [string, (ask: Ask, response: ServerResponse) => void][] = [
    ['a web page', (_, r) => r.end('<html>Welcome</html>')],
    ['a gateway error', (_, r) => r.writeHead(502).end('<html>Bad gateway</html>')],
    ['too many requests', (_, r) => r.writeHead(429).end('slow down')],
    ['truncated JSON', (_, r) => r.end('{"jsonrpc":"2.0","id":1,"resu')],
    ['nothing', (_, r) => r.end()],
    ['a number', (_, r) => r.end('17')],
    ['null', (_, r) => r.end('null')],
    ['the answer to another question', ({ id }, r) => r.end(JSON.stringify({ id: id + 1, result: '0x1' }))],
    ['an id of another type', ({ id }, r) => r.end(JSON.stringify({ id: String(id), result: '0x1' }))],
    ['neither result nor error', ({ id }, r) => r.end(JSON.stringify({ id }))],
    ['a redirection', (_, r) => r.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
    ['a hang-up', (_, r) => r.destroy()],
    [
      'a hang-up half way',
      (_, r) => void r.writeHead(200, { 'content-length': '999' }).write('{"id"', () => r.destroy()),
    ],
    ['a flood', (_, r) => r.end(Buffer.alloc(33 * 1024 * 1024, 32))],
  ];
  test.each(garbage)('takes %s for a failure, never for an answer', async (_, answer) => {
    const rpc = await node(answer);
    const failure: unknown = await rpc.request('eth_blockNumber', []).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Rpc.ProviderFailure);
    expect(failure).toMatchObject({ next: 'retry' });
    // The path of a node's address often is its password.
    expect((failure as Error).message).not.toContain('secret-key');
  });

  test('gives up on a node that says nothing', async () => {
    const rpc = await node(() => undefined, 50);
    await expect(rpc.request('eth_blockNumber', [])).rejects.toBeInstanceOf(Rpc.ProviderFailure);
  });

  test('fails where nobody listens', async () => {
    const rpc = Rpc.open('http://127.0.0.1:1', 31_337);
    await expect(rpc.request('eth_blockNumber', [])).rejects.toBeInstanceOf(Rpc.ProviderFailure);
  });

  test.each([200, 400])('passes on a refusal with its reason and its bytes (HTTP %i)', async (status) => {
    const error = { code: 3, message: 'execution reverted', data: '0x08c379a0' };
    const rpc = await node(({ id }, r) => r.writeHead(status).end(JSON.stringify({ id, error })));
    const refusal = { code: 3, reason: 'execution reverted', data: '0x08c379a0' };
    await expect(rpc.request('eth_call', [])).rejects.toMatchObject(refusal);
  });
});

describe('words of a node', () => {
  const rpc = Rpc.open('http://127.0.0.1:1', 1);

  test.each(['ff', '0x', '', '0xg1', 17, null, undefined, '0x1 ', `0x${'f'.repeat(65)}`, ['0x1']])(
    'are no number: %j',
    (word) => expect(() => Hex.quantity(rpc, 'word', word)).toThrow(Rpc.ProviderFailure),
  );

  test.each(['0xabc', 'abcd', '0xzz', null, 1])('are no bytes: %j', (word) => {
    expect(() => Hex.bytes(rpc, 'word', word)).toThrow(Rpc.ProviderFailure);
    expect(() => Hex.hash(rpc, 'word', word)).toThrow(Rpc.ProviderFailure);
    expect(() => Hex.address(rpc, 'word', word)).toThrow(Rpc.ProviderFailure);
  });

  test('are numbers and bytes as written', () => {
    expect(Hex.quantity(rpc, 'word', '0x0')).toBe(0n);
    expect(Hex.quantity(rpc, 'word', '0xfF')).toBe(255n);
    expect(Hex.bytes(rpc, 'word', '0x')).toBe('0x');
  });
});

describe('a block', () => {
  const hash = `0x${'11'.repeat(32)}`;
  const block = { number: '0x10', hash, timestamp: '0x64', baseFeePerGas: '0x7' };

  test('is read whole', async () => {
    const rpc = await results({ eth_chainId: '0x7a69', eth_getBlockByNumber: block });
    const read = { chain: 31_337, block: { number: 16n, hash }, at: 100, baseFee: 7n };
    expect(await Block.latest(rpc)).toEqual(read);
  });

  test.each(['number', 'hash', 'timestamp', 'baseFeePerGas'])('is not read without its %s', async (field) => {
    const rpc = await results({ eth_chainId: '0x7a69', eth_getBlockByNumber: { ...block, [field]: undefined } });
    await expect(Block.latest(rpc)).rejects.toBeInstanceOf(Rpc.ProviderFailure);
  });

  test('of another chain is refused, each time', async () => {
    let chain = '0x7a69';
    const rpc = await node(({ id, method }, r) =>
      r.end(JSON.stringify({ id, result: method === 'eth_chainId' ? chain : block })),
    );
    await Block.latest(rpc);
    chain = '0x1';
    await expect(Block.latest(rpc)).rejects.toMatchObject({ name: 'WrongChain', next: 'halt' });
  });
});

describe('many questions in one', () => {
  const call = { to: '0x00000000000000000000000000000000000000aa', data: '0x' } as const;
  const hash = `0x${'11'.repeat(32)}`;

  test.each(['0x', '0x00', `0x${'00'.repeat(64)}`, 'abc', null])('are not answered by %j', async (reply) => {
    const rpc = await results({ eth_call: reply });
    await expect(Multicall.ask(rpc, hash, [call])).rejects.toBeInstanceOf(Rpc.ProviderFailure);
  });

  test('fail for a while where the block is gone', async () => {
    const error = { code: -32_000, message: 'header not found' };
    const rpc = await node(({ id }, r) => r.end(JSON.stringify({ id, error })));
    await expect(Multicall.ask(rpc, hash, [call])).rejects.toMatchObject({ next: 'retry' });
  });
});

describe('sending', () => {
  const signed = { raw: '0x02', hash: `0x${'22'.repeat(32)}`, from: '0x', nonce: 0 };
  const refusing = (message: string) =>
    node(({ id }, r) => r.end(JSON.stringify({ id, error: { code: -32_000, message } })));

  test.each([
    'already known',
    'nonce too low: next nonce 5, tx nonce 4',
    'replacement transaction underpriced',
    'transaction underpriced: gas tip cap 100000000, minimum needed 1000000000',
    'max fee per gas less than block base fee: address 0x11, maxFeePerGas: 140, baseFee: 146',
    'FeeTooLow, EffectivePriorityFeePerGas too low 1 < 2',
    'Gas price below configured minimum gas price',
  ])('leaves the outcome open at "%s"', async (message) =>
    expect(await send(await refusing(message), signed)).toBeUndefined(),
  );

  test.each(['insufficient funds for gas * price + value', 'intrinsic gas too low'])(
    'says so where the node will not have the bytes: "%s"',
    async (message) => expect(send(await refusing(message), signed)).rejects.toBeInstanceOf(Rpc.RpcRefusal),
  );

  test.each([`0x${'33'.repeat(32)}`, '0x', null])('distrusts a node that names the bytes %j', async (hash) => {
    const rpc = await results({ eth_sendRawTransaction: hash });
    await expect(send(rpc, signed)).rejects.toBeInstanceOf(Rpc.ProviderFailure);
  });
});
