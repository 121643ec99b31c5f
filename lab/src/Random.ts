// Chance that can be played again: everything random in the lab comes from one seed through these streams.
// The generator is xoshiro128** 1.1 seeded by splitmix64 (Blackman and Vigna, 2018, https://prng.di.unimi.it).
// Not for secrets.

/** Give the next 32 random bits, an integer in [0, 2^32). */
export type Random = () => number;

/**
 * Start a stream. The same seed and label give the same numbers for ever; two labels give unrelated streams, so
 * that adding an actor does not change what chance does to the others.
 */
export function stream(seed: number | bigint, label = ''): Random {
  const words = splitmix64((BigInt(seed) ^ fnv1a64(label)) & MASK64);
  const a = words();
  const b = words();
  return xoshiro([low(a), high(a), low(b), high(b)]);
}

/** Run xoshiro128** from a state of four 32-bit words that are not all zero. */
export function xoshiro(state: readonly [number, number, number, number]): Random {
  let [a, b, c, d] = state;
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
}

/** Run splitmix64 (Steele, Lea and Flood, 2014): 64 bits at a time, for seeding. */
export function splitmix64(seed: bigint): () => bigint {
  let state = seed & MASK64;
  return () => {
    state = (state + 0x9e37_79b9_7f4a_7c15n) & MASK64;
    let z = state;
    z = ((z ^ (z >> 30n)) * 0xbf58_476d_1ce4_e5b9n) & MASK64;
    z = ((z ^ (z >> 27n)) * 0x94d0_49bb_1331_11ebn) & MASK64;
    return z ^ (z >> 31n);
  };
}

/** Draw from [0, 1) with 53 bits. */
export function uniform(random: Random): number {
  const top = random() >>> 5;
  const bottom = random() >>> 6;
  return (top * 2 ** 26 + bottom) / 2 ** 53;
}

/** Draw an integer from [0, bound), bound in [1, 2^32], without bias: draws from the incomplete last block are repeated. */
export function below(random: Random, bound: number): number {
  const whole = 2 ** 32 - (2 ** 32 % bound);
  let drawn = random();
  while (drawn >= whole) drawn = random();
  return drawn % bound;
}

/** Draw from the standard normal distribution (Box and Muller, 1958). */
export function normal(random: Random): number {
  // 1 − u lies in (0, 1], so the logarithm is finite.
  return Math.sqrt(-2 * Math.log(1 - uniform(random))) * Math.cos(2 * Math.PI * uniform(random));
}

const MASK64 = (1n << 64n) - 1n;

const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by));
const low = (x: bigint): number => Number(x & 0xffff_ffffn);
const high = (x: bigint): number => Number(x >> 32n);

/** Hash text to 64 bits (Fowler, Noll and Vo, 1a variant), over UTF-16 code units. */
export function fnv1a64(text: string): bigint {
  let hash = 0xcbf2_9ce4_8422_2325n;
  for (let i = 0; i < text.length; i++) hash = ((hash ^ BigInt(text.charCodeAt(i))) * 0x100_0000_01b3n) & MASK64;
  return hash;
}
