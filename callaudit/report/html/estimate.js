// One scenario with levers moved: callaudit/load/estimate.py on streams and scenarios that the levers change.

const MOST_USERS = 10000000;
const RANGES = [
  'share_concurrent', 'share_connected', 'websocket_uptime', 'focus_share', 'tabs', 'returns_per_hour', 'dwell_s',
  'latency_s', 'retry_miss', 'failure', 'unknown_condition',
];

// The scenario with other shares and with another number of users, actions in proportion.
function movedScenario(base, levers) {
  const exactly = (value) => [value, value, value];
  const moved = { ...base };
  for (const name of RANGES) if (levers[name] !== undefined) moved[name] = exactly(levers[name]);
  if (levers.server_instances !== undefined) moved.server_instances = levers.server_instances;
  const users = levers.users ?? base.users;
  const growth = base.users ? users / base.users : 0;
  const pace = growth * (levers.actions ?? 1);
  moved.users = users;
  moved.actions = base.actions.map((action) => ({
    ...action,
    per_second: scaled(action.per_second, action.per_user ? (levers.actions ?? 1) : pace),
  }));
  return moved;
}

const SOCKET_DOWN = ['not', ['term', 'websocket', 'WebSocket up']];

// The streams with polls that wait longer, loops that try less often, caches on the servers, and what is switched.
function movedStreams(streams, levers, scenario) {
  const store = scenario.server_instances > 1 ? 'distributed' : 'process';
  return streams.map((stream) => {
    const moved = { ...stream };
    if (levers.interval_s && stream.kind === 'poll') {
      moved.alternatives = stream.alternatives.map(([seconds, when]) => [Math.max(seconds, levers.interval_s), when]);
    }
    if (levers.attempts) moved.retry = Math.min(stream.retry, levers.attempts);
    const ttl = stream.scope === 'shared' ? levers.shared_ttl_s : levers.account_ttl_s;
    if (ttl && stream.origin !== 'browser' && stream.effect === 'read') {
      const scope = stream.scope === 'shared' ? 'shared' : 'per-key';
      const cache = { id: 'what-if', kind: 'cache', ttl_s: ttl, scope, store, certain: true };
      moved.caches = [...stream.caches, cache];
    }
    return switched(moved, stream, levers);
  });
}

// What is pushed, asked for at once, or sent with the key: callaudit/load/changes.py.
function switched(moved, stream, levers) {
  if (levers.push && stream.pushed && stream.retry > 1) moved.calls = NOTHING;
  if (levers.websocket_only && stream.pushed && stream.kind === 'poll') {
    moved.when = stream.when ? ['all', stream.when, SOCKET_DOWN] : SOCKET_DOWN;
  }
  if (levers.batch && stream.batch && stream.calls[2] > 1 && stream.retry === 1) {
    moved.calls = stream.calls.map((calls) => fewer(calls, stream.batch.most));
    moved.charges = stream.batch.charges;
    moved.without_key = stream.batch.without_key;
  }
  if (levers.key_header && stream.with_key) {
    moved.charges = stream.with_key;
    moved.with_key = null;
  }
  return moved;
}

function fewer(calls, most) {
  if (calls <= 1) return calls;
  if (most === null) return 1;
  return calls === Infinity ? Infinity : Math.max(1, Math.ceil(calls / most));
}

// The buckets that anything is charged to, with what they bear: [{bucket, capacity, requests, counted, users}].
function evaluate(model, scenarioName, levers = {}) {
  const base = model.scenarios.find((one) => one.name === scenarioName);
  const scenario = movedScenario(base, levers);
  const streams = movedStreams(model.streams, levers, scenario);
  const everybody = new Situation(scenario);
  const visitor = new Situation(scenario, { visitor: true });
  const totals = new Totals(streams, scenario, model.runs);
  return model.buckets.flatMap((known) => {
    const bucket = tiered(known, scenario, levers);
    const situation = bucket.per === 'visitor' ? visitor : everybody;
    const { requests, units } = totals.bucket(bucket.id, situation);
    if (requests[2] <= 0) return [];
    const load = counted(bucket, units, scenario);
    const users = fittingUsers(bucket, totals, everybody, load);
    return [{ bucket, capacity: bucket.capacity, requests, counted: load, users, situation, streams }];
  });
}

