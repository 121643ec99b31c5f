// Calls, as deep as they are nested, turned into names and arguments, or into the reason why they cannot be. Nothing is
// guessed: an encoding that differs in one byte from the one that its arguments have is not read.

import { type Address, decodeFunctionData, encodeFunctionData, getAddress, type Hex, toFunctionSignature } from 'viem';
import type { Book } from './Book.ts';
import * as Registry from './Registry.ts';

/** Name what is called, with how much of the native coin {wei} and which bytes. */
export type Call = { readonly target: Address; readonly value: bigint; readonly data: Hex };

/** Say how much is known of the target: listed with its contract, by its name only, not at all, or nothing can be. */
export type Standing = 'listed' | 'named' | 'unlisted' | 'no book';

/** Arguments by name. */
type Args = Readonly<Record<string, unknown>>;

/** Hold a call that was read; `at` is its place, as `2.1` for the first call inside the second. */
export type Read = {
  readonly kind: 'read';
  readonly at: string;
  readonly call: Call;
  readonly standing: Standing;
  readonly contract: string;
  readonly name: string;
  readonly payable: boolean;
  readonly args: Args;
  readonly inside: readonly Decoded[];
};

/** Hold a call that was not, and why. */
export type Unread = { readonly kind: 'unread'; readonly at: string; readonly call: Call; readonly why: string };

/** Hold plain coin sent to an address. */
type Sent = { readonly kind: 'sent'; readonly at: string; readonly call: Call; readonly standing: Standing };

export type Decoded = Read | Unread | Sent;

/** Calls inside calls, at most this deep: nothing honest goes deeper. */
const DEEPEST = 8;

/** Decode every call of a proposal. */
export function decode(calls: readonly Call[], book: Book | undefined): readonly Decoded[] {
  return calls.map((call, index) => decodeOne(call, String(index + 1), book));
}

function decodeOne(call: Call, at: string, book: Book | undefined): Decoded {
  const unread = (why: string): Unread => ({ kind: 'unread', at, call, why });
  if (at.split('.').length > DEEPEST) return unread(`it is nested more than ${DEEPEST} calls deep`);
  const standing = standingOf(call, book);
  if (call.data === '0x') return { kind: 'sent', at, call, standing };
  if (call.data.length < 10) return unread('it has fewer bytes than a selector');
  const contract = book?.get(getAddress(call.target))?.contract;
  const selector = call.data.slice(0, 10).toLowerCase() as Hex;
  const known = Registry.find(selector, contract);
  const [likeliest] = known;
  if (likeliest === undefined)
    return unread(
      contract === undefined ? `nobody here knows a function ${selector}` : `${contract} has no function ${selector}`,
    );
  for (const { item, ...from } of known) {
    const args = argsOf(item, call.data);
    if (args !== undefined) return readAs({ contract: from.contract, item }, args, { at, call, standing, book });
  }
  const { name } = likeliest.item;
  return unread(`its bytes are not what arguments of ${name} look like: some are missing, changed or left over`);
}

function standingOf({ target }: Call, book: Book | undefined): Standing {
  if (book === undefined) return 'no book';
  const entry = book.get(getAddress(target));
  if (entry === undefined) return 'unlisted';
  return entry.contract === undefined ? 'named' : 'listed';
}

type Place = {
  readonly at: string;
  readonly call: Call;
  readonly standing: Standing;
  readonly book: Book | undefined;
};

function readAs({ contract, item }: Registry.Known, args: Args, { at, call, standing, book }: Place): Decoded {
  const signature = toFunctionSignature(item);
  const foreign = runsForeignCode(signature, args);
  if (foreign !== undefined) return { kind: 'unread', at, call, why: `${contract}.${item.name} ${foreign}` };
  const inside = insideOf(signature, args, call);
  if (inside === undefined) {
    return { kind: 'unread', at, call, why: `${contract}.${item.name} has lists of different lengths` };
  }
  return {
    kind: 'read',
    at,
    call,
    standing,
    contract,
    name: item.name,
    payable: item.stateMutability === 'payable',
    args,
    inside: inside.map((inner, index) => decodeOne(inner, `${at}.${index + 1}`, book)),
  };
}

