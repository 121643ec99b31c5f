import { describe, expect, test } from 'vitest';
import { object, trimtab } from '../../test/trimtab.ts';

const target = `0x${'ab'.repeat(20)}`;
const motion = (data: string, description = ''): string =>
  JSON.stringify({ targets: [target], values: ['0'], calldatas: [data], description });

describe('gov diff', () => {
  test('exits with 9 where a call cannot be told, and says which', async () => {
    const ended = await trimtab(['gov', 'diff', '-'], { input: motion('0xdeadbeef') });
    expect(ended.exit).toBe(9);
    expect(ended.out).toContain('1  UNKNOWN  CANNOT BE READ: nobody here knows a function 0xdeadbeef');
    expect(ended.out).toContain('Do not vote for what nobody can tell.');
    const json = object(await trimtab(['gov', 'diff', '-', '--json'], { input: motion('0xdeadbeef') }));
    expect(json).toMatchObject({
      ok: false,
      exit: 9,
      unknown: 1,
      clear: false,
      effects: [{ at: '1', weight: 'unknown' }],
    });
  });

  test('shows a title as text, whatever it holds', async () => {
    const { out } = await trimtab(['gov', 'diff', '-'], { input: motion('0x', '\u001b[31mred\u0007\nsecond line') });
    expect(out).toContain('“ [31mred ”');
    expect(out).not.toContain('\u001b');
  });

  test.each([
    [['gov', 'diff'], '', 'A proposal is needed, from one place.'],
    [['gov', 'diff', '-', '--tx', '0x1'], '', 'A proposal is needed, from one place.'],
    [['gov', 'diff', '--tx', '0x1'], '', '--tx needs a node'],
    [['gov', 'diff', 'none.json'], '', 'none.json cannot be read'],
    [['gov', 'diff', '-'], '{', 'is no JSON'],
    [['gov', 'diff', '-'], '{}', 'needs the three lists'],
    [['gov', 'diff', '-', '--rpc', 'nowhere'], '{}', 'nowhere is no address of a node'],
  ])('%j says what is missing', async (args, input, message) => {
    const { exit, err, out } = await trimtab(args, { input });
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toContain(message);
  });
});
