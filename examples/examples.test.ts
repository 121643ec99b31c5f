import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

/** What each example must print. An example without an entry fails: nobody would notice if it stopped working. */
const EXPECTED: Readonly<Record<string, readonly RegExp[]>> = {
  '01-decide.ts': [
    /^ACT because WETH is 52\.9 % against 60\.0 % ± 2\.0 pp: below its band; WBTC is 35\.3 % /,
    /USDC: \$10,000, 11\.8 % of the portfolio; target 10\.0 %; inside its band/,
    /plan 8: let custody settle 2 trades and nothing beyond, at worst 0\.\d+ % below the oracle/,
    /- sell 0\.15 WBTC for about 2\.98\d* WETH; at least 99\.5 % of that/,
    /in one piece, at a slippage of 0\.5 %, .+/,
    /No other plan is better by more than \d+\.\d\d bps of the portfolio\./,
    /Trades \$6,000 for fees \$\d+\.\d\d, price impact \$\d+\.\d\d, gas \$11\.85\. The guard let it pass\.\n$/,
  ],
};

const folder = import.meta.dirname;
const files = readdirSync(folder).filter((file) => /^\d\d-.*\.ts$/.test(file));

describe('examples', () => {
  test('are all expected here, and all here exist', () => {
    expect(files).toEqual(Object.keys(EXPECTED).toSorted());
  });

  test.each(files)('%s runs as it is and prints what it promises', (file) => {
    const printed = execFileSync(process.execPath, [join(folder, file)], { encoding: 'utf8' });
    for (const line of EXPECTED[file] ?? []) expect(printed).toMatch(line);
  });
});
