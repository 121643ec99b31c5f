// Who may import whom. A rule without a check is a wish, so this table is the rule: whatever it does not allow
// is a violation, and so is a file that it does not cover. `tools/boundaries.test.ts` sees every line of it bite.

import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { listFiles } from './listFiles.ts';
import { readImports } from './readImports.ts';

/** Say what the files of one place may import. Inside the house a target reads `./core/src/…`; a package, by its name. */
type Rule = {
  readonly place: string;
  readonly files: RegExp;
  readonly may: readonly RegExp[];
  /** What they may import as types only. */
  readonly mayType?: readonly RegExp[];
};

/** Name one import that the table does not allow. */
export type Violation = {
  readonly file: string;
  readonly line: number;
  readonly imports: string;
  readonly why: string;
};

// The rooms inside core, in the order of the sentence: money moves in markets; a portfolio of it, under a forecast
// and a policy, becomes a plan, which the guard lets pass or stops.
const rooms = ['money', 'market', 'portfolio', 'forecast', 'policy', 'plan', 'guard'];

const core = /^@trimtab\/core$/;
// Also the samples, the codec and the suites of the ports. The suites run under vitest, so that what ships may see only
// their types.
const coreInTest = /^@trimtab\/core(\/sample)?$/;
const engine = /^@trimtab\/engine$/;
const codec = /^@trimtab\/engine\/codec$/;
const engineInTest = /^@trimtab\/engine(\/(codec|conformance))?$/;
const house = /^@trimtab\//;
const elsewhere = /^(?!@trimtab\/|\.|node:|<)/;
const node = /^node:/;
const testing = [/^vitest$/, /^fast-check$/, node];
const test = String.raw`.*\.test\.tsx?$`;

const rules: readonly Rule[] = [
  // Tests run outside the pure world; the rooms they may see stay those of the code beside them.
  { place: 'a test of core', files: new RegExp(`^core/src/${test}`), may: [/^\.\/core\/src\//, ...testing] },
  {
    place: 'a test of the engine',
    files: new RegExp(`^engine/src/(${test}|conformance/)`),
    may: [/^\.\/engine\/src\//, coreInTest, /^@trimtab\/lab$/, /^zod$/, ...testing],
  },
  {
    place: 'a test of the lab',
    files: new RegExp(`^lab/src/${test}`),
    may: [/^\.\/lab\/src\//, coreInTest, engineInTest, ...testing],
  },
  {
    place: 'a test of the adapters',
    files: new RegExp(`^adapters/src/${test}`),
    may: [/^\.\/adapters\/src\//, coreInTest, engineInTest, /^@trimtab\/contracts$/, elsewhere, node],
  },
  {
    place: 'a test of the API',
    files: new RegExp(`^apps/api/${test}`),
    may: [/^\.\/apps\/api\//, coreInTest, engineInTest, /^@trimtab\/lab$/, /^zod$/, /^fastify$/, ...testing],
  },
  {
    place: 'a test of the page',
    files: /^apps\/web\/(test\/|.*\.test\.tsx?$)/,
    may: [/^\.\/apps\/web\//, /^@trimtab\/api(\/|$)/, coreInTest, engineInTest, elsewhere, node],
  },

  ...rooms.map((room, index) => ({
    place: `core/${room}`,
    files: new RegExp(`^core/src/${room}/`),
    may: [new RegExp(`^\\./core/src/(${rooms.slice(0, index + 1).join('|')})/`)],
  })),
  { place: 'core', files: /^core\/src\/[^/]+$/, may: [/^\.\/core\/src\//] },
  { place: 'the engine', files: /^engine\/src\//, may: [/^\.\/engine\/src\/(?!conformance\/)/, core, /^zod$/] },
  {
    place: 'the adapters',
    files: /^adapters\/src\//,
    may: [/^\.\/adapters\/src\//, core, codec, /^@trimtab\/contracts$/, elsewhere, node],
    mayType: [engineInTest],
  },
  { place: 'the lab', files: /^lab\/src\//, may: [/^\.\/lab\/src\//, core, engine] },
  {
    place: 'the API',
    files: /^apps\/api\/src\//,
    may: [/^\.\/apps\/api\/src\//, core, engine, /^zod$/, /^fastify$/, /^@fastify\//, node],
  },
  {
    place: 'the page',
    files: /^apps\/web\/src\//,
    may: [/^\.\/apps\/web\/src\//, /^@trimtab\/api\/contract$/, core, /^react(-dom)?(\/|$)/, /^uplot(\/|$)/],
  },
  { place: "the page's build", files: /^apps\/web\/[^/]+$/, may: [/^\.\/apps\/web\//, /^vite$/, /^@vitejs\//, node] },
  // The composition root, and what measures and explains the whole, may see every room by its public name.
  {
    place: 'the command line',
    files: /^apps\/cli\//,
    may: [/^\.\/apps\/cli\//, house, elsewhere, node, /^<computed>$/],
  },
  { place: 'the benches', files: /^bench\//, may: [/^\.\/bench\//, house, elsewhere, node] },
  {
    place: 'the examples',
    files: /^examples\//,
    may: [/^\.\/examples\//, coreInTest, engine, /^@trimtab\/lab$/, ...testing],
  },
  { place: 'the contracts', files: /^contracts\//, may: [/^\.\/contracts\//, elsewhere, node] },
  {
    place: 'the tools',
    files: /^(tools\/|[^/]+$)/,
    may: [/^\.\/tools\//, /^\.\/contracts\/runForge\.ts$/, elsewhere, node],
  },
];

/** List every import under `root` that the table does not allow, and every source that it does not cover. */
export function violations(root: string): readonly Violation[] {
  const sources = listFiles(root).filter((file) => /\.tsx?$/.test(file));
  return sources.flatMap((file) => {
    const rule = rules.find((one) => one.files.test(file));
    if (!rule)
      return [{ file, line: 1, imports: '', why: 'no rule covers this place: add one to tools/boundaries.ts' }];
    return readImports(file, readFileSync(`${root}/${file}`, 'utf8')).flatMap(({ from, line, typeOnly }) => {
      const imports = from.startsWith('.') ? `./${posix.join(posix.dirname(file), from)}` : from;
      if (imports.startsWith('./') && !existsSync(`${root}/${imports.replace(/\?.*$/, '')}`))
        return [{ file, line, imports, why: 'no such file: a relative import names the file with its ending' }];
      const may = [...rule.may, ...(typeOnly ? (rule.mayType ?? []) : [])];
      return may.some((one) => one.test(imports)) ? [] : [{ file, line, imports, why: `${rule.place} may not see it` }];
    });
  });
}
