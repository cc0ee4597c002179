// Student t and normal tails, to about 1e-12: npm's jstat is off by 3e-8 at t(0.975, 29) and @stdlib's t needs 224 packages.

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** ln Γ(x) for x > 0. Lanczos approximation with g = 7, n = 9 (Godfrey 2001). */
function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const shifted = x - 1;
  let sum = 0;
  LANCZOS.forEach((coefficient, index) => {
    sum += index === 0 ? coefficient : coefficient / (shifted + index);
  });
  const t = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Continued fraction of the incomplete beta function (DLMF 8.17.22) by the modified Lentz method. */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const guard = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guard(1 + even * d);
    c = guard(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guard(1 + odd * d);
    c = guard(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return fraction;
}

/** Regularised incomplete beta I_x(a, b), 0 ≤ x ≤ 1; `complement` is 1 − x, given apart so that it keeps its digits. */
function regularizedBeta(x: number, complement: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (complement <= 0) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(complement));
  // The fraction converges quickly only below the mean; above it, use the symmetry I_x(a,b) = 1 − I_{1−x}(b,a).
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(x, a, b)) / a;
  return 1 - (front * betaFraction(complement, b, a)) / b;
}

/** P(T > t) for Student's t with `df` > 0 degrees of freedom: ½ I_{df/(df+t²)}(df/2, ½) for t > 0. */
export function studentTUpperTail(t: number, df: number): number {
  if (!(df > 0) || Number.isNaN(t)) throw new RangeError(`Student t needs df > 0 and a number, got df ${df}, t ${t}`);
  if (!Number.isFinite(t)) return t > 0 ? 0 : 1;
  const square = t * t;
  const tail = 0.5 * regularizedBeta(df / (df + square), square / (df + square), df / 2, 0.5);
  return t > 0 ? tail : 1 - tail;
}

/** The t with P(T ≤ t) = `probability` (0 < probability < 1), by bisection on the upper tail. */
export function studentTQuantile(probability: number, df: number): number {
  return invertUpperTail(probability, (t) => studentTUpperTail(t, df));
}

/** P(Z > z) for the standard normal: the t tail in the limit, from ½ erfc(z/√2) by its continued fraction or series. */
export function normalUpperTail(z: number): number {
  if (Number.isNaN(z)) throw new RangeError("normal tail needs a number");
  if (z < 0) return 1 - normalUpperTail(-z);
  if (z > 38) return 0;
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < 3) {
    // Φ(z) − ½ = φ(z) Σ z^(2k+1) / (1·3·5…(2k+1)), Abramowitz & Stegun 26.2.11
    let term = z;
    let sum = z;
    for (let k = 1; term > sum * 1e-17; k++) {
      term *= (z * z) / (2 * k + 1);
      sum += term;
    }
    return 0.5 - density * sum;
  }
  // Q(z) = φ(z) / (z + 1/(z + 2/(z + 3/(z + …)))), Abramowitz & Stegun 26.2.14
  let fraction = z;
  for (let k = 200; k >= 1; k--) fraction = z + k / fraction;
  return density / fraction;
}

/** The z with Φ(z) = `probability` (0 < probability < 1). */
export function normalQuantile(probability: number): number {
  return invertUpperTail(probability, normalUpperTail);
}

function invertUpperTail(probability: number, upperTail: (t: number) => number): number {
  if (!(probability > 0 && probability < 1))
    throw new RangeError(`a probability in (0, 1) is needed, got ${probability}`);
  if (probability === 0.5) return 0;
  if (probability < 0.5) return -invertUpperTail(1 - probability, upperTail);
  const target = 1 - probability;
  let low = 0;
  let high = 1;
  while (upperTail(high) > target && high < 1e300) high *= 2;
  for (let step = 0; step < 200 && high - low > 1e-14 * high; step++) {
    const middle = (low + high) / 2;
    if (upperTail(middle) > target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
