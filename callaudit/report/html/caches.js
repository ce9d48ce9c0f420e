// What caches and queues let through, by the formulas of callaudit/load/gates.py, one stream after the other.

// For each stream with caches or queues on its way the requests per second that leave: two caches do what the better one does.
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
  for (const stream of streams) {
    if (!found.has(stream.id)) found.set(stream.id, situation.rate(demandOf(stream, situation.scenario)));
  }
  return queuedRates(streams, found, situation);
}

// What queues let out of what comes to them: so many a second, or as many as end while one takes so long.
function queuedRates(streams, comes, situation) {
  const left = new Map(comes);
  const queues = new Map(streams.flatMap((stream) => stream.queues.map((queue) => [queue.id, queue])));
  for (const queue of queues.values()) {
    const members = streams.filter((stream) => stream.queues.some((one) => one.id === queue.id));
    const rates = members.map((stream) => comes.get(stream.id));
    const copies = queuesOf(queue, members, situation);
    const points = [0, 1, 2].map((point) => {
      const takes = situation.scenario.latency_s[2 - point];
      return queuedAt(queue, rates.map((rate) => rate[point]), copies[point], takes);
    });
    members.forEach((stream, place) => {
      const out = points.map((found) => found[place]);
      const before = left.get(stream.id);
      const through = [Math.min(...out), out[1], Math.max(...out)];
      left.set(stream.id, before.map((value, point) => Math.min(value, through[point])));
    });
  }
  return left;
}

function queuedAt(queue, asked, copies, takes) {
  const whole = asked.reduce((sum, rate) => sum + rate, 0);
  const starts = queue.per_second ?? Infinity;
  const ends = queue.concurrency && takes ? queue.concurrency / takes : Infinity;
  const each = copies ? whole / copies : 0;
  const bound = queue.drops ? cachedRate(each, 1 / queue.per_second) : Math.min(starts, ends);
  const most = product(copies, bound);
  if (whole === Infinity && most === Infinity) return asked;
  return whole > most ? asked.map((rate) => partOf(rate, asked, most)) : asked;
}

function queuesOf(queue, members, situation) {
  if (queue.store === 'browser') return situation.concurrent;
  const { scenario } = situation;
  const atWork = members.every((stream) => stream.origin === 'worker' || stream.holder === 'worker');
  const here = atWork ? scenario.worker_instances : scenario.server_instances;
  return scaled(ONE, queue.store === 'process' || queue.store === 'unknown' ? here : 1);
}

// What one cache lets through of each stream; one of unknown time may keep everything or nothing.
function throughCache(cache, members, situation) {
  const latency = situation.scenario.latency_s;
  const rates = members.map((stream) => situation.rate(demandOf(stream, situation.scenario)));
  const ttl = cache.ttl_s ?? (cache.kind === 'dedup' ? latency[1] : null);
  if (ttl === null) return rates.map((rate) => [0, rate[1], rate[2]]);
  const copies = copiesOf(cache, members, situation);
  const regular = regularOf(cache, members, rates, situation);
  const points = [0, 1, 2].map((point) => passedAt(point, ttl, rates, copies[point], regular));
  return rates.map((rate, place) => {
    const left = points.map((found) => found[place]);
    const low = Math.min(...left);
    return cache.certain ? [low, left[1], Math.max(...left)] : [low, rate[1], rate[2]];
  });
}

// What is let through of each stream at one of the bounds, or as it is expected.
function passedAt(point, ttl, rates, copies, regular) {
  const asked = rates.map((rate) => rate[point]);
  const number = regular ? regular.number : -1;
  const others = asked.map((rate, place) => (place === number ? 0 : rate));
  const each = copies ? others.reduce((sum, rate) => sum + rate, 0) / copies : 0;
  if (!regular) return asked.map((rate) => partOf(rate, others, product(copies, cachedRate(each, ttl))));
  const polled = Math.min(regular.keys[point], copies);
  const [polls, passing] = mixedCacheRate(regular.period, ttl, each);
  const rest = product(polled, passing) + product(copies - polled, cachedRate(each, ttl));
  return asked.map((rate, place) => (place === number ? Math.min(rate, product(polled, polls)) : partOf(rate, others, rest)));
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

// The poller whose requests for one key come at even times; null where pollers of many users share an answer.
function regularOf(cache, members, rates, situation) {
  const processes = situation.scenario.server_instances;
  const own = cache.store === 'process' || cache.store === 'unknown';
  let found = null;
  members.forEach((stream, number) => {
    const byUser = stream.holder === 'user' && cache.store !== 'browser';
    const spread = byUser && processes > 1 && own;
    const shared = byUser && cache.scope !== 'per-key';
    if (!REPEATING.has(stream.kind) || rates[number][2] <= 0 || spread || shared) return;
    const once = demandOf({ ...stream, calls: ONE, retry: 1, failure: 1 }, situation.scenario);
    const period = situation.period(once);
    if (period === null || (found && found.period <= period)) return;
    found = { number, keys: scaled(situation.rate(once), period), period };
  });
  return found;
}
