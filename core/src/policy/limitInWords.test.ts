import { expect, test } from 'vitest';
import { limitInWords } from './limitInWords.ts';
import type { Limit } from './Limit.ts';

const DOLLAR = 10n ** 18n;

test.each<readonly [Limit, string]>([
  [{ kind: 'staleness', grace: 60 }, 'staleness: no price more than 60 s past its heartbeat'],
  [{ kind: 'divergence', max: 50 }, 'divergence: sources and markets within 0.5 % of the primary price'],
  [{ kind: 'depeg', pegs: { usdc: DOLLAR }, max: 100 }, 'depeg: nothing bought more than 1 % from its peg'],
  [{ kind: 'notional', perTrade: 5_000n * DOLLAR }, 'notional: at most $5,000 at once'],
  [
    { kind: 'notional', perTrade: 500n * DOLLAR, perDay: 9_000n * DOLLAR },
    'notional: at most $500 at once, $9,000 a day',
  ],
  [{ kind: 'health', thresholds: { weth: 8_000 }, min: 15_000 }, 'health: a health factor of at least 1.5'],
  [{ kind: 'exposure', name: 'Circle', assets: ['usdc'], markets: [], max: 5_000 }, 'exposure: at most 50 % in Circle'],
  [{ kind: 'reduce-only', assets: ['weth'] }, 'reduce-only: one asset sold but not bought'],
])('%o in words', (limit, words) => {
  expect(limitInWords(limit)).toBe(words);
});
