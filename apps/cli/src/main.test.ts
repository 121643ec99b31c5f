import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as Exit from './Exit.ts';
import { inFolder, object, trimtab } from '../test/trimtab.ts';

const COMMANDS = ['doctor', 'check', 'plan', 'run', 'status', 'explain', 'halt', 'resume'];

describe('trimtab', () => {
  test('lists its commands and its exit codes', async () => {
    const { exit, out } = await trimtab(['--help']);
    expect(exit).toBe(0);
    for (const name of ['demo', 'init', 'gov', ...COMMANDS]) expect(out).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    for (const code of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) expect(out).toMatch(new RegExp(`^ {2}${code} {2}\\S`, 'm'));
  });

  test('documents the exit codes that it lists', async () => {
    const { out } = await trimtab(['--help']);
    const documented = readFileSync(new URL('../../../docs/cli.md', import.meta.url), 'utf8').matchAll(
      /^\| (\d) \| ([^`|]+.*) \|$/gm,
    );
    const listed = out.slice(out.indexOf('Exit codes:')).matchAll(/^ {2}(\d) {2}(.+)$/gm);
    expect([...documented].map(([, code, meaning]) => [code, meaning])).toEqual(
      [...listed].map(([, code, meaning]) => [code, meaning]),
    );
  });

  test('documents which errors lead to which exit, by the names they have', () => {
    const documented = readFileSync(new URL('../../../docs/cli.md', import.meta.url), 'utf8').matchAll(
      /^\| (\d) \| ((?:`\w+`(?:, )?)+) \|$/gm,
    );
    const listed = ([1, 2, 3, 4, 5, 6, 7, 8, 9] as const)
      .map((exit) => [exit, Exit.errorsOf(exit)] as const)
      .filter(([, names]) => names.length > 0);
    expect(
      [...documented].map(([, exit, names]) => [Number(exit), (names ?? '').replaceAll('`', '').split(', ')]),
    ).toEqual(listed);
  });

  test.each([['chek'], ['check', '--vebose'], ['explain', 'a', 'b'], []])(
    'refuses usage it does not know: %j',
    async (...args) => {
      const { exit, out, err } = await trimtab(args);
      expect({ exit, out }).toEqual({ exit: 2, out: '' });
      expect(err).not.toBe('');
    },
  );

  test('tells a program of wrong usage in one object', async () => {
    expect(object(await trimtab(['chek', '--json']))).toMatchObject({
      ok: false,
      exit: 2,
      error: { name: 'UsageError' },
    });
  });

  test.each(COMMANDS.filter((name) => name !== 'doctor'))(
    '%s says how to get a configuration where there is none',
    (name) =>
      inFolder(async (cwd) => {
        const human = await trimtab([name], { cwd });
        expect({ exit: human.exit, out: human.out }).toEqual({ exit: 3, out: '' });
        expect(human.err).toContain(
          'trimtab.yaml cannot be read as a configuration: there is no such file.\nFix: write one with `trimtab init`',
        );
        expect(object(await trimtab([name, '--json'], { cwd }))).toMatchObject({
          ok: false,
          exit: 3,
          error: { name: 'ConfigUnreadable' },
        });
      }),
  );

  test('takes the path of the configuration from the environment', async () => {
    expect((await trimtab(['check'], { env: { TRIMTAB_CONFIG: 'elsewhere.yaml' } })).err).toContain(
      'elsewhere.yaml cannot be read',
    );
  });

  test('shows where an error was thrown only when asked', async () => {
    expect((await trimtab(['check', '-c', 'none'])).err).not.toContain('at ');
    expect((await trimtab(['check', '-c', 'none', '--verbose'])).err).toContain('readConfig.ts');
  });
});
