import { venueConformance } from '@trimtab/engine/conformance';
import { basket } from '../scenarios/basket.ts';
import { simulate } from './simulate.ts';

venueConformance('the simulated world', async () => {
  const { spec } = basket({ count: 3, seed: 9 });
  const sim = simulate(spec);
  const { venue, custody, clock } = sim.world;
  let fair = spec.prices;
  const mine = async (): Promise<void> => sim.tick(clock.now() + 60, fair);
  return {
    venue,
    custody,
    mine,
    spoil: async (_, sell) => {
      fair = fair.map((price, i) => (spec.assets[i]?.id === sell ? (price * 96n) / 100n : price));
      await mine();
    },
    intrude: async () => sim.inject({ kind: 'foreign' }),
    close: async () => {},
  };
});
