/**
 * Limit of the likelihood interval of a proportion: the q on the asked side of p with
 * 2 n_eff [p log(p/q) + (1-p) log((1-p)/(1-q))] = t^2 (Rao & Scott 1984 scaling of the binomial likelihood).
 * Solved by bisection on logit q; p = 0 and p = 1 have the closed forms of the limit.
 */
export function likelihoodLimit(
  p: number,
  effectiveSize: number,
  t: number,
  side: 'lower' | 'upper',
): number {
  const target = (t * t) / (2 * effectiveSize);
  if (p <= 0) return side === 'lower' ? 0 : -Math.expm1(-target);
  if (p >= 1) return side === 'upper' ? 1 : Math.exp(-target);
  const distance = (logitQ: number): number => {
    const logQ = -Math.log1p(Math.exp(-logitQ));
    const logComplement = -Math.log1p(Math.exp(logitQ));
    return p * (Math.log(p) - logQ) + (1 - p) * (Math.log1p(-p) - logComplement);
  };
  let inner = Math.log(p / (1 - p));
  let outer = side === 'lower' ? -700 : 700;
  for (let k = 0; k < 200; k++) {
    const middle = (inner + outer) / 2;
    if (distance(middle) < target) inner = middle;
    else outer = middle;
  }
  return 1 / (1 + Math.exp(-(inner + outer) / 2));
}
