// What a package exports is a promise to its users. Listing the names makes every change of it visible in review.

import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { parseSync } from 'oxc-parser';
import type { ParseResult } from 'oxc-parser';

/**
 * List the names that a module exports, sorted; those that are types only are marked `type`, and those inside a
 * namespace carry its name. Follows relative `export *`; throws on one from a package, whose names are not ours to promise.
 */
export function listExports(file: string): readonly string[] {
  const parsed = parseSync(file, readFileSync(file, 'utf8'));
  const beside = (from: string) => listExports(posix.join(posix.dirname(file), from));
  const namespaces = [...namespaceConstants(parsed)].flatMap(([name, from]) =>
    beside(from)
      .filter((one) => !one.startsWith('type '))
      .map((one) => `${name}.${one}`),
  );
  const names = parsed.module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ exportName, importName, moduleRequest, isType }) => {
      const name = exportName.kind === 'None' ? undefined : (exportName.name ?? 'default');
      if (name !== undefined && importName.kind !== 'All') return [isType ? `type ${name}` : name];
      const from = moduleRequest?.value ?? '';
      if (!from.startsWith('.')) throw new Error(`${file} has \`export * from '${from}'\`: name what it re-exports.`);
      return beside(from).map((one) => within(name, one, isType));
    }),
  );
  return [...new Set([...names, ...namespaces])].toSorted();
}

/** Find each `export const Noun = NounModule`, which gives a namespace the same name as its type; to the module behind. */
function namespaceConstants({ program, module }: ParseResult): ReadonlyMap<string, string> {
  const imported = new Map(
    module.staticImports.flatMap(({ entries, moduleRequest }) =>
      entries
        .filter(({ importName }) => importName.kind === 'NamespaceObject')
        .map(({ localName }) => [localName.value, moduleRequest.value] as const),
    ),
  );
  const declared = program.body.flatMap((node) =>
    node.type === 'ExportNamedDeclaration' && node.declaration?.type === 'VariableDeclaration'
      ? node.declaration.declarations
      : [],
  );
  return new Map(
    declared.flatMap(({ id, init }) => {
      const from = init?.type === 'Identifier' ? imported.get(init.name) : undefined;
      return from !== undefined && id.type === 'Identifier' ? [[id.name, from] as const] : [];
    }),
  );
}

/** Name an export as seen through a re-export, which may put it in a namespace or let only types through. */
function within(namespace: string | undefined, name: string, typeOnly: boolean): string {
  const bare = name.replace(/^type /, '');
  const full = namespace === undefined ? bare : `${namespace}.${bare}`;
  return typeOnly || bare !== name ? `type ${full}` : full;
}
