import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KEY, localVault } from '../../test/localVault.ts';
import type { LocalVault } from '../../test/localVault.ts';
import { MAIN, object, trimtab } from '../../test/trimtab.ts';
import { createKeystore } from '@trimtab/adapters/custody';

const PASSPHRASE = 'correct horse battery staple';
const env = { TRIMTAB_PASSPHRASE: PASSPHRASE };

let vault: LocalVault;
let cwd: string;
beforeAll(async () => {
  vault = await localVault();
  cwd = mkdtempSync(join(tmpdir(), 'trimtab-run-'));
  const passphrase = join(cwd, 'passphrase');
  writeFileSync(passphrase, PASSPHRASE, { mode: 0o600 });
  await createKeystore(join(cwd, 'key.json'), `file:${passphrase}`, KEY);
  await trimtab([...vault.init, '--mode', 'live', '--keystore', 'key.json'], { cwd });
});
afterAll(async () => {
  await vault.stop();
  rmSync(cwd, { recursive: true, force: true });
});

const run = (...args: readonly string[]) => trimtab(args, { cwd, env });

/** Start an engine that goes on, and wait until it has said something. */
async function engine(
  said: RegExp,
  ...args: readonly string[]
): Promise<{ readonly child: ChildProcess; readonly out: () => string }> {
  const child = spawn(process.execPath, [MAIN, 'run', '--no-page', ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (out += chunk.toString()));
  while (!said.test(out)) {
    if (child.exitCode !== null) throw new Error(`the engine ended with ${child.exitCode}: ${out}`);
    await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), once(child, 'exit')]);
  }
  return { child, out: () => out };
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
  return child.exitCode;
}

describe('a dry run', () => {
  test('decides, says why, and signs nothing', async () => {
    const { exit, out } = await run('run', '--once', '--no-page');
    expect(exit).toBe(0);
    expect(out).toContain('DRY RUN: the configuration says live; give --live to sign and send.');
    expect(out).toMatch(/DRY RUN .*WETH 70\.00 % \(\+10\.00 pp\).*WOULD ACT/);
    expect(object(await run('explain', '--json'))).toMatchObject({ decision: { kind: 'act', mode: 'DRY RUN' } });
    expect((await run('explain')).out).toContain('Nothing was signed');
  });
});

describe('a running engine', () => {
  test('answers status, halt and resume, keeps a second one out, and stops cleanly at a signal', async () => {
    const { child, out } = await engine(/WOULD ACT/);
    try {
      expect(object(await run('status', '--json'))).toMatchObject({
        exit: 0,
        running: { pid: child.pid },
        status: { mode: 'DRY RUN', state: 'outside' },
      });
      const second = await run('run', '--once', '--no-page');
      expect(second.exit).toBe(7);
      expect(second.err).toContain(String(child.pid));
      expect(object(await run('halt', '--why', 'lunch', '--json'))).toMatchObject({
        exit: 0,
        to: 'engine',
        why: 'lunch',
      });
      const halted = await run('status');
      expect(halted.exit).toBe(6);
      expect(halted.out).toMatch(/HALTED since .* by .*: lunch\./);
      expect((await run('resume')).exit).toBe(0);
      expect((await run('status')).exit).toBe(0);
      expect((await run('plan', '--json')).exit).toBe(0);
    } finally {
      expect(await stop(child, 'SIGTERM')).toBe(0);
    }
    expect(out()).toContain('Stopping after the step under way');
    expect((await run('status')).out).toMatch(/^Not running\./);
  });
});

describe('a live run', () => {
  test('needs the configuration and the flag to agree', async () => {
    const file = join(cwd, 'dry.yaml');
    writeFileSync(file, readFileSync(join(cwd, 'trimtab.yaml'), 'utf8').replace('mode: live', 'mode: dry-run'));
    const { exit, err } = await run('run', '--live', '--once', '--no-page', '--config', 'dry.yaml');
    expect(exit).toBe(2);
    expect(err).toContain('--live was given, but the configuration says mode: dry-run.');
  });

  test('with a wrong passphrase exits with 8 and repeats no secret', async () => {
    const ended = await trimtab(['run', '--live', '--once', '--no-page'], {
      cwd,
      env: { TRIMTAB_PASSPHRASE: 'hunter2' },
    });
    expect(ended.exit).toBe(8);
    expect(ended.out + ended.err).not.toContain('hunter2');
  });

  test('that would have to ask for its passphrase says so where there is no terminal', async () => {
    const file = readFileSync(join(cwd, 'trimtab.yaml'), 'utf8');
    writeFileSync(join(cwd, 'ask.yaml'), file.replace(/passphrase: .*/, 'passphrase: prompt'));
    const { exit, err } = await run('run', '--live', '--once', '--no-page', '--config', 'ask.yaml');
    expect(exit).toBe(8);
    expect(err).toContain('there is no terminal to ask at');
  });

  test('while halted trades nothing and exits with 6', async () => {
    expect(object(await run('halt', '--json'))).toMatchObject({ to: 'journal' });
    expect((await run('run', '--live', '--once', '--no-page')).exit).toBe(6);
    expect(object(await run('resume', '--json'))).toMatchObject({ to: 'journal' });
  });

  test('brings the vault back to target, and tells how afterwards', async () => {
    const { exit, out } = await run('run', '--live', '--once', '--no-page');
    expect(exit).toBe(0);
    expect(out).toContain('✓ rebalanced');
    const after = object(await run('plan', '--json'));
    expect(after['decision']).toMatchObject({
      kind: 'hold',
      seen: { drift: [{ weight: expect.closeTo(0.6, 2) }, {}] },
    });
    const { out: story } = await run('explain', 'trade');
    expect(story).toMatch(/Run c\d+: done/);
    expect(story).toMatch(/1\. settled in block \d+ at .* as 0x[0-9a-f]{64}$/m);
    expect(story).toMatch(/2–\d+\. settled in blocks \d+ to \d+: sold \S+ WETH for \S+ USDC \(expected \S+ USDC\)/);
    expect(story).toMatch(/cost \$\S+ \(fees \$\S+, impact \$\S+, gas \$\S+\)/);
    expect(JSON.parse((await run('explain', 'trade', '--json')).out)).toMatchObject({
      decision: { run: { state: 'done', mode: 'LIVE' } },
    });
  });
});
