// Sandwiches, slices, auctions and batches.

import {
  type BatchOrder,
  AlmgrenChriss,
  Batch,
  GradualAuction,
  LossVersusFair,
  ObizhaevaWang,
  Sandwich,
  Twamm,
} from '@trimtab/core';
import type { Case } from './Probe.ts';
import { number, numbers, record } from './read.ts';
import { dutchAuctions } from './simulate/dutchAuctions.ts';

/** Auctions played for each decay: the standard error of a mean loss is then a quarter of a percent. */
const AUCTIONS = 160_000;

export const section7: { readonly [id: string]: Case } = {
  'S7.1': (probe) => {
    const nearness = { rel: probe.tolerance(/^rel (\S+)$/) };
    const slippage = number(probe.inputs['slip']);
    const victim = victimOf(probe.inputs);
    const full = Sandwich.attack(victim, Sandwich.frontRun(victim, slippage));
    probe.equal('quote', Sandwich.quote(victim), nearness);
    probe.equal('front', full.front, nearness);
    probe.equal('profit', full.profit, nearness);
    probe.equal('victim_out', full.received, nearness);
    probe.equal('victim_loss_out', full.loss, nearness);
    probe.holds('no permitted attack gains more', Sandwich.worst(victim, slippage).profit >= full.profit);
  },
  'S7.2': (probe) => {
    const nearness = { rel: probe.tolerance(/^rel (\S+)$/) };
    for (const fee of numbers(probe.inputs['fee'])) {
      const share = Sandwich.threshold(fee);
      probe.equal(`${fee}`, share, nearness);
      const gain = (size: number) =>
        Sandwich.worst({ reserveIn: 1e6, reserveOut: 1e6, size: size * 1e6, fee }, 0.5).profit;
      probe.holds(`nothing gains below ${share}`, gain(share * (1 - 1e-3)) === 0);
      probe.holds(`something gains above ${share}`, gain(share * (1 + 1e-3)) > 0);
    }
  },
  'S7.3': (probe) => {
    const nearness = { rel: probe.tolerance(/^rel (\S+)$/) };
    const victim = victimOf(probe.inputs);
    for (const gas of numbers(probe.inputs['gas_usd']))
      probe.equal(`${gas}`, Sandwich.safeSlippage(victim, gas), nearness);
  },
  'S7.4': (probe) => {
    const nearness = { rel: probe.tolerance(/^rel (\S+) /) };
    const { inputs } = probe;
    const schedule = AlmgrenChriss.of({
      size: number(inputs['X']),
      horizon: number(inputs['T']),
      intervals: number(inputs['N']),
      volatility: number(inputs['sigma']),
      permanent: number(inputs['gamma']),
      temporary: number(inputs['eta']),
      spread: number(inputs['eps']),
      aversion: number(inputs['lam']),
    });
    probe.equal('kappa', schedule.urgency, nearness);
    probe.equal('holdings', schedule.holdings, nearness);
    probe.equal('E', schedule.expectedCost, nearness);
    probe.equal('V', schedule.variance, nearness);
  },
  'S7.5': (probe) => {
    const nearness = { rel: probe.tolerance(/^rel (\S+)$/) };
    const { inputs } = probe;
    const order = {
      size: number(inputs['X']),
      trades: number(inputs['N_intervals']) + 1,
      remaining: number(inputs['a']),
      impact: number(inputs['kappa']),
    };
    const sizes = ObizhaevaWang.slices(order);
    probe.equal('sizes', sizes, nearness);
    probe.equal('cost', ObizhaevaWang.least(order), nearness);
    probe.equal('cost', ObizhaevaWang.cost(sizes, order.remaining, order.impact), nearness);
  },
  'S7.6': (probe) => {
    const nearness = { rel: probe.tolerance(/^rel (\S+)$/) };
    const { inputs } = probe;
    const [x, y] = [number(inputs['x0']), number(inputs['y0'])];
    const { reserves, bought } = Twamm.course([x, y], [number(inputs['x_in']), number(inputs['y_in'])]);
    probe.equal('x_end', reserves[0], nearness);
    probe.equal('y_end', reserves[1], nearness);
    probe.equal('x_bought', bought[0], nearness);
    probe.equal('y_bought', bought[1], nearness);
  },
  'S7.7': (probe) => {
    const formula = { rel: probe.tolerance(/^rel (\S+);/) };
    const simulator = { rel: probe.tolerance(/simulator rel (\S+)$/) };
    const premium = number(probe.inputs['z0']);
    for (const decay of numbers(probe.inputs['decay_per_day'])) {
      const volatility = number(probe.inputs['sigma_daily']);
      const race = { volatility, decay, block: number(probe.inputs['block_s']) / 86_400 };
      probe.equal(`d${decay}`, [LossVersusFair.loss(race), LossVersusFair.fillTime(race, premium)], formula);
      probe.equal(`d${decay}`, dutchAuctions(race, premium, AUCTIONS, 7), simulator);
    }
  },
  'S7.8': (probe) => {
    const nearness = { rel: probe.tolerance(/^rel (\S+)$/) };
    const [continuous, discrete] = [record(probe.inputs['cont']), record(probe.inputs['disc'])];
    const assets = ['paid', 'sold'] as const;
    const rate = number(continuous['rate']);
    const flowing: GradualAuction = {
      kind: 'gradual-auction',
      id: 'continuous',
      assets,
      // The vector's k is the price of an atom times the atoms that a unit of time emits.
      start: { bought: atoms(rate), sold: atoms(number(continuous['k'])) },
      decay: atoms(number(continuous['decay'])),
      supply: { kind: 'continuous', emission: atoms(rate), available: atoms(rate * number(continuous['T'])) },
    };
    probe.equal('cont', tokens(GradualAuction.costUp(flowing, atoms(number(continuous['q'])))), nearness);
    // Time in halves: elapsed time is whole, and half a decay for twice the time is the same decay.
    const stepping: GradualAuction = {
      kind: 'gradual-auction',
      id: 'discrete',
      assets,
      start: { bought: 1n, sold: atoms(number(discrete['k'])) },
      decay: atoms(number(discrete['decay']) / 2),
      supply: {
        kind: 'discrete',
        unit: 1n,
        scale: atoms(number(discrete['scale'])),
        sold: number(discrete['sold']),
        left: number(discrete['q']),
        elapsed: number(discrete['t']) * 2,
      },
    };
    probe.equal('disc', tokens(GradualAuction.costUp(stepping, BigInt(number(discrete['q'])))), nearness);
  },
  'S7.9': (probe) => {
    const nearness = { rel: probe.tolerance(/^rel (\S+)$/) };
    const [x, y] = [atoms(number(probe.inputs['X'])), atoms(number(probe.inputs['Y']))];
    const buys = atoms(number(probe.inputs['net_buy']));
    const batch: Batch = { kind: 'batch', id: 'batch', assets: ['base', 'quote'], reserves: [x, y], net: 0n };
    const any = { buy: { bought: 10n ** 9n, sold: 1n }, sell: { bought: 1n, sold: 10n ** 9n } };
    const order = (side: 'buy' | 'sell', base: bigint): BatchOrder => ({ side, base, limit: any[side] });
    const price = (orders: readonly BatchOrder[]) => {
      const found = Batch.clear(batch, orders).price;
      return Number(found.bought) / Number(found.sold);
    };
    probe.equal('fm_price', price([order('buy', buys)]), nearness);
    probe.equal('fm_price_sell', price([order('sell', buys)]), nearness);
    // What crosses does not touch the pool: only the net of both sides moves the price.
    probe.equal('fm_price', price([order('buy', 3n * buys), order('sell', 2n * buys)]), nearness);
    probe.holds('orders that cancel leave the price', price([order('buy', buys), order('sell', buys)]) === 2_000);
  },
};

/** Write a short decimal with 18 decimals, as tokens and fixed-point shares are. */
function atoms(value: number): bigint {
  return BigInt(Math.round(value * 1e9)) * 10n ** 9n;
}

function tokens(value: bigint): number {
  return Number(value) / 1e18;
}

function victimOf(inputs: { readonly [name: string]: unknown }): Sandwich.Victim {
  return {
    reserveIn: number(inputs['X']),
    reserveOut: number(inputs['Y']),
    size: number(inputs['v']),
    fee: number(inputs['fee']),
  };
}
