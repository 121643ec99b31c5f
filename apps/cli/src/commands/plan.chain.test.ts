import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKeystore } from '@trimtab/adapters/custody';
import { KEY, localVault } from '../../test/localVault.ts';
import type { LocalVault } from '../../test/localVault.ts';
import { inFolder, object, trimtab } from '../../test/trimtab.ts';

let vault: LocalVault;
let configuration: string;
beforeAll(async () => {
  vault = await localVault();
  configuration = (await trimtab([...vault.init, '--config', '-'])).out;
});
afterAll(() => vault.stop());

/** Write the vault's configuration, changed as asked, and run a command beside it. */
const withConfig = (change: (config: string) => string, ...args: readonly string[]) =>
  inFolder((cwd) => {
    writeFileSync(join(cwd, 'trimtab.yaml'), change(configuration));
    return trimtab(args, { cwd });
  });
const same = (config: string): string => config;

describe('plan', () => {
  test('shows now, target, band and drift, and each trade with floor and cost', async () => {
    const { exit, out, err } = await withConfig(same, 'plan');
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out).toMatch(
      /^WETH +\$700,000\.00 +70\.00 % +60\.00 % +55\.00 % … 65\.00 % +\+10\.00 pp +\+16\.67 % +above its band$/m,
    );
    expect(out).toMatch(/1\. let custody sell down to \S+ % below the oracle, until /);
    expect(out).toMatch(
      /2–\d+\. sell 50 WETH for 99,\S+ USDC, at least 99,\S+ USDC, through 2 markets; costs \$\S+ \(fees \$\S+, impact \$\S+, gas \$\S+\)\n {5}in \d+ slices, one a block, /,
    );
    expect(out).toContain('ACT: no limit stands in the way.');
  });

  test('needs no key and leaves nothing behind', () =>
    inFolder(async (cwd) => {
      writeFileSync(join(cwd, 'trimtab.yaml'), configuration);
      const first = object(await trimtab(['plan', '--json'], { cwd }));
      expect(object(await trimtab(['plan', '--json'], { cwd }))).toEqual(first);
      expect(readdirSync(cwd)).toEqual(['trimtab.yaml']);
    }));

  test('inside the bands holds and says how far the nearest is; --now shows the plan all the same', async () => {
    const wide = (config: string): string => config.replace('absolute: 5pp', 'absolute: 20pp');
    const held = await withConfig(wide, 'plan', '--json');
    expect(object(held)).toMatchObject({
      exit: 0,
      decision: { kind: 'hold', seen: { drift: [{ band: [expect.closeTo(0.4), expect.closeTo(0.8)] }, {}] } },
    });
    expect(object(await withConfig(wide, 'plan', '--json', '--now'))).toMatchObject({
      decision: { kind: 'act', seen: { drift: [{ band: [expect.closeTo(0.4), expect.closeTo(0.8)] }, {}] } },
    });
  });

  test('exits with 5 and names limit, value, allowance and fix where a limit stops it', async () => {
    const { exit, out } = await withConfig((config) => config.replace('turnover: 30%', 'turnover: 1%'), 'plan');
    expect(exit).toBe(5);
    expect(out).toMatch(/REFUSED:\n {2}turnover: was .*, allowed .*1.*%.*; /);
  });

  test('says which symbols the vault has where the configuration names another', async () => {
    const { exit, err } = await withConfig((config) => config.replace('WETH: 60%', 'ETH: 60%'), 'plan');
    expect(exit).toBe(3);
    expect(err).toMatch(
      /line \d+: strategy\.targets\.ETH: is not an asset of the vault; did you mean WETH\? the vault holds WETH, USDC/,
    );
  });

  test('exits with 4 where the vault is no vault or no node answers', async () => {
    const stranger = await withConfig(
      (config) => config.replace(/^vault: .*$/m, `vault: 0x${'12'.repeat(20)}`),
      'plan',
    );
    expect(stranger).toMatchObject({ exit: 4, out: '' });
    expect(stranger.err).toContain('is its address right?');
    const silent = await withConfig(
      (config) => config.replace(/rpc: .*$/m, 'rpc: http://127.0.0.1:1'),
      'plan',
      '--json',
    );
    expect(object(silent)).toMatchObject({ ok: false, exit: 4, error: { name: 'ProviderFailure' } });
  });
});

describe('doctor', () => {
  test('finds nothing wrong where nothing is', async () => {
    const { exit, out } = await withConfig(same, 'doctor');
    expect(out).toMatch(/\d+ ok, 0 warnings, 0 failed\n$/);
    expect(exit).toBe(0);
  });

  test('tells every fault with its fix, and exits with 1', async () => {
    const spoilt = (config: string): string =>
      `${config.replace(/^vault: .*$/m, `vault: 0x${'12'.repeat(20)}`)}\nkeystore: { file: none.json, passphrase: env:UNSET_ANYWHERE }\n`;
    const ended = await withConfig(spoilt, 'doctor', '--json');
    const { findings } = object(ended) as {
      readonly findings: readonly { readonly name: string; readonly state: string; readonly fix?: string }[];
    };
    const failed = findings.filter(({ state }) => state === 'fail');
    expect(ended.exit).toBe(1);
    expect(failed.map(({ name }) => name)).toEqual(['key', 'vault']);
    expect(failed.every(({ fix }) => fix !== undefined && fix !== '')).toBe(true);
  });

  test.each([
    ['is the strategist', KEY, 0, /ok +strategist +0x\S+ may propose for the vault/],
    [
      'is not the strategist',
      `0x${'43'.repeat(32)}` as const,
      1,
      /FAIL +strategist +0x\S+ may not propose: the vault's strategist is 0x\S+\n +→ let the vault's owner 0x\S+ queue/,
    ],
  ])('says where the key %s', (_, key, failing, told) =>
    inFolder(async (cwd) => {
      const passphrase = join(cwd, 'passphrase');
      writeFileSync(passphrase, 'correct horse battery staple', { mode: 0o600 });
      await createKeystore(join(cwd, 'key.json'), `file:${passphrase}`, key);
      const keystore = '\nkeystore: { file: key.json, passphrase: file:passphrase }\n';
      writeFileSync(join(cwd, 'trimtab.yaml'), configuration + keystore);
      const { out } = await trimtab(['doctor'], { cwd });
      expect(out).toMatch(told);
      expect(out.match(/FAIL +strategist/g) ?? []).toHaveLength(failing);
    }),
  );

  test('sees a node that serves another chain', async () => {
    const { out } = await withConfig((config) => config.replace('id: 31337', 'id: 1'), 'doctor');
    expect(out).toMatch(/FAIL +rpc .*serves chain 31337, not 1/);
  });
});
