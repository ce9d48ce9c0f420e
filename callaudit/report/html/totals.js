// What each bucket has to bear: callaudit/load/caches.py and totals.py, line by line.

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

// For each stream with caches on its way the requests per second that leave: two caches do what the better one does.
function passedRates(streams, situation) {
  const groups = new Map();
  for (const stream of streams) {
    for (const cache of stream.caches) {
      const key = JSON.stringify([cache.id, stream.host, stream.endpoint]);
      groups.set(key, [...(groups.get(key) ?? []), stream]);
    }
  }
  const found = new Map();
  for (const [key, members] of groups) {
    const cache = members[0].caches.find((one) => one.id === JSON.parse(key)[0]);
    throughCache(cache, members, situation).forEach((left, place) => {
      const { id } = members[place];
      const before = found.get(id);
      found.set(id, before ? before.map((value, point) => Math.min(value, left[point])) : left);
    });
  }
  return found;
}

function throughCache(cache, members, situation) {
  const latency = situation.scenario.latency_s;
  const rates = members.map((stream) => situation.rate(demandOf(stream, latency)));
  const ttl = cache.ttl_s ?? (cache.kind === 'dedup' ? latency[1] : null);
  if (ttl === null) return rates.map((rate) => [0, rate[1], rate[2]]);
  const copies = copiesOf(cache, members, situation);
  const period = onlyPeriod(cache, members, rates, situation);
  const kept = rates.reduce(plus, NOTHING).map((asked, point) => letThrough(asked, copies[point], ttl, period));
  const left = rates.map((rate) =>
    rate.map((own, point) => partOf(own, rates.map((one) => one[point]), kept[point])),
  );
  return left.map((range, place) => {
    const low = Math.min(range[0], range[1]);
    return cache.certain
      ? between(low, range[1], Math.max(range[1], range[2]))
      : [low, rates[place][1], rates[place][2]];
  });
}

function letThrough(rate, keys, ttl, period) {
  if (rate <= 0 || keys <= 0) return 0;
  if (period !== null) return Math.min(rate, keys * polledCacheRate(period, ttl));
  return keys * cachedRate(rate / keys, ttl);
}

function partOf(own, everybody, kept) {
  const endless = everybody.filter((rate) => rate === Infinity).length;
  if (endless) return own === Infinity ? kept / endless : 0;
  const whole = everybody.reduce((sum, rate) => sum + rate, 0);
  return whole ? (kept * own) / whole : 0;
}

// How many answers are kept: one for each key in each process that keeps its own.
function copiesOf(cache, members, situation) {
  const scenario = situation.scenario;
  if (cache.store === 'browser') return situation.concurrent;
  const atWork = members.every((stream) => stream.origin === 'worker' || stream.holder === 'worker');
  const here = atWork ? scenario.worker_instances : scenario.server_instances;
  const processes = cache.store === 'process' || cache.store === 'unknown' ? here : 1;
  if (cache.scope === 'shared' || !members.some((stream) => stream.holder === 'user')) return scaled(ONE, processes);
  const { concurrent, visitor } = situation;
  const users = visitor ? concurrent : times(concurrent, scenario.share_connected);
  const most = scaled(users.map((count) => Math.max(count, 1)), processes);
  return cache.scope === 'per-key' ? most : [processes, most[1], most[2]];
}

// The period of the one poller that asks for each key; null where several ask, or requests meet any process.
function onlyPeriod(cache, members, rates, situation) {
  const active = members.filter((_, place) => rates[place][2] > 0);
  if (active.length !== 1 || !REPEATING.has(active[0].kind) || active[0].alternatives.length !== 1) return null;
  const [stream] = active;
  const byUser = stream.holder === 'user';
  const own = cache.store === 'process' || cache.store === 'unknown';
  const several = byUser && situation.scenario.server_instances > 1 && own;
  if (several || (byUser && cache.scope !== 'per-key')) return null;
  return stream.alternatives[0][0] + (stream.after_run ? situation.scenario.latency_s[1] : 0);
}
