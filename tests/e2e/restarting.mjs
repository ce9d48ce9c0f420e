// A poll of TanStack Query on a clock of its own, whose query is asked again at given moments: how often it asks.

const { interval, seconds, moments } = JSON.parse(process.argv[2]);
const timers = new Map();
let now = 0;
const add = (callback, wait, every) => {
  const id = timers.size ? Math.max(...timers.keys()) + 1 : 1;
  timers.set(id, { callback, due: now + Math.max(wait ?? 0, 0), every });
  return id;
};
globalThis.setTimeout = (callback, wait) => add(callback, wait, 0);
globalThis.setInterval = (callback, wait) => add(callback, wait, wait);
globalThis.clearTimeout = (id) => timers.delete(id);
globalThis.clearInterval = globalThis.clearTimeout;
globalThis.window = { addEventListener() {}, removeEventListener() {} };

const { QueryClient, QueryObserver } = await import('@tanstack/query-core');

// Everything that promises do before the next timer.
async function settled() {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
}

async function run(until) {
  for (;;) {
    const next = [...timers].filter(([, one]) => one.due <= until).sort((one, other) => one[1].due - other[1].due)[0];
    if (!next) break;
    const [id, timer] = next;
    now = timer.due;
    if (timer.every) timer.due += timer.every;
    else timers.delete(id);
    timer.callback();
    await settled();
  }
  now = until;
}

const client = new QueryClient({ defaultOptions: { queries: { gcTime: Infinity } } });
let asked = 0;
const queryFn = async () => {
  asked += 1;
  return asked;
};
new QueryObserver(client, { queryKey: ['q'], queryFn, refetchInterval: interval * 1000 }).subscribe(() => {});
await settled();
asked = 0;
for (const moment of moments) {
  await run(moment * 1000);
  void client.invalidateQueries({ queryKey: ['q'] });
  await settled();
}
await run(seconds * 1000);
console.log(asked);
process.exit(0);
