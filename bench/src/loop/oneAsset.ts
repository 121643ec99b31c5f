// One risky asset beside cash: where the program lands decides a band, what the band earns is known exactly, and so is what the best
// band earns. Their losses against trading without cost are the two costs that are compared.

import { chooseMarkets, NoTrade, Proportional, Renewal, type BandSetting } from '@trimtab/core';
import type { Row } from '../main.ts';
import { vectors } from '../reference/check.ts';
import { matrix, number } from '../reference/read.ts';
import * as Desk from './Desk.ts';

/** At most this times the cost of the best band. */
const TARGET = 1.02;
/** A band whose edges trade a thousandth of its width inwards and wait as much outwards stands for one that reflects: the error goes with the square. */
const THIN = 1e-3;

/** Measure the published cases of each kind of cost. */
export function oneAsset(): readonly Row[] {
  const inputs = (id: string) => vectors()[id]?.inputs ?? {};
  const fixed = matrix(inputs('S3.5')['rows']).map(([drift = NaN, volatility = NaN, aversion = NaN, cost = NaN]) => ({
    drift,
    volatility,
    aversion,
    proportional: 0,
    fixed: cost,
  }));
  return [
    ...measure('proportional cost, log utility', marketOf(inputs('S3.2'))),
    ...measure('proportional cost, aversion 3', marketOf(inputs('S3.3'))),
    ...fixed.flatMap((market) => measure(`fixed cost, aversion ${market.aversion}`, market)),
    ...measure('fixed and proportional cost', marketOf(inputs('S3.6'))),
  ];
}

function measure(name: string, market: Renewal.Market): readonly Row[] {
  const { drift, volatility, aversion } = market;
  const free = drift ** 2 / (2 * aversion * volatility ** 2);
  const least = free - (market.fixed === 0 ? Proportional.of(market).safeRate : Renewal.best(market).growth);
  const policy = policyOf(market);
  const cost = free - Renewal.evaluate(market, policy).growth;
  const ratio = cost / least;
  return [
    ...(market.fixed > 0 ? [chosen(name, market)] : []),
    { case: `${name}: cost`, value: cost, unit: '1/yr', target: null, met: null },
    { case: `${name}: cost over the exact optimum`, value: ratio, unit: '×', target: TARGET, met: ratio <= TARGET },
  ];
}

/** Ask a choice of markets, which is charged the fixed cost once more, what it gains by trading at the trigger. */
function chosen(name: string, market: Renewal.Market): Row {
  const desk = deskOf(market);
  const goal = Desk.goalOf(desk, [NoTrade.of(settingOf(market)).trigger]);
  const offers = desk.models.map((model) => ({ alternatives: [model], fixed: market.fixed }));
  const { value, idle, trades } = chooseMarkets(2, offers, goal, { gap: 1e-12, looks: 200 });
  const gain = trades[0] === undefined ? 0 : 1 + (value - idle) / market.fixed;
  return {
    case: `${name}: gain at the trigger over the fixed cost`,
    value: gain,
    unit: '×',
    target: 1,
    met: gain >= 1,
  };
}

/** Let the program say where a portfolio lands: from far outside where nothing else holds it, from the trigger where a fixed cost asks for one. */
function policyOf(market: Renewal.Market): Renewal.Policy {
  const setting = settingOf(market);
  const { trigger, landing } = NoTrade.of(setting);
  const weight = market.drift / setting.curvature;
  const desk = deskOf(market);
  const from = (deviation: number) => weight + (Desk.land(desk, [deviation]).deviations[0] ?? NaN);
  if (market.fixed === 0) {
    const [low, high, thin] = [from(-2 * trigger), from(2 * trigger), THIN * landing];
    return { low: low - thin, lowLanding: low + thin, highLanding: high - thin, high: high + thin };
  }
  return { low: weight - trigger, lowLanding: from(-trigger), highLanding: from(trigger), high: weight + trigger };
}

function deskOf(market: Renewal.Market): Desk.Desk {
  const setting = settingOf(market);
  const weights = [market.drift / setting.curvature];
  return Desk.of({ weights, proportional: market.proportional, kappa: kappaOf(setting) });
}

/**
 * Calibrate the program to a region (h, b): κ = q·h(h + b)/(6C). By the smooth fit of `NoTrade.of` this is k/(2b): trading one more costs
 * k, and takes 2κb off the penalty, for the asset and for the cash that it is traded against. It is there also where trading is free.
 */
export function kappaOf(setting: BandSetting): number {
  const { trigger, landing } = NoTrade.of(setting);
  return (setting.curvature * trigger * (trigger + landing)) / (6 * setting.variance);
}

function settingOf({ drift, volatility, aversion, proportional, fixed }: Renewal.Market): BandSetting {
  const curvature = aversion * volatility ** 2;
  return { variance: NoTrade.varianceOf(drift / curvature, volatility), curvature, proportional, fixed };
}

function marketOf(inputs: { readonly [name: string]: unknown }): Renewal.Market {
  return {
    drift: number(inputs['mu']),
    volatility: number(inputs['sigma']),
    aversion: number(inputs['gamma']),
    proportional: number(inputs['k']),
    fixed: number(inputs['F'] ?? 0),
  };
}
