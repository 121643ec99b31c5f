// One reader of imports for the checks. It parses, so that a comment or a string is never taken for an import.

import { parseSync, Visitor } from 'oxc-parser';

/** Hold one import: what it names, on which line, and whether only types come through it. */
export type Import = { readonly from: string; readonly line: number; readonly typeOnly: boolean };

/**
 * List what a TypeScript source imports or re-exports, dynamic imports and `import('x')` types included.
 * A dynamic import of a computed name is listed as `<computed>`. Throws when the source does not parse.
 */
export function readImports(path: string, source: string): readonly Import[] {
  const { program, errors } = parseSync(path, source);
  const [error] = errors;
  if (error) throw new Error(`${path} does not parse: ${error.message}. Fix the syntax and run the check again.`);
  const found: Import[] = [];
  const add = (from: unknown, start: number, typeOnly: boolean) => {
    const line = source.slice(0, start).split('\n').length;
    found.push({ from: typeof from === 'string' ? from : '<computed>', line, typeOnly });
  };
  new Visitor({
    ImportDeclaration: (node) => {
      const named = node.specifiers.length > 0;
      const types = node.specifiers.every((one) => one.type === 'ImportSpecifier' && one.importKind === 'type');
      add(node.source.value, node.start, node.importKind === 'type' || (named && types));
    },
    ExportNamedDeclaration: (node) => {
      if (node.source) add(node.source.value, node.start, node.exportKind === 'type');
    },
    ExportAllDeclaration: (node) => add(node.source.value, node.start, node.exportKind === 'type'),
    ImportExpression: (node) => add(node.source.type === 'Literal' ? node.source.value : null, node.start, false),
    TSImportType: (node) => add(node.source.value, node.start, true),
  }).visit(program);
  return found;
}
