import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BadHistory } from './BadHistory.ts';
import { parseHistory } from './parseHistory.ts';

const reading = { file: 'prices.csv', maxGap: 120 };
const WAD = 10n ** 18n;

const wide = `time,BTC,ETH
2023-08-17T21:44:00Z,28000,1639.313029
2023-08-17T21:45:00Z,27900.5,1595.167321
2023-08-17T21:47:00Z,27950,1598
`;

describe('reading prices', () => {
  test('wide rows become one exact series for each symbol', () => {
    const history = parseHistory(wide, reading);
    expect(history.symbols).toEqual(['BTC', 'ETH']);
    expect(history.times).toEqual([1_692_308_640, 1_692_308_700, 1_692_308_820]);
    expect(history.prices[0]).toEqual([28_000n * WAD, 279_005n * 10n ** 17n, 27_950n * WAD]);
    expect(history.prices[1]?.[1]).toBe(1_595_167_321n * 10n ** 12n);
    expect(history.source).toBe('prices.csv');
  });

  test('tidy rows say the same in any order of symbols', () => {
    const rows = wide
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split(','));
    const tidy = (symbols: readonly (readonly [string, number])[]): string =>
      [
        'time,symbol,price',
        ...symbols.flatMap(([symbol, i]) => rows.map((row) => `${row[0]},${symbol},${row[i]}`)),
      ].join('\n');
    const interleaved = [
      'time,symbol,price',
      ...rows.flatMap((row) => [`${row[0]},BTC,${row[1]}`, `${row[0]},ETH,${row[2]}`]),
    ];
    expect(
      parseHistory(
        tidy([
          ['BTC', 1],
          ['ETH', 2],
        ]),
        reading,
      ),
    ).toEqual(parseHistory(wide, reading));
    expect(parseHistory(interleaved.join('\n'), reading)).toEqual(parseHistory(wide, reading));
  });

  test.each([
    ['1692308640', 1_692_308_640],
    ['2023-08-17', 1_692_230_400],
    ['2023-08-17T21:44', 1_692_308_640],
    ['2023-08-17 21:44:00', 1_692_308_640],
    ['2023-08-17T21:44:00.000Z', 1_692_308_640],
    ['2023-08-17T23:44:00+02:00', 1_692_308_640],
    ['2023-08-17T17:44:00-0400', 1_692_308_640],
    ['2024-02-29T00:00:00Z', 1_709_164_800],
  ])('time %s is read as %s', (text, at) => {
    expect(parseHistory(`time,BTC\n${text},1`, reading).times).toEqual([at]);
  });

  test('dates agree with the platform calendar', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_230_940_800, max: 4_102_444_800 }), (at) => {
        const text = new Date(at * 1000).toISOString();
        expect(parseHistory(`time,BTC\n${text},1`, reading).times).toEqual([at]);
      }),
    );
  });

  test('a decimal is read exactly: writing it with 18 decimals gives it back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 30n }), (atoms) => {
        const text = `${atoms / WAD}.${String(atoms % WAD).padStart(18, '0')}`;
        expect(parseHistory(`time,X\n2020-01-01,${text}`, reading).prices).toEqual([[atoms]]);
      }),
    );
  });

  test('exponents are read and digits beyond the eighteenth decimal are cut off', () => {
    const read = (text: string): bigint | undefined =>
      parseHistory(`time,X\n2020-01-01,${text}`, reading).prices[0]?.[0];
    expect(read('1.25e-05')).toBe(12_500_000_000_000n);
    expect(read('2E3')).toBe(2_000n * WAD);
    expect(read('0.1234567890123456789')).toBe(123_456_789_012_345_678n);
  });

  test('line ends, a byte-order mark and blank last lines change nothing', () => {
    expect(parseHistory(`\uFEFF${wide.replaceAll('\n', '\r\n')}\r\n`, reading)).toEqual(parseHistory(wide, reading));
  });
});