function tiered(bucket, scenario, levers) {
  const tier = levers[`tier:${bucket.provider}`] ?? scenario.tiers[bucket.provider] ?? '';
  const priced = bucket.tiers.find(([name]) => name === tier);
  const several = scenario.server_ips > 1 && bucket.per === 'all' && bucket.id.endsWith('.server');
  return { ...bucket, capacity: priced ? priced[1] : bucket.capacity, per: several ? 'instance' : bucket.per };
}

function counted(bucket, units, scenario) {
  const own = bucket.per === 'instance' ? scaled(units, 1 / Math.max(scenario.server_ips, 1)) : units;
  if (bucket.concurrent) return own.map((rate, point) => product(rate, scenario.latency_s[point]));
  return own.map((rate) => product(rate, bucket.window_s ?? 0));
}

// How many users fit, as [fewest, expected, most]; null where any number does, or the capacity is not known.
function fittingUsers(bucket, totals, everybody, load) {
  if (bucket.capacity === null) return null;
  if (bucket.per === 'visitor') {
    const most = [...load].reverse().map((value) => (value <= bucket.capacity ? Infinity : 0));
    return most[1] === Infinity ? null : most;
  }
  const charged = (stream) => chargesOf(stream, everybody).some(([name]) => name === bucket.id);
  const steps = totals.cached.some(charged);
  const known = new Map();
  const at = (users) => {
    if (!known.has(users)) {
      const { units } = totals.bucket(bucket.id, everybody.grown(users));
      known.set(users, counted(bucket, units, everybody.scenario));
    }
    return known.get(users);
  };
  const found = [2, 1, 0].map((point) => fit(bucket.capacity, (users) => at(users)[point], steps));
  return found[1] === Infinity ? null : found;
}

// Linear in users, but for caches and queues, which are searched for in steps that halve.
function fit(capacity, at, steps) {
  const fixed = at(0);
  if (!steps) {
    const each = (at(MOST_USERS) - fixed) / MOST_USERS;
    if (fixed > capacity) return 0;
    return each <= 0 ? Infinity : Math.floor((capacity - fixed) / each + 1e-9);
  }
  const room = capacity * (1 + 1e-9);
  if (at(MOST_USERS) <= room) return Infinity;
  let low = 0;
  let high = MOST_USERS;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (at(middle) <= room) low = middle;
    else high = middle;
  }
  return low;
}

// Numbers of the page's data: what JSON cannot hold, a value without end, is null there.
function readModel(text) {
  const endless = (range) => range.map((value) => value ?? Infinity);
  const model = JSON.parse(text);
  const filled = (stream) => ({
    alternatives: [], after_run: false, background: false, when: null, action: '', retry: 1, failure: 1,
    fresh: NOTHING, caches: [], queues: [], without_key: [], failure_delays_s: [], pushed: false, batch: null, restarts: [],
    with_key: null, ...stream,
  });
  const priced = ([bucket, cost]) => [model.buckets[bucket].id, endless(cost)];
  model.streams = model.streams.map(filled).map((stream) => ({
    ...stream,
    calls: endless(stream.calls ?? ONE),
    restarts: stream.restarts.map(([action, chance]) => [action, endless(chance)]),
    fresh: endless(stream.fresh),
    pages: (stream.pages ?? []).map((page) => model.pages[page]),
    charges: stream.charges.map(priced),
    without_key: stream.without_key.map(priced),
    with_key: stream.with_key && stream.with_key.map(priced),
    batch: stream.batch && {
      most: stream.batch.most,
      charges: stream.batch.charges.map(priced),
      without_key: stream.batch.without_key.map(priced),
    },
  }));
  return model;
}
