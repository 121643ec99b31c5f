// What a package exports is a promise to its users. Listing the names makes every change of it visible in review.

import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { parseSync } from 'oxc-parser';

/**
 * List the names that a module exports, sorted; those that are types only are marked `type`.
 * Follows `export *` through relative imports; throws on one from a package, whose names are not ours to promise.
 */
export function listExports(file: string): readonly string[] {
  const { module } = parseSync(file, readFileSync(file, 'utf8'));
  const names = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap((entry) => {
      if (entry.exportName.kind !== 'None') {
        return [`${entry.isType ? 'type ' : ''}${entry.exportName.name ?? 'default'}`];
      }
      const from = entry.moduleRequest?.value ?? '';
      if (!from.startsWith('.')) throw new Error(`${file} has \`export * from '${from}'\`: name what it re-exports.`);
      const behind = listExports(posix.join(posix.dirname(file), from));
      return entry.isType ? behind.map((name) => (name.startsWith('type ') ? name : `type ${name}`)) : behind;
    }),
  );
  return names.toSorted();
}
