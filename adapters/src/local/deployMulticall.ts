// Real chains have Multicall3 at one well-known address; a local chain gets it there too.

import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';
import * as Multicall from '../chain/Multicall.ts';
import * as Hex from '../chain/Hex.ts';
import type { Rpc } from '../chain/Rpc.ts';

/** Put Multicall3 where the chain adapters look for it. */
export async function deployMulticall(rpc: Rpc): Promise<void> {
  // viem carries the creation code for calls without deployment, but does not export it.
  const file = fileURLToPath(new URL('../_cjs/constants/contracts.js', import.meta.resolve('viem')));
  const { multicall3Bytecode } = createRequire(import.meta.url)(file) as { readonly multicall3Bytecode: string };
  // A call without a destination runs creation code and answers with the code it would leave behind.
  const code = Hex.bytes(rpc, 'Multicall3', await rpc.request('eth_call', [{ data: multicall3Bytecode }, 'latest']));
  await rpc.request('anvil_setCode', [Multicall.ADDRESS, code]);
}
