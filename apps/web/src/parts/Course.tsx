// Drift over time: a strip for each asset, all on one time, with the band it must stay in and every trade marked.
// The slider under the strips reads out any moment, by mouse or by keyboard; the same figures are in a table.

import { useState } from 'react';
import type { PointerEvent } from 'react';
import { Deed } from '@trimtab/api/contract';
import type { Point, State } from '@trimtab/api/contract';
import * as Format from '../Format.ts';
import * as Scale from '../Scale.ts';
import { useWidth } from '../useWidth.ts';
import { MARGIN, Strip } from './Strip.tsx';
import type { Trade } from './Strip.tsx';

/** Strips shown before the reader asks for all. */
const FIRST = 8;
const ROWS = 24;

/** Draw the vault's course. */
export function Course({ state }: { readonly state: State }) {
  const [ref, width] = useWidth();
  const [pinned, pin] = useState<number>();
  const [shown, show] = useState(FIRST);
  const { history, assets } = state;
  const last = history.length - 1;
  const index = pinned === undefined ? last : Math.min(pinned, last);
  const time = { from: history[0]?.at ?? 0, to: history[last]?.at ?? 0, length: width - MARGIN };
  const trades = tradesOf(state);
  const point = (event: PointerEvent<HTMLDivElement>): void => {
    const { left } = event.currentTarget.getBoundingClientRect();
    pin(nearest(history, time, event.clientX - left));
  };
  return (
    <section className="card course" aria-labelledby="course">
      <h2 id="course">Drift over time</h2>
      <div ref={ref}>
        <div onPointerMove={point} onPointerLeave={() => pin(undefined)}>
          {assets.slice(0, shown).map((asset, i) => (
            <Strip
              key={asset.id}
              symbol={asset.symbol}
              line={lineOf(history, i)}
              time={time}
              at={index}
              trades={trades.filter((trade) => trade.asset === asset.id)}
            />
          ))}
        </div>
        <TimeAxis time={time} />
        <Slider history={history} assets={assets} index={index} onPick={(i) => pin(i === last ? undefined : i)} />
      </div>
      <p className="key note">
        <span className="key-band" /> band <span className="key-target" /> target <span aria-hidden="true">▲</span>{' '}
        bought <span aria-hidden="true">▼</span> sold
      </p>
      {assets.length > shown && (
        <button type="button" onClick={() => show(assets.length)}>
          Show all {assets.length} assets
        </button>
      )}
      <Table history={history} assets={assets} trades={trades} />
    </section>
  );
}

export type Line = readonly {
  readonly at: number;
  readonly weight: number;
  readonly target: number;
  readonly band: readonly [number, number] | null;
}[];

function lineOf(history: readonly Point[], i: number): Line {
  return history.map((point) => ({
    at: point.at,
    weight: point.weights[i] ?? 0,
    target: point.targets[i] ?? 0,
    band: point.bands[i] ?? null,
  }));
}

/** Mark each asset that a trade moved, at the chain's time of its first fill. */
function tradesOf(state: State): Trade[] {
  return state.runs.flatMap((run) =>
    Deed.of(run.steps.map(({ step }) => step)).flatMap(({ from, steps }): Trade[] => {
      const fill = Deed.filled(run.steps.slice(from, from + steps.length));
      if (fill === undefined) return [];
      const { at, sold, received } = fill;
      return [
        { at, asset: sold.asset, kind: 'sold', text: `sold ${Format.tokens(sold)}` },
        { at, asset: received.asset, kind: 'bought', text: `bought ${Format.tokens(received)}` },
      ];
    }),
  );
}

/** Find the moment drawn nearest to a place. */
function nearest(history: readonly Point[], time: Scale.Scale, x: number): number {
  const far = (i: number): number => Math.abs(Scale.place(time, history[i]?.at ?? 0) - x);
  return history.reduce((best, _point, i) => (far(i) < far(best) ? i : best), 0);
}

function TimeAxis({ time }: { readonly time: Scale.Scale }) {
  const days = time.to - time.from > 3 * 86_400;
  return (
    <svg className="axis" aria-hidden="true" width={time.length} height="18">
      {Scale.moments(time, time.length < 480 ? 4 : 8).map((at) => {
        const x = Scale.place(time, at);
        const anchor = x < 24 ? 'start' : x > time.length - 24 ? 'end' : 'middle';
        return (
          <text key={at} x={x} y="13" textAnchor={anchor}>
            {days ? Format.date(at).slice(0, -5) : Format.hour(at)}
          </text>
        );
      })}
    </svg>
  );
}

type Picking = {
  readonly history: readonly Point[];
  readonly assets: State['assets'];
  readonly index: number;
  readonly onPick: (index: number) => void;
};

function Slider({ history, assets, index, onPick }: Picking) {
  const point = history[index];
  if (point === undefined) return <p className="note">Nothing has been seen yet.</p>;
  const weights = assets.map((asset, i) => `${asset.symbol} ${Format.percent(point.weights[i] ?? 0)}`).join(', ');
  const text = `${Format.moment(point.at)}: ${weights}`;
  return (
    <>
      <input
        className="slider"
        type="range"
        aria-label="Moment read out"
        aria-valuetext={text}
        min={0}
        max={Math.max(0, history.length - 1)}
        value={index}
        onChange={(event) => onPick(Number(event.target.value))}
      />
      <p className="readout note">{text}</p>
    </>
  );
}

type Listing = Pick<Picking, 'history' | 'assets'> & { readonly trades: readonly Trade[] };

function Table({ history, assets, trades }: Listing) {
  const every = Math.max(1, Math.ceil(history.length / ROWS));
  const rows = history.filter((_point, i) => (history.length - 1 - i) % every === 0);
  return (
    <details>
      <summary>Drift over time as a table</summary>
      <div className="scroll" role="region" aria-label="Drift over time as a table" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Time</th>
              {assets.map((asset) => (
                <th scope="col" key={asset.id}>
                  {asset.symbol}
                </th>
              ))}
              <th scope="col">Trades since the row before</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((point, i) => (
              <tr key={point.at}>
                <th scope="row">{Format.moment(point.at)}</th>
                {point.weights.map((weight, asset) => (
                  <td
                    key={assets[asset]?.id}
                  >{`${Format.percent(weight)} (${Format.points(weight - (point.targets[asset] ?? 0))})`}</td>
                ))}
                <td>{tradesIn(trades, rows[i - 1]?.at ?? -Infinity, point.at)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function tradesIn(trades: readonly Trade[], after: number, until: number): string {
  return trades.flatMap((trade) => (trade.at > after && trade.at <= until ? trade.text : [])).join(', ');
}
