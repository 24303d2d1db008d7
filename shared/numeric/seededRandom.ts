/**
 * Deterministic random numbers: the same seed gives the same stream on every machine and host.
 * Generator: xoshiro128** (Blackman & Vigna 2018), state filled by splitmix32; a text seed is first hashed
 * with 32-bit FNV-1a over its UTF-16 code units. Not for keys or secrets.
 */
export interface SeededRandom {
  /** Uniform in [0, 1), 53 random bits. */
  readonly next: () => number;
  /** Uniform integer in 0..n-1; n is a positive integer below 2^53. */
  readonly int: (n: number) => number;
  /** A shuffled copy (Fisher-Yates); the input stays as it is. */
  readonly shuffle: <T>(items: readonly T[]) => T[];
  /** Standard normal by Marsaglia's polar method (Marsaglia & Bray 1964). */
  readonly normal: () => number;
}

function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return hash;
}

function splitmix32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
}

const rotateLeft = (x: number, bits: number): number => (x << bits) | (x >>> (32 - bits));

function xoshiro128(fill: () => number): () => number {
  let [a, b, c, d] = [fill(), fill(), fill(), fill()];
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
}

/** @example createRandom('2026-苏州').int(6) gives the same die on every run. */
export function createRandom(seed: number | string): SeededRandom {
  const text = typeof seed === 'number' ? `#${seed}` : seed;
  const bits = xoshiro128(splitmix32(hashText(text)));
  const next = (): number => ((bits() >>> 5) * 67_108_864 + (bits() >>> 6)) / 9_007_199_254_740_992;
  const int = (n: number): number => Math.floor(next() * n);

  const shuffle = <T>(items: readonly T[]): T[] => {
    const copy = [...items];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = int(i + 1);
      const held = copy[i] as T;
      copy[i] = copy[j] as T;
      copy[j] = held;
    }
    return copy;
  };

  const normal = (): number => {
    for (;;) {
      const x = 2 * next() - 1;
      const y = 2 * next() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
    }
  };

  return { next, int, shuffle, normal };
}
