// One seed for every property of a run, new each time so that runs explore, and printed so that a failure can be replayed.

/** Choose the seed unless the caller did; the test processes read it from the environment. */
export function setup(): void {
  if (process.env['FAST_CHECK_SEED'] !== undefined) return;
  const seed = String(Date.now() % 2 ** 31);
  process.env['FAST_CHECK_SEED'] = seed;
  console.log(`fast-check seed ${seed}; replay with FAST_CHECK_SEED=${seed} npm test`);
}
