import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inFolder, object, trimtab } from '../../test/trimtab.ts';
import { UsageError } from '../UsageError.ts';
import * as Folder from './Folder.ts';

describe("a rehearsal's folder", () => {
  test('is refused where it holds what no demo wrote, even under the names that a demo uses', () =>
    inFolder(async (folder) => {
      for (const name of ['trimtab.yaml', 'keystore.json', 'stage.json', 'keeper'])
        writeFileSync(join(folder, name), 'mine');
      await expect(Folder.claim(folder)).rejects.toThrow(UsageError);
      await expect(Folder.claim(folder)).rejects.toThrow(folder);
      expect(readdirSync(folder)).toHaveLength(4);
    }));

  test('is cleared of what a demo wrote, and of nothing else', () =>
    inFolder(async (parent) => {
      const folder = join(parent, 'new');
      await Folder.claim(folder);
      mkdirSync(join(folder, 'journal', 'pgdata'), { recursive: true });
      for (const name of ['keystore.json', 'passphrase', 'keeper', 'stage.json', 'trimtab.yaml', 'thesis.tex'])
        writeFileSync(join(folder, name), name);
      await Folder.claim(folder);
      await Folder.clear(folder);
      expect(readdirSync(folder)).toEqual(['.trimtab-demo', 'thesis.tex']);
    }));

  test('is refused where it is a file', () =>
    inFolder(async (parent) => {
      const file = join(parent, 'file');
      writeFileSync(file, 'mine');
      await expect(Folder.claim(file)).rejects.toThrow(/cannot be used: EEXIST/);
    }));
});

describe('trimtab demo', () => {
  test('leaves a folder that is not its own alone', () =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, 'thesis.tex'), 'years of work');
      const ended = await trimtab(['demo', '--headless', '--json', '--fresh', '--folder', folder]);
      expect(object(ended)).toMatchObject({ ok: false, exit: 2, error: { name: 'UsageError' } });
      expect(ended.exit).toBe(2);
      expect(readFileSync(join(folder, 'thesis.tex'), 'utf8')).toBe('years of work');
    }));

  test.each([
    { args: ['--data', 'none.csv'], names: ['--data', 'none.csv'] },
    { args: ['--data', '.'], names: ['--data'] },
    { args: ['--port', '99999999'], names: ['--port', '99999999', '65535'] },
    { args: ['--targets', 'WETH=50%,USDC=40%'], names: ['--targets', '90 %'] },
  ])('refuses $args as wrong usage, naming key, value and fix', ({ args, names }) =>
    inFolder(async (cwd) => {
      const ended = await trimtab(['demo', '--headless', '--json', ...args], { cwd, env: { TRIMTAB_DATA: '' } });
      const told = JSON.stringify(object(ended));
      for (const name of names) expect(told).toContain(name);
      expect(object(ended)).toMatchObject({ ok: false, exit: 2, error: { fix: expect.stringMatching(/./) } });
      expect(ended.exit).toBe(2);
      expect(ended.err).not.toContain('not expected');
    }),
  );
});