describe('refusing prices', () => {
  test.each([
    ['a gap', wide.replace('21:47', '21:48'), 4, '2023-08-17T21:48:00Z', /gap of 180 s where at most 120 s/],
    ['zero', wide.replace('27900.5', '0.0'), 3, '0.0', /zero/],
    ['a price below an atom', wide.replace('27900.5', '1e-19'), 3, '1e-19', /zero to 18 decimals/],
    ['a negative price', wide.replace('27900.5', '-1'), 3, '-1', /negative/],
    ['not a number', wide.replace('27900.5', 'NaN'), 3, 'NaN', /not a decimal number/],
    ['infinity', wide.replace('27900.5', 'Infinity'), 3, 'Infinity', /not a decimal number/],
    ['hexadecimal', wide.replace('27900.5', '0x10'), 3, '0x10', /not a decimal number/],
    ['an absurd price', wide.replace('27900.5', '1e13'), 3, '1e13', /above/],
    ['a missing price', wide.replace('27900.5', ''), 3, '', /missing/],
    ['a repeated time', wide.replace('21:45', '21:44'), 3, '2023-08-17T21:44:00Z', /time of the row before/],
    ['time running back', wide.replace('21:47', '21:43'), 4, '2023-08-17T21:43:00Z', /120 s before the row above/],
    ['no such day', wide.replace('2023-08-17T21:45', '2023-02-29T21:45'), 3, '2023-02-29T21:45:00Z', /not a time/],
    [
      'a time before there were chains',
      wide.replace('2023-08-17T21:44', '2008-08-17T21:44'),
      2,
      '2008-08-17T21:44:00Z',
      /before 2009/,
    ],
    ['milliseconds', wide.replace('2023-08-17T21:45:00Z', '1692308700000'), 3, '1692308700000', /finer than a second/],
    ['a fraction of a second', wide.replace('21:45:00Z', '21:45:00.5Z'), 3, '2023-08-17T21:45:00.5Z', /not a time/],
    ['a ragged row', wide.replace(',1598', ''), 4, '2023-08-17T21:47:00Z,27950', /2 fields where the header has 3/],
    ['a blank line inside', wide.replace('\n2023-08-17T21:47', '\n\n2023-08-17T21:47'), 4, '', /1 fields/],
    ['a quote', wide.replace('27950', '"27950"'), 4, "2023-08-17T21:47:00Z,'27950',1598", /quoted/],
    ['a doubled symbol', wide.replace('BTC,ETH', 'BTC,BTC'), 1, 'BTC', /names two columns/],
    ['another header', wide.replace('time', 'date'), 1, 'date,BTC,ETH', /neither header/],
    ['nothing', '', 1, '', /no data/],
    ['a header alone', 'time,BTC\n', 1, 'time,BTC', /no data/],
  ])('%s is refused at its line', (_, text, line, value, why) => {
    const refused = refusal(() => parseHistory(text, reading));
    expect(refused).toMatchObject({ file: 'prices.csv', line, value, why: expect.stringMatching(why) as string });
    expect(refused.fix).not.toBe('');
    expect(refused.message).toContain(`prices.csv:${line}: "${value}"`);
  });

  test('an unknown symbol is refused in both layouts', () => {
    const known = { ...reading, symbols: ['BTC'] };
    expect(refusal(() => parseHistory(wide, known))).toMatchObject({ line: 1, value: 'ETH' });
    const tidy = 'time,symbol,price\n2020-01-01,BTC,1\n2020-01-01,ETH,1';
    expect(refusal(() => parseHistory(tidy, known))).toMatchObject({ line: 3, value: 'ETH' });
  });

  test('a tidy file must have every symbol at every time', () => {
    const text =
      'time,symbol,price\n1700000000,BTC,1\n1700000000,ETH,1\n1700000060,BTC,1\n1700000120,BTC,1\n1700000120,ETH,1';
    expect(refusal(() => parseHistory(text, reading))).toMatchObject({
      line: 4,
      value: 'BTC',
      why: expect.stringMatching(/ETH has none/) as string,
    });
  });
});

function refusal(run: () => unknown): BadHistory {
  try {
    run();
  } catch (error) {
    if (error instanceof BadHistory) return error;
    throw error;
  }
  throw new Error('the text was accepted');
}
