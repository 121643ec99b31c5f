// One asset's weight over time inside its band. What lies outside the band is drawn in another colour and thicker.

import { useId } from 'react';
import * as Format from '../Format.ts';
import * as Scale from '../Scale.ts';
import type { Line } from './Course.tsx';

const HEIGHT = 108;
/** {px} right of the latest moment, so that its mark is whole. */
export const MARGIN = 6;
/** Part of the extent left free above and below. */
const AIR = 0.28;

export type Trade = {
  readonly at: number;
  readonly asset: string;
  readonly kind: 'bought' | 'sold';
  readonly text: string;
};

type Parts = {
  readonly symbol: string;
  readonly line: Line;
  readonly time: Scale.Scale;
  /** Place in the line of the moment that is read out. */
  readonly at: number;
  readonly trades: readonly Trade[];
};

/** Draw one asset's strip. */
export function Strip({ symbol, line, time, at, trades }: Parts) {
  const id = useId();
  const read = line[at];
  const latest = line.at(-1);
  if (read === undefined || latest === undefined) return null;
  const y = heightOf(line);
  const x = (moment: number): number => Scale.place(time, moment);
  const path = line.map((point) => `${round(x(point.at))},${round(y(point.weight))}`).join(' ');
  const label = `${symbol}: ${describe(line, trades)}`;
  return (
    <figure className="strip">
      <figcaption>
        <span className="symbol">{symbol}</span>
        <span className="note">
          {Format.percent(read.weight)}, {Format.points(read.weight - read.target)}
        </span>
      </figcaption>
      <svg role="img" aria-label={label} width={time.length + MARGIN} height={HEIGHT}>
        <clipPath id={`${id}-in`}>
          <polygon points={bandOf(line, x, y)} />
        </clipPath>
        <clipPath id={`${id}-out`}>
          <path d={`M0,0H${time.length}V${HEIGHT}H0Z M${bandOf(line, x, y)}Z`} clipRule="evenodd" />
        </clipPath>
        <polygon className="strip-band" points={bandOf(line, x, y)} />
        <polyline
          className="strip-target"
          points={line.map((p) => `${round(x(p.at))},${round(y(p.target))}`).join(' ')}
        />
        {latest.band !== null && <polyline className="strip-outside" points={path} clipPath={`url(#${id}-out)`} />}
        <polyline className="strip-line" points={path} clipPath={latest.band === null ? undefined : `url(#${id}-in)`} />
        {trades.map((trade) => (
          <Mark key={`${trade.at} ${trade.text}`} trade={trade} x={x(trade.at)} y={y(weightAt(line, trade.at))} />
        ))}
        {latest.band !== null && <Edges band={latest.band} y={y} />}
        <line className="strip-read" x1={x(read.at)} x2={x(read.at)} y1="0" y2={HEIGHT} />
        <circle className="strip-dot" cx={x(read.at)} cy={y(read.weight)} r="3.5" />
      </svg>
    </figure>
  );
}

function Mark({ trade, x, y }: { readonly trade: Trade; readonly x: number; readonly y: number }) {
  const side = trade.kind === 'bought' ? 1 : -1;
  const tip = y + side * 5;
  const base = tip + side * 8;
  return (
    <polygon className="strip-trade" data-kind={trade.kind} points={`${x},${tip} ${x - 5},${base} ${x + 5},${base}`}>
      <title>{`${Format.moment(trade.at)}: ${trade.text}`}</title>
    </polygon>
  );
}

/** Label the edges of the band as it is now. */
function Edges({ band, y }: { readonly band: readonly [number, number]; readonly y: (weight: number) => number }) {
  return (
    <g className="strip-edges" aria-hidden="true">
      <text x="2" y={y(band[1]) + 11}>
        {Format.percent(band[1])}
      </text>
      <text x="2" y={y(band[0]) - 4}>
        {Format.percent(band[0])}
      </text>
    </g>
  );
}

function heightOf(line: Line): (weight: number) => number {
  const all = line.flatMap((point) => [point.weight, point.target, ...(point.band ?? [])]);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const air = Math.max(0.001, (high - low) * AIR);
  const scale = { from: high + air, to: low - air, length: HEIGHT };
  return (weight) => Scale.place(scale, weight);
}

function bandOf(line: Line, x: (at: number) => number, y: (weight: number) => number): string {
  const banded = line.flatMap(({ at, band }) => (band === null ? [] : { at, low: band[0], high: band[1] }));
  const upper = banded.map(({ at, high }) => `${round(x(at))},${round(y(high))}`);
  const lower = banded.map(({ at, low }) => `${round(x(at))},${round(y(low))}`);
  return [...upper, ...lower.toReversed()].join(' ');
}

function weightAt(line: Line, at: number): number {
  return (line.findLast((point) => point.at <= at) ?? line[0])?.weight ?? 0;
}

function describe(line: Line, trades: readonly Trade[]): string {
  const weights = line.map((point) => point.weight);
  const outside = line.filter(({ weight, band }) => band !== null && (weight < band[0] || weight > band[1])).length;
  const range = `between ${Format.percent(Math.min(...weights))} and ${Format.percent(Math.max(...weights))}`;
  return `${range}, outside its band at ${outside} of ${line.length} moments, traded ${trades.length} times`;
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
