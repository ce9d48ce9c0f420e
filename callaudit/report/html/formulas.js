// The formulas of callaudit/load/formulas.py and conditions.py, line by line: rates per second, times in seconds.

const NOTHING = [0, 0, 0];
const ONE = [1, 1, 1];

const product = (one, other) => (!one || !other ? 0 : one * other);
const plus = (one, other) => one.map((value, point) => value + other[point]);
const times = (one, other) => [product(one[0], other[0]), one[1] * other[1], product(one[2], other[2])];
const scaled = (range, factor) => range.map((value) => product(value, factor));
const between = (low, expected, high) => [low, Math.min(Math.max(expected, low), high), high];
const falling = (range, change) => [change(range[2]), change(range[1]), change(range[0])];

function pollRate(interval, latency, afterRun) {
  const period = afterRun ? interval + latency : interval;
  return period > 0 ? 1 / period : Infinity;
}

// Seconds from one run of a poller to the next where a request fails with some chance, and is sent again.
function failingPeriod(interval, latency, failure, most, delays) {
  let period = interval + latency;
  let chance = 1;
  for (let number = 0; number < most - 1; number += 1) {
    chance *= failure;
    period += chance * (latency + (delays[number] ?? 0));
  }
  return period;
}

// The part of its runs that is left of a poller whose timer begins anew so often, at random.
function putOff(period, often) {
  const events = often * period;
  if (!(events > 0) || period === Infinity) return 1;
  return events > 700 ? 0 : events / Math.expm1(events);
}

function loadRate(dwell) {
  return dwell > 0 ? 1 / dwell : Infinity;
}

function cachedRate(rate, ttl) {
  if (rate <= 0) return 0;
  if (rate === Infinity) return ttl > 0 ? 1 / ttl : Infinity;
  return rate / (1 + rate * ttl);
}

function polledCacheRate(period, ttl) {
  if (period === Infinity) return 0;
  return 1 / (Math.max(1, Math.ceil(ttl / period - 1e-12)) * period);
}

// What a cache lets through for one key: of a poller, and of others at random.
function mixedCacheRate(period, ttl, others) {
  const passing = polledCacheRate(period, ttl);
  if (ttl <= 0) return [passing, Math.max(others, 0)];
  if (others <= 0 || passing <= 0) return [passing, passing <= 0 ? cachedRate(others, ttl) : 0];
  const open = Math.max(0, 1 - ttl * passing);
  const through = others === Infinity ? 1 / ttl : (others * open) / (1 + others * ttl * open);
  return [passing * Math.max(0, 1 - through * ttl), through];
}

function attempts(most, miss) {
  if (most <= 1 || miss <= 0) return 1;
  return miss >= 1 ? most : (1 - miss ** most) / (1 - miss);
}

// A condition is ['term', kind, text] or [op, ...parts] with op 'any', 'all' or 'not'.
function terms(condition) {
  if (!condition) return [];
  if (condition[0] === 'term') return [condition];
  return condition.slice(1).flatMap(terms);
}

const identity = (term) => (term[1] === 'unknown' ? `unknown ${term[2]}` : term[1]);

function isTrue(condition, known) {
  if (condition[0] === 'term') return known.get(identity(condition));
  if (condition[0] === 'not') return !isTrue(condition[1], known);
  const parts = condition.slice(1);
  return condition[0] === 'all' ? parts.every((part) => isTrue(part, known)) : parts.some((part) => isTrue(part, known));
}

// Share of time or users for whom a condition holds, with the chances of what it asks.
function holds(condition, chances) {
  if (!condition) return 1;
  const asked = [...new Set(terms(condition).map(identity))].sort();
  const expected = (from, known) => {
    if (from === asked.length) return isTrue(condition, known) ? 1 : 0;
    const share = chances.get(asked[from]);
    const yes = share ? share * expected(from + 1, new Map(known).set(asked[from], true)) : 0;
    return yes + (share < 1 ? (1 - share) * expected(from + 1, new Map(known).set(asked[from], false)) : 0);
  };
  return expected(0, new Map());
}

function combinations(lists) {
  return lists.reduce((found, list) => found.flatMap((start) => list.map((value) => [...start, value])), [[]]);
}
