import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { INIT, inFolder, object, trimtab } from '../../test/trimtab.ts';

const pick = (...names: readonly string[]) =>
  names.flatMap((name) => INIT.slice(INIT.indexOf(name), INIT.indexOf(name) + 2));

describe('init', () => {
  test('writes a configuration that check accepts', () =>
    inFolder(async (cwd) => {
      const written = await trimtab([...INIT, '--relative', '25%', '--calendar', '7d', '--keystore', 'k/key.json'], {
        cwd,
      });
      expect(written).toMatchObject({ exit: 0, err: '' });
      expect(await trimtab(['check'], { cwd })).toMatchObject({ exit: 0, err: '' });
    }));

  test('writes what a transaction may cost and when it counts, given or not', () =>
    inFolder(async (cwd) => {
      const written = async (...flags: readonly string[]) =>
        (await trimtab([...INIT, '--config', '-', ...flags], { cwd })).out;
      expect(await written()).toMatch(/^ {2}confirmations: 2$[^]*^ {2}tip: 1 gwei$[^]*^ {2}max-fee: 500 gwei$/m);
      const given = await written('--confirmations', '12', '--tip', '0.01 gwei', '--max-fee', '30 gwei');
      expect(given).toMatch(/^ {2}confirmations: 12$[^]*^ {2}tip: 0.01 gwei$[^]*^ {2}max-fee: 30 gwei$/m);
    }));

  test('comments every section it writes', () =>
    inFolder(async (cwd) => {
      await trimtab(INIT, { cwd });
      const sections = readFileSync(join(cwd, 'trimtab.yaml'), 'utf8').split('\n\n').slice(1);
      expect(sections.filter((section) => !section.includes('# '))).toEqual([]);
    }));

  test('writes to a pipe that check reads', async () => {
    const { out } = await trimtab([...INIT, '--config', '-']);
    expect(await trimtab(['check', '--config', '-'], { input: out })).toMatchObject({ exit: 0, err: '' });
  });

  test('leaves a file that exists as it is, unless forced', () =>
    inFolder(async (cwd) => {
      const file = join(cwd, 'trimtab.yaml');
      writeFileSync(file, 'mine');
      const refused = await trimtab(INIT, { cwd });
      expect(refused.exit).toBe(2);
      expect(refused.err).toContain('trimtab.yaml exists and is left as it is.');
      expect(readFileSync(file, 'utf8')).toBe('mine');
      expect(await trimtab([...INIT, '--force'], { cwd })).toMatchObject({ exit: 0 });
      expect(readFileSync(file, 'utf8')).toContain('version: 1');
    }));

  test('without a terminal names every flag that is missing and does not wait', async () => {
    const { exit, err } = await trimtab(['init', ...pick('--chain-id', '--vault', '--native', '--filler')]);
    expect(exit).toBe(2);
    expect(err).toContain('give --rpc URL, --pool ADDRESS, --target SYMBOL=SHARE (once for each asset)');
  });

  test('writes nothing that check would refuse, and tells every reason', () =>
    inFolder(async (cwd) => {
      const { exit, err } = await trimtab([...INIT, '--target', 'DAI=10%', '--every', '5', '--absolute', '5%'], {
        cwd,
      });
      expect(exit).toBe(3);
      expect(err).toContain(
        'strategy.targets: sums to 110 %; weights must sum to 100 %; lower one of WETH 60 %, USDC 40 %, DAI 10 % by 10 pp',
      );
      expect(err).toContain('strategy.band.absolute "5%"');
      expect(err).toContain('every "5"');
      expect(existsSync(join(cwd, 'trimtab.yaml'))).toBe(false);
    }));

  test('refuses a passphrase in place of a reference, and does not repeat it', async () => {
    const ended = await trimtab([...INIT, '--config', '-', '--keystore', 'k.json', '--passphrase', 'hunter2']);
    expect(ended.exit).toBe(3);
    expect(ended.err).toContain('keystore.passphrase: is not a reference');
    expect(ended.out + ended.err).not.toContain('hunter2');
  });

  test('makes a keystore that doctor finds closed to others, and never replaces one', () =>
    inFolder(async (cwd) => {
      const env = { TRIMTAB_PASSPHRASE: 'correct horse battery staple' };
      const flags = [...INIT, '--keystore', 'keys/strategist.json', '--create-keystore', '--json'];
      const made = object(await trimtab(flags, { cwd, env }));
      expect(made).toMatchObject({ ok: true, keystore: join(cwd, 'keys/strategist.json') });
      const { out } = await trimtab(['doctor'], { cwd, env });
      expect(out).toContain(`holds the key of ${String(made['address'])}`);
      expect(out).toMatch(/ok +key file +mode 0600/);
      expect(out).toMatch(/ok +passphrase +is in the environment variable TRIMTAB_PASSPHRASE/);
      expect(await trimtab([...flags, '--force'], { cwd, env })).toMatchObject({ exit: 8 });
    }));

  test('tells a program in one object what it wrote', () =>
    inFolder(async (cwd) => {
      expect(object(await trimtab([...INIT, '--json'], { cwd }))).toEqual({
        ok: true,
        exit: 0,
        command: 'init',
        file: 'trimtab.yaml',
        mode: 'dry-run',
      });
    }));
});
