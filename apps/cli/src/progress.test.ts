import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { line } from './progress.ts';

describe('progress', () => {
  test('tells the share done and the time left at the pace so far', () => {
    expect(line({ done: 25, total: 100, label: 'replay', elapsed: 10 }, 24)).toBe(
      `replay  ${'█'.repeat(6)}${'░'.repeat(18)} 25 %  30s left`,
    );
  });

  test('tells the time spent where the size is not known', () => {
    expect(line({ done: 3, total: 0, label: 'compile', elapsed: 65, note: 'solc' }, 24)).toBe('compile  1m 5s  solc');
  });

  test('keeps its width whatever is done', () => {
    const counts = fc.integer({ min: -5, max: 500 });
    fc.assert(
      fc.property(counts, counts, (done, total) => {
        const drawn = line({ done, total: Math.max(1, total), label: '', elapsed: 1 }, 24);
        expect(drawn.match(/[█░]/g)).toHaveLength(24);
      }),
    );
  });

  test('writes nothing to standard output, and nothing at all about a short job in a pipe', () => {
    const job = `import { progress } from ${JSON.stringify(new URL('./progress.ts', import.meta.url).href)}; const p = progress(3, 'job'); p.to(1); p.to(2); p.done();`;
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', job], {
      encoding: 'utf8',
    });
    expect({ stdout, stderr, status }).toEqual({ stdout: '', stderr: '', status: 0 });
  });
});
