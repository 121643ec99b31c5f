// What the compiler says of one contract, told in lines that a change moves only where it changes something: a reviewer
// sees in the difference of two texts which slot moved and which function appeared.

type Slot = { readonly label: string; readonly slot: string; readonly offset: number; readonly type: string };
type Parameter = {
  readonly type: string;
  readonly indexed?: boolean;
  readonly components?: readonly Parameter[];
};
type Entry = {
  readonly type: string;
  readonly name?: string;
  readonly inputs?: readonly Parameter[];
  readonly outputs?: readonly Parameter[];
  readonly stateMutability?: string;
};

/** Hold what is kept of one compiled contract. */
export type Compiled = {
  readonly name: string;
  readonly abi: readonly Entry[];
  readonly bytecode: { readonly object: string };
  readonly deployedBytecode: { readonly object: string };
  readonly storageLayout: {
    readonly storage: readonly Slot[];
    /** Null where nothing is stored. */
    readonly types: Readonly<Record<string, { readonly label: string; readonly members?: readonly Slot[] }>> | null;
  };
  readonly metadata: {
    readonly compiler: { readonly version: string };
    readonly settings: Readonly<Record<'evmVersion' | 'optimizer' | 'metadata', unknown>>;
  };
};

/** {byte} EIP-170: larger code is not deployed. */
const LARGEST = 24_576;

/** Tell where a contract keeps what: one line for each variable in storage, and for each member of what is packed. */
export function layoutOf({ name, storageLayout }: Compiled): readonly string[] {
  const members = Object.values(storageLayout.types ?? {}).flatMap(({ label, members = [] }) =>
    members.map((slot) => `${name} ${label} ${placeOf(slot)}`),
  );
  return [...storageLayout.storage.map((slot) => `${name} ${placeOf(slot)}`), ...members.sort()];
}

/** Types carry node ids of the compiler's tree, which change with every edit anywhere: they are dropped. */
function placeOf({ slot, offset, label, type }: Slot): string {
  return `${slot}+${offset} ${label} ${type.replaceAll(/\)\d+/g, ')')}`;
}

/** Tell what can be called, read, announced and refused: one line each, in order. */
export function abiOf({ name, abi }: Compiled): readonly string[] {
  return abi.map((entry) => `${name} ${signatureOf(entry)}`).sort();
}

/** Name the contracts whose code is too large to be deployed, with their size {byte}. */
export function tooLarge(all: readonly Compiled[]): readonly string[] {
  return all.flatMap(({ name, deployedBytecode }) => {
    const size = deployedBytecode.object.length / 2 - 1;
    return size > LARGEST ? [`${name} ${size}`] : [];
  });
}

/** DELEGATECALL and CALLCODE run the code of another contract as one's own; SELFDESTRUCT gives everything away. */
const FOREIGN: Readonly<Record<number, string>> = { 0xf4: 'DELEGATECALL', 0xf2: 'CALLCODE', 0xff: 'SELFDESTRUCT' };

/** Name the contracts that could run code of another, with the instruction and where it is. */
export function runsForeignCode(all: readonly Compiled[]): readonly string[] {
  return all.flatMap(({ name, deployedBytecode }) => {
    const code = Buffer.from(deployedBytecode.object.slice(2), 'hex');
    const found: string[] = [];
    for (let at = 0; at < code.length; at += 1) {
      const op = code[at] ?? 0;
      const foreign = FOREIGN[op];
      if (foreign !== undefined) found.push(`${name} ${foreign} at ${at}`);
      // What is pushed is no instruction.
      if (op >= 0x60 && op <= 0x7f) at += op - 0x5f;
    }
    return found;
  });
}

function signatureOf({ type, name, inputs = [], outputs = [], stateMutability }: Entry): string {
  const called = `${type}${name === undefined ? '' : ` ${name}`}(${listOf(inputs)})`;
  const given = outputs.length === 0 ? '' : ` returns (${listOf(outputs)})`;
  return `${called}${stateMutability === undefined ? '' : ` ${stateMutability}`}${given}`;
}

function listOf(parameters: readonly Parameter[]): string {
  return parameters.map((one) => `${typeOf(one)}${one.indexed === true ? ' indexed' : ''}`).join(', ');
}

/** Spell a tuple by its members, as the selector does. */
function typeOf({ type, components = [] }: Parameter): string {
  return type.startsWith('tuple') ? `(${listOf(components)})${type.slice('tuple'.length)}` : type;
}
