// Sandwiches, slices, auctions and batches.

import { AlmgrenChriss, ObizhaevaWang, Sandwich } from '@trimtab/core';
import type { Case } from './Probe.ts';
import { number, numbers } from './read.ts';

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
};

function victimOf(inputs: { readonly [name: string]: unknown }): Sandwich.Victim {
  return {
    reserveIn: number(inputs['X']),
    reserveOut: number(inputs['Y']),
    size: number(inputs['v']),
    fee: number(inputs['fee']),
  };
}