/** Decode strictly: encoding again must give the very same bytes. */
function argsOf(item: Registry.Known['item'], data: Hex): Args | undefined {
  try {
    const { args } = decodeFunctionData({ abi: [item], data });
    const list: readonly unknown[] = args ?? [];
    const again = encodeFunctionData({ abi: [item], functionName: item.name, args: [...list] });
    if (again !== data.toLowerCase()) return undefined;
    return Object.fromEntries(item.inputs.map(({ name }, index) => [nameOf(name, index), list[index]]));
  } catch {
    return undefined;
  }
}

function nameOf(name: string | undefined, index: number): string {
  return name === undefined || name === '' ? `#${index}` : name;
}

/** Say how a call would run code that is not the target's with the target's powers. */
function runsForeignCode(signature: string, args: Args): string | undefined {
  const { implementation } = args;
  if (typeof implementation === 'string') return `puts the code at ${implementation} in place of its own`;
  if (signature === 'multiSend(bytes)') return 'runs a list of calls as whoever delegates to it';
  if ('operation' in args && args['operation'] !== 0)
    return `runs the code at ${String(args['to'])} as its own (delegatecall)`;
  return undefined;
}

type Inside = (args: Args, call: Call) => readonly Call[] | undefined;

const single =
  (target: string, data: string): Inside =>
  (args) => [{ target: args[target] as Address, value: (args['value'] ?? 0n) as bigint, data: args[data] as Hex }];

const several =
  (data: string): Inside =>
  (args) => {
    const targets = args['targets'] as readonly Address[];
    const values = args['values'] as readonly bigint[];
    const list = args[data] as readonly Hex[];
    if (values.length !== targets.length || list.length !== targets.length) return undefined;
    return targets.map((target, index) => ({ target, value: values[index] ?? 0n, data: list[index] ?? '0x' }));
  };

/** An announcement is of a call of the same contract. */
const announced: Inside = (args, { target }) => [{ target, value: 0n, data: args['call'] as Hex }];

const BATCH = '(address[],uint256[],bytes[],bytes32,bytes32';
const MOTION = '(address[],uint256[],bytes[],';

const INSIDE: Readonly<Record<string, Inside>> = {
  'queue(bytes)': announced,
  'revoke(bytes)': announced,
  'schedule(address,uint256,bytes,bytes32,bytes32,uint256)': single('target', 'data'),
  [`scheduleBatch${BATCH},uint256)`]: several('payloads'),
  'execute(address,uint256,bytes,bytes32,bytes32)': single('target', 'payload'),
  [`executeBatch${BATCH})`]: several('payloads'),
  [`propose${MOTION}string)`]: several('calldatas'),
  [`queue${MOTION}bytes32)`]: several('calldatas'),
  [`execute${MOTION}bytes32)`]: several('calldatas'),
  [`cancel${MOTION}bytes32)`]: several('calldatas'),
  'relay(address,uint256,bytes)': single('target', 'data'),
  'execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)': single('to', 'data'),
  'execTransactionFromModule(address,uint256,bytes,uint8)': single('to', 'data'),
  'multicall(bytes[])': (args, { target }) =>
    (args['data'] as readonly Hex[]).map((data) => ({ target, value: 0n, data })),
  'aggregate3((address,bool,bytes)[])': (args) =>
    (args['calls'] as readonly { readonly target: Address; readonly callData: Hex }[]).map((one) => ({
      target: one.target,
      value: 0n,
      data: one.callData,
    })),
};

function insideOf(signature: string, args: Args, call: Call): readonly Call[] | undefined {
  const inside = INSIDE[signature];
  return inside === undefined ? [] : inside(args, call);
}
