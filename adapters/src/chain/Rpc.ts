// One door to a node. A node is outside: every answer is checked for shape, size and identity here, so that
// nothing further in can mistake garbage for a zero.

/** Speak JSON-RPC to one node that must serve one chain. */
export type Rpc = {
  readonly url: string;
  readonly chain: number;
  /** Ask once; rejects with ProviderFailure when no well-formed answer came, with RpcRefusal when the node said no. */
  readonly request: (method: string, params: readonly unknown[]) => Promise<unknown>;
};

/** Open a door to the node at `url`; `timeout` is {ms}. */
export function open(url: string, chain: number, timeout = 10_000): Rpc {
  return { url, chain, request: (method) => Promise.reject(new Error(`not yet: ${method} ${timeout}`)) };
}
