// The compiler's syntax tree of one source, alone: nothing it imports is read.

import { createRequire } from 'node:module';

/** Hold one node of the tree, with the bytes of the source that it stands for. */
export type Node = {
  readonly nodeType: string;
  readonly start: number;
  readonly end: number;
  readonly operator?: string;
  readonly name?: string;
  readonly kind?: string;
  readonly children: readonly Node[];
  readonly field: (name: string) => Node | undefined;
  readonly list: (name: string) => readonly Node[];
};

type Raw = { readonly nodeType: string; readonly src: string } & Readonly<Record<string, unknown>>;
type Compiler = { readonly compile: (input: string) => string };

/** Parse a source. Throws SyntaxError if the compiler cannot. */
export function parse(content: string): Node {
  const compiler = createRequire(import.meta.url)('solc') as Compiler;
  const settings = { stopAfter: 'parsing', outputSelection: { '*': { '': ['ast'] } } };
  const input = { language: 'Solidity', sources: { source: { content } }, settings };
  const output = JSON.parse(compiler.compile(JSON.stringify(input))) as {
    readonly sources?: { readonly source?: { readonly ast?: Raw } };
    readonly errors?: readonly { readonly severity: string; readonly message: string }[];
  };
  const fault = output.errors?.find(({ severity }) => severity === 'error');
  const ast = output.sources?.source?.ast;
  if (fault !== undefined || ast === undefined) throw new SyntaxError(fault?.message ?? 'the compiler gave no tree');
  return nodeOf(ast);
}

function nodeOf(raw: Raw): Node {
  const [start = 0, length = 0] = raw.src.split(':').map(Number);
  const text = (key: string) => (typeof raw[key] === 'string' ? { [key]: raw[key] } : {});
  const name = raw['memberName'] ?? raw['name'];
  return {
    nodeType: raw.nodeType,
    start,
    end: start + length,
    ...text('operator'),
    ...text('kind'),
    ...(typeof name === 'string' ? { name } : {}),
    children: Object.values(raw).flat().filter(isRaw).map(nodeOf),
    field: (key) => (isRaw(raw[key]) ? nodeOf(raw[key]) : undefined),
    list: (key) => (Array.isArray(raw[key]) ? raw[key].filter(isRaw).map(nodeOf) : []),
  };
}

function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && 'nodeType' in value && 'src' in value;
}
