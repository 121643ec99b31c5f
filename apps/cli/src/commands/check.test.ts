import { describe, expect, test } from 'vitest';
import { INIT, object, trimtab } from '../../test/trimtab.ts';

const { out: VALID } = await trimtab([...INIT, '--relative', '25%', '--absolute', '5pp', '--config', '-']);
const check = (input: string, ...flags: readonly string[]) => trimtab(['check', '--config', '-', ...flags], { input });

describe('check', () => {
  test('shows absolute and relative bands side by side, and the narrower that counts', async () => {
    const { out } = await check(VALID.replace('WETH: 60%', 'WETH: 90%').replace('USDC: 40%', 'USDC: 10%'));
    expect(out).toMatch(/WETH {3}90\.00 % {2}85\.00 % … 95\.00 % {2}67\.50 % … 100\.00 % {2}85\.00 % … 95\.00 %/);
    expect(out).toMatch(/USDC {3}10\.00 % {3}5\.00 % … 15\.00 % {4}7\.50 % … 12\.50 % {3}7\.50 % … 12\.50 %/);
  });

  test('says the strategy in words, limits included', async () => {
    const { out } = await check(VALID);
    expect(out).toContain('Hold WETH 60.00 %, USDC 40.00 %.');
    expect(out).toContain('rebalance when an asset leaves its band, back to the target');
    expect(out).toContain('that sells more than 30 % of the value');
    expect(out).toContain('Mode dry-run: nothing is ever signed.');
  });

  test('warns of a band that can only trigger upwards, and of slippage beyond its limit', async () => {
    const { out } = await check(
      VALID.replace('WETH: 60%', 'WETH: 97%')
        .replace('USDC: 40%', 'USDC: 3%')
        .replace('relative: 25%', '')
        .replace('slippage: 30bps', 'slippage: 2%'),
    );
    expect(out).toContain(
      'the band of USDC reaches down to 0 %, so a fall of USDC never triggers; choose a width below 3.00 %.',
    );
    expect(out).toContain('slippage 2 % is above limits.slippage 1 %');
  });

  test('names file, line, key and the key that was meant', async () => {
    const { exit, err } = await check(VALID.replace('vault:', 'valt:'));
    expect(exit).toBe(3);
    const line = VALID.split('\n').findIndex((each) => each.startsWith('vault:')) + 1;
    expect(err).toContain(`line ${line}: valt: is not a key of the configuration; did you mean vault?`);
  });

  test('reads an address as text, not as a number', async () => {
    expect(object(await check(VALID, '--json'))).toMatchObject({ ok: true, mode: 'dry-run', warnings: [] });
  });

  test.each([
    ['a: [1', 'cannot be read as a configuration: line 1'],
    ['version: 1\nversion: 1', 'Map keys must be unique'],
    ['a: &a [*a]', 'aliases are not allowed'],
    ['', '(top level): is missing; a section is needed'],
  ])('refuses %j with where and why', async (input, message) => {
    const { exit, err, out } = await check(input);
    expect({ exit, out }).toEqual({ exit: 3, out: '' });
    expect(err).toContain(message);
  });

  test('tells a program every problem in one object', async () => {
    const ended = await check(
      VALID.replace('every: 1m', 'every: soon').replace('slippage: 30bps', 'slippage: 30'),
      '--json',
    );
    expect({ exit: ended.exit, err: ended.err }).toEqual({ exit: 3, err: '' });
    expect(object(ended)).toMatchObject({
      ok: false,
      exit: 3,
      error: {
        name: 'ConfigError',
        problems: [
          { path: 'strategy.slippage', value: '30', fix: 'write a share with its unit, such as 1bps' },
          { path: 'every', value: 'soon' },
        ],
      },
    });
  });
});
