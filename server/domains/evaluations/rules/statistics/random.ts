// A seeded generator, so that a stored verdict can be recomputed bit for bit on any machine.

/** Draws an integer in [0, bound), 1 ≤ bound ≤ 2³². */
export type DrawInteger = (bound: number) => number;

/** xoshiro128** (Blackman & Vigna 2021), state from `seed` (integer, 0 ≤ seed < 2³²) by splitmix32. */
export function createRandom(seed: number): DrawInteger {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff)
    throw new RangeError(`seed must be a uint32, got ${seed}`);
  let mixed = seed | 0;
  const splitmix = () => {
    mixed = (mixed + 0x9e3779b9) | 0;
    let z = mixed;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  };
  let a = splitmix();
  let b = splitmix();
  let c = splitmix();
  let d = splitmix();
  return (bound) => {
    const scrambled = Math.imul(b, 5);
    const output = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    // Scaling leaves a bias below bound / 2³²: under 1e-4 of one draw's probability for a million rows.
    return Math.floor((output / 4294967296) * bound);
  };
}
