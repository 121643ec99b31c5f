// One door to a node. A node is outside: every answer is checked for shape, size and identity here, so that
// nothing further in can mistake garbage for a zero. Retrying is the engine's business, not this file's.

/** Speak JSON-RPC to one node that must serve one chain. */
export type Rpc = {
  /** Scheme and host only: the path of a node's address often holds a secret. */
  readonly name: string;
  readonly chain: number;
  /** Ask once. Throws ProviderFailure when no well-formed answer came, RpcRefusal when the node said no. */
  readonly request: (method: string, params: readonly unknown[]) => Promise<unknown>;
};

/** More than any answer that is asked for here; a node that sends more is broken or hostile. {byte} */
const LARGEST_ANSWER = 32 * 1024 * 1024;

/** Open a door to the node at `url`; nothing is sent yet. `timeout` is {ms}. */
export function open(url: string, chain: number, timeout = 10_000): Rpc {
  const name = new URL(url).origin;
  let last = 0;
  const request = async (method: string, params: readonly unknown[]): Promise<unknown> => {
    last += 1;
    const id = last;
    const fail = (why: string): ProviderFailure => new ProviderFailure(name, method, why);
    const text = await post(url, JSON.stringify({ jsonrpc: '2.0', id, method, params }), timeout).catch(
      (error: unknown) => Promise.reject(fail(describe(error))),
    );
    return answer(text, id, fail, method);
  };
  return { name, chain, request };
}

async function post(url: string, body: string, timeout: number): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers,
    redirect: 'error',
    signal: AbortSignal.timeout(timeout),
  });
  const text = await bounded(response);
  // Some nodes put a well-formed refusal under an HTTP error; anything else there is a proxy's page.
  if (!response.ok && !text.startsWith('{')) throw new Error(`HTTP ${response.status}: ${excerpt(text)}`);
  return text;
}

async function bounded(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > LARGEST_ANSWER) throw new Error(`more than ${LARGEST_ANSWER} bytes`);
    parts.push(decoder.decode(chunk, { stream: true }));
  }
  return parts.join('') + decoder.decode();
}

function answer(text: string, id: number, fail: (why: string) => ProviderFailure, method: string): unknown {
  let reply: unknown;
  try {
    reply = JSON.parse(text);
  } catch {
    throw fail(`not JSON: ${excerpt(text)}`);
  }
  if (typeof reply !== 'object' || reply === null || !('id' in reply)) throw fail(`not a reply: ${excerpt(text)}`);
  if ('error' in reply && reply.error !== null && reply.error !== undefined) throw refusal(reply.error, method);
  if (reply.id !== id) throw fail(`answers request ${JSON.stringify(reply.id)}, not ${id}`);
  if (!('result' in reply)) throw fail(`neither result nor error: ${excerpt(text)}`);
  return reply.result;
}

function refusal(error: unknown, method: string): RpcRefusal {
  const fields: Record<string, unknown> = typeof error === 'object' && error !== null ? { ...error } : {};
  const message = typeof fields['message'] === 'string' ? fields['message'] : JSON.stringify(error);
  const data = typeof fields['data'] === 'string' ? fields['data'] : undefined;
  return new RpcRefusal(method, typeof fields['code'] === 'number' ? fields['code'] : 0, message, data);
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.message}${cause}`;
}

function excerpt(text: string): string {
  return JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}…` : text);
}

/** The node gave no usable answer. What was asked may or may not have happened. */
export class ProviderFailure extends Error {
  override readonly name = 'ProviderFailure';
  readonly next = 'retry';
  readonly fix: string;
  constructor(node: string, method: string, why: string) {
    const fix = 'Check that the node is up and that its address is a JSON-RPC endpoint.';
    super(`${method} at ${node} gave no usable answer: ${why}. ${fix}`);
    this.fix = fix;
  }
}

/** The node understood the question and refused it. `data` holds a revert's bytes where there are any. */
export class RpcRefusal extends Error {
  override readonly name = 'RpcRefusal';
  readonly next = 'skip';
  readonly fix = 'Read the reason; the same question will be refused again.';
  readonly code: number;
  readonly reason: string;
  readonly data: string | undefined;
  constructor(method: string, code: number, reason: string, data: string | undefined) {
    super(`${method} was refused: ${reason} (code ${code})`);
    this.code = code;
    this.reason = reason;
    this.data = data;
  }
}
