// The crash of 12 March 2020, when ether lost 42 % in a day: nine published daily closes, joined by chance.

import type { Price, Seconds, Time } from '@trimtab/core';
import { bridge } from '../history/bridge.ts';
import type { History } from '../history/History.ts';

/** Choose the minutes to imagine. Default: seed 1, a point every five minutes. */
export type Choice = { readonly seed?: number; readonly step?: Seconds };

/**
 * Daily closes in US cents, 8 to 16 March 2020, each at the midnight (UTC) that ends its day.
 * Source: CoinMarketCap, Historical Data, https://coinmarketcap.com/currencies/bitcoin/historical-data/ and
 * https://coinmarketcap.com/currencies/ethereum/historical-data/, column Close, rounded to the cent.
 */
const CLOSES = {
  BTC: [810_812n, 792_364n, 790_973n, 791_143n, 497_079n, 556_371n, 520_037n, 539_231n, 501_448n],
  ETH: [20_069n, 20_199n, 20_077n, 19_487n, 11_235n, 13_320n, 12_331n, 12_521n, 11_061n],
} as const;

/** The end of 8 March 2020, 2020-03-09T00:00:00Z. */
const FIRST_CLOSE: Time = 1_583_712_000;
const CENT: Price = 10n ** 16n;

/**
 * Play 9 to 16 March 2020 for BTC and ETH: real closes, imagined minutes. Same seed, same minutes.
 * The noise has each symbol's own realised volatility over these days and a correlation of 0.9 between the two, as
 * their daily returns moved almost as one.
 */
export function march2020({ seed = 1, step = 300 }: Choice = {}): History {
  const known: History = {
    symbols: ['BTC', 'ETH'],
    times: CLOSES.BTC.map((_, day) => FIRST_CLOSE + day * 86_400),
    prices: [CLOSES.BTC, CLOSES.ETH].map((closes) => closes.map((cents) => cents * CENT)),
    source: 'daily closes of 8 to 16 March 2020 (CoinMarketCap)',
  };
  return bridge(known, { step, seed, volatility: 'realised', correlation: 0.9 });
}
