// Each asset's weight as a bar from zero, with its target and the band that it may move in, all on one scale.

import type { Drift } from '@trimtab/api/contract';
import * as Format from '../Format.ts';
import * as Scale from '../Scale.ts';
import { useWidth } from '../useWidth.ts';

const HEIGHT = 30;

/** Draw every asset's weight. */
export function Weights({ drift }: { readonly drift: readonly Drift[] }) {
  const [ref, width] = useWidth();
  const most = Math.max(0.05, ...drift.flatMap((one) => [one.weight, one.band?.[1] ?? one.target]));
  const scale = { from: 0, to: Math.min(1, most * 1.08), length: width };
  return (
    <section className="card weights" aria-labelledby="weights">
      <h2 id="weights">Weights against targets and bands</h2>
      <ul>
        {drift.map((one) => (
          <li key={one.asset} data-outside={(one.room ?? 0) < 0 ? 'outside' : undefined}>
            <div className="weight-head">
              <span className="symbol">{one.symbol}</span>
              <span className="note">{Format.usd(one.value)}</span>
              <span className="weight-now">{Format.percent(one.weight)}</span>
            </div>
            <Bar one={one} scale={scale} />
            <div className="weight-foot note">
              <span>Target {Format.percent(one.target)}</span>
              <span>
                {Format.points(one.absolute)}
                {one.relative !== undefined && ` (${Format.change(one.relative)} of target)`}
              </span>
              <span className="room">{room(one)}</span>
            </div>
          </li>
        ))}
      </ul>
      <div ref={ref} className="axis-holder">
        <Axis scale={scale} />
      </div>
      <p className="key note">
        <span className="key-band" /> band <span className="key-target" /> target <span className="key-bar" /> weight
      </p>
    </section>
  );
}

function room(one: Drift): string {
  if (one.room === undefined) return 'No band';
  return one.room < 0 ? `${Format.width(-one.room)} outside` : `${Format.width(one.room)} of room`;
}

function Bar({ one, scale }: { readonly one: Drift; readonly scale: Scale.Scale }) {
  const x = (weight: number): number => Scale.place(scale, weight);
  const band = one.band;
  const range = band === undefined ? 'no band' : `band ${Format.percent(band[0])} to ${Format.percent(band[1])}`;
  const label = `${one.symbol}: weight ${Format.percent(one.weight)}, target ${Format.percent(one.target)}, ${range}`;
  return (
    <svg className="bar" role="img" aria-label={label} height={HEIGHT} width={scale.length}>
      <line className="bar-ground" x1="0" x2={scale.length} y1={HEIGHT / 2} y2={HEIGHT / 2} />
      {band !== undefined && (
        <rect className="bar-band" x={x(band[0])} width={x(band[1]) - x(band[0])} y="1" height={HEIGHT - 2} rx="3" />
      )}
      <rect className="bar-weight" x="0" width={Math.max(1, x(one.weight))} y={HEIGHT / 2 - 5} height="10" rx="2" />
      <line className="bar-target" x1={x(one.target)} x2={x(one.target)} y1="0" y2={HEIGHT} />
    </svg>
  );
}

function Axis({ scale }: { readonly scale: Scale.Scale }) {
  return (
    <svg className="axis" aria-hidden="true" height="18" width={scale.length}>
      {Scale.weights(scale).map((weight) => {
        const x = Scale.place(scale, weight);
        const anchor = x < 12 ? 'start' : x > scale.length - 16 ? 'end' : 'middle';
        return (
          <text key={weight} x={x} y="13" textAnchor={anchor}>
            {Math.round(weight * 100)} %
          </text>
        );
      })}
    </svg>
  );
}
