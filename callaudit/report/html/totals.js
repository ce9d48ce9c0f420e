// What each bucket has to bear: callaudit/load/totals.py, line by line.

const chargesOf = (stream, situation) =>
  situation.scenario.keys_set || !stream.without_key.length ? stream.charges : stream.without_key;

// Whether something on its way lets through less than is asked.
const isBounded = (stream) => stream.caches.length > 0 || stream.queues.length > 0;

// Answers for the streams of one scenario, for any number of users.
class Totals {
  constructor(streams, scenario, runs) {
    this.runs = boundedRuns(streams, runs);
    this.cached = streams.filter(isBounded);
    this.lots = lotsOf(streams, { scenario });
  }

  // Requests and units per second that one bucket has to bear.
  bucket(name, situation) {
    let requests = NOTHING;
    let units = NOTHING;
    for (const lot of this.lots.get(name)?.values() ?? []) {
      requests = plus(requests, situation.rate(lot.requests));
      units = plus(units, situation.rate(lot.units));
    }
    const [calls, cost] = tooMany(this.runs, name, situation);
    const less = (value, most) => (
      value[2] < Infinity ? [value[0], value[1], Math.max(value[2] - most, value[1])] : value
    );
    requests = less(requests, calls);
    units = less(units, cost);
    const kept = this.cached.filter((stream) => chargesOf(stream, situation).some(([bucket]) => bucket === name));
    if (!kept.length) return { requests, units };
    const left = passedRates(this.cached, situation);
    for (const stream of kept) {
      for (const [, cost] of chargesOf(stream, situation).filter(([bucket]) => bucket === name)) {
        requests = plus(requests, left.get(stream.id));
        units = plus(units, times(left.get(stream.id), cost));
      }
    }
    return { requests, units };
  }
}

// What each stream asks of one bucket, the dearest first, as [{stream, requests, units}].
function contributors(streams, situation, bucket) {
  const left = passedRates(streams.filter(isBounded), situation);
  const found = [];
  for (const stream of streams) {
    const charge = chargesOf(stream, situation).find(([name]) => name === bucket);
    if (!charge) continue;
    const requests = left.get(stream.id) ?? situation.rate(demandOf(stream, situation.scenario));
    found.push({ stream, requests, units: times(requests, charge[1]) });
  }
  return found.filter((one) => one.requests[2] > 0).sort((one, other) => other.units[1] - one.units[1]);
}

// For each bucket its streams by shape, each with what it asks for added up, in requests and in units.
function lotsOf(streams, situation) {
  const buckets = new Map();
  for (const stream of streams.filter((one) => !isBounded(one))) {
    const demand = demandOf(stream, situation.scenario);
    const shape = shapeOf(demand);
    for (const [bucket, cost] of chargesOf(stream, situation)) {
      const lots = buckets.get(bucket) ?? new Map();
      const none = { ...demand, weights: demand.weights.map(() => NOTHING) };
      const { requests, units } = lots.get(shape) ?? { requests: none, units: none };
      const add = (lot, price) => ({
        ...lot, weights: lot.weights.map((sum, slot) => plus(sum, times(demand.weights[slot], price))),
      });
      lots.set(shape, { requests: add(requests, ONE), units: add(units, cost) });
      buckets.set(bucket, lots);
    }
  }
  return buckets;
}

// Actions whose entry says how many calls a run makes at most, with their own streams: callaudit/load/branches.py.
function boundedRuns(streams, runs) {
  return Object.entries(runs).flatMap(([name, most]) => {
    const own = streams.filter((stream) => stream.kind === 'action' && stream.action === name);
    return own.length > 1 && !own.some(isBounded) ? [{ name, most, own }] : [];
  });
}

// Requests and units per second that the sum over the endpoints of actions has too many at most.
function tooMany(runs, bucket, situation) {
  let requests = 0;
  let units = 0;
  for (const { name, most, own } of runs) {
    const rate = situation.actionRate(name)[2];
    if (rate <= 0) continue;
    const [calls, cost] = excessOf(own, most, bucket, situation);
    requests += product(calls, rate);
    units += product(cost, rate);
  }
  return [requests, units];
}

function excessOf(own, bound, bucket, situation) {
  const charged = own.map((stream) => chargesOf(stream, situation).filter(([name]) => name === bucket));
  const ways = own.map((stream, place) => [
    product(stream.calls[2], situation.tried(stream)[2]),
    charged[place].reduce((sum, [, cost]) => sum + cost[2], 0),
  ]);
  if (charged.some((found) => !found.length) || ways.flat().includes(Infinity)) return [0, 0];
  const expected = own.reduce((sum, stream) => sum + stream.calls[1] * situation.tried(stream)[1], 0);
  const most = Math.max(bound, expected);
  const calls = ways.reduce((sum, [many]) => sum + many, 0);
  const whole = ways.reduce((sum, [many, price]) => sum + product(many, price), 0);
  let left = most;
  let dearest = 0;
  for (const [many, price] of [...ways].sort((one, other) => other[1] - one[1])) {
    const taken = Math.min(many, left);
    dearest += taken * price;
    left -= taken;
  }
  return [Math.max(0, calls - most), whole - dearest];
}
