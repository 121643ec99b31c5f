import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { openEmbedded } from '@trimtab/adapters/journal';
import { describe, expect, test } from 'vitest';
import { inFolder, INIT, MAIN, object, trimtab } from '../../test/trimtab.ts';

describe.each(['halt', 'resume'])('%s', (cmd) => {
  test('fails where the engine has the order and does not confirm it', () =>
    inFolder(async (cwd) => {
      await trimtab([...INIT, '--journal', 'journal'], { cwd });
      const answer = () => Promise.resolve({ journalled: false });
      const engine = await openEmbedded(join(cwd, 'journal'), { answer });
      try {
        const ended = await trimtab([cmd, '--json'], { cwd });
        expect(ended.exit).toBe(4);
        expect(object(ended)).toMatchObject({
          ok: false,
          error: { name: 'NotConfirmed', fix: expect.stringContaining('trimtab status') },
        });
      } finally {
        await engine.close();
      }
    }));
});

describe('run', () => {
  test('waits a moment for a folder that is only being read', () =>
    inFolder(async (cwd) => {
      await trimtab([...INIT, '--journal', 'journal'], { cwd });
      const reader = await openEmbedded(join(cwd, 'journal'));
      const child = spawn(process.execPath, [MAIN, 'run', '--once', '--no-page'], { cwd });
      const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
      let out = '';
      const released = new Promise<void>((resolve) => {
        child.stdout.on('data', (chunk: Buffer) => {
          out += chunk.toString();
          if (out.includes('only being read')) resolve();
        });
      });
      await Promise.race([released, ended]);
      await reader.close();
      // Past the folder, and stopped by the node that is not there.
      expect(await ended, out).toBe(4);
    }));
});
