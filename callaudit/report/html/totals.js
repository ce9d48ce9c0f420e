// What each bucket has to bear: callaudit/load/totals.py, line by line.

const chargesOf = (stream, situation) =>
  situation.scenario.keys_set || !stream.without_key.length ? stream.charges : stream.without_key;

// For each bucket requests and units per second, as {id: {requests, units}}.
function bucketTotals(streams, situation) {
  const found = new Map();
  const add = (bucket, requests, units) => {
    const before = found.get(bucket) ?? { requests: NOTHING, units: NOTHING };
    found.set(bucket, { requests: plus(before.requests, requests), units: plus(before.units, units) });
  };
  for (const [bucket, lots] of lotsOf(streams, situation)) {
    for (const { demand, requests, units } of lots.values()) {
      add(bucket, situation.rate({ ...demand, weights: requests }), situation.rate({ ...demand, weights: units }));
    }
  }
  const cached = streams.filter((stream) => stream.caches.length);
  const left = passedRates(cached, situation);
  for (const stream of cached) {
    const rate = left.get(stream.id);
    for (const [bucket, cost] of chargesOf(stream, situation)) add(bucket, rate, times(rate, cost));
  }
  return found;
}

// What each stream asks of one bucket, the dearest first, as [{stream, requests, units}].
function contributors(streams, situation, bucket) {
  const left = passedRates(streams.filter((stream) => stream.caches.length), situation);
  const found = [];
  for (const stream of streams) {
    const charge = chargesOf(stream, situation).find(([name]) => name === bucket);
    if (!charge) continue;
    const requests = left.get(stream.id) ?? situation.rate(demandOf(stream, situation.scenario.latency_s));
    found.push({ stream, requests, units: times(requests, charge[1]) });
  }
  return found.filter((one) => one.requests[2] > 0).sort((one, other) => other.units[1] - one.units[1]);
}

function lotsOf(streams, situation) {
  const buckets = new Map();
  for (const stream of streams.filter((one) => !one.caches.length)) {
    const demand = demandOf(stream, situation.scenario.latency_s);
    const shape = shapeOf(demand);
    for (const [bucket, cost] of chargesOf(stream, situation)) {
      if (!buckets.has(bucket)) buckets.set(bucket, new Map());
      const lots = buckets.get(bucket);
      const lot = lots.get(shape) ?? { demand, requests: demand.weights.map(() => NOTHING), units: demand.weights.map(() => NOTHING) };
      lot.requests = lot.requests.map((sum, slot) => plus(sum, demand.weights[slot]));
      lot.units = lot.units.map((sum, slot) => plus(sum, times(demand.weights[slot], cost)));
      lots.set(shape, lot);
    }
  }
  return buckets;
}
