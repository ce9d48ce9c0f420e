// What each bucket has to bear: callaudit/load/totals.py, line by line.

const chargesOf = (stream, situation) =>
  situation.scenario.keys_set || !stream.without_key.length ? stream.charges : stream.without_key;

// Whether something on its way lets through less than is asked.
const isBounded = (stream) => stream.caches.length > 0 || stream.queues.length > 0;

// Answers for the streams of one scenario, for any number of users.
class Totals {
  constructor(streams, scenario) {
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
