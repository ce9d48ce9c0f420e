// How often streams fire in a scenario: callaudit/load/demand.py and situation.py, line by line.

const REPEATING = new Set(['poll', 'timer', 'loop', 'cron']);

const both = (one, other) => (!one || JSON.stringify(one) === JSON.stringify(other) ? other : ['all', one, other]);

function oneOf(rates) {
  const mean = rates.reduce((sum, rate) => sum + rate[1], 0) / rates.length;
  return [Math.min(...rates.map((rate) => rate[0])), mean, Math.max(...rates.map((rate) => rate[2]))];
}

// What one stream asks for, in requests: conditions, and for each what is asked where it holds. It is kept, as a stream
// belongs to one scenario: the levers make new ones.
const demands = new WeakMap();
function demandOf(stream, scenario) {
  if (!demands.has(stream)) demands.set(stream, newDemand(stream, scenario));
  return demands.get(stream);
}

function newDemand(stream, scenario) {
  const repeats = REPEATING.has(stream.kind);
  if (!repeats) return { stream, group: stream.kind, slots: [stream.when], weights: [stream.calls] };
  const slots = new Map();
  const add = (slot, rate) => {
    const key = JSON.stringify(slot);
    slots.set(key, slots.has(key) ? plus(slots.get(key), rate) : rate);
  };
  const always = [];
  for (const [seconds, when] of stream.alternatives) {
    const rate = rateOf(stream, seconds, scenario);
    if (when) add(both(stream.when, when), rate);
    else always.push(rate);
  }
  if (always.length) add(stream.when, oneOf(always));
  const rates = [...slots.values()];
  const weights = rates.map((rate) => times(stream.calls, rate));
  const periods = stream.restarts.length ? rates.map((rate) => 1 / rate[1]) : [];
  return { stream, group: 'repeat', slots: [...slots.keys()].map((slot) => JSON.parse(slot)), weights, periods };
}

// Runs per second; where the interval begins after a run, what fails delays it by its attempts and waits.
function rateOf(stream, seconds, { latency_s: latency, failure: fails }) {
  const period = (point) => failingPeriod(seconds, latency[point], fails[point], stream.failure, stream.failure_delays_s);
  if (stream.after_run && fails[2]) return [2, 1, 0].map((point) => 1 / period(point));
  return falling(latency, (wait) => pollRate(seconds, wait, stream.after_run));
}

// What decides how a demand follows a scenario: demands with one shape are added up first.
function shapeOf({ stream, group, slots, periods }) {
  const { holder, pages, background, action, retry, failure, fresh, restarts } = stream;
  return JSON.stringify([group, holder, pages, slots, background, action, retry, failure, fresh, restarts, periods]);
}

class Situation {
  // `users` stands in for the scenario's number, with actions in proportion; a visitor is one user who is connected.
  constructor(scenario, { visitor = false, users = scenario.users } = {}) {
    this.scenario = scenario;
    this.visitor = visitor;
    this.growth = scenario.users ? users / scenario.users : 1;
    this.concurrent = visitor ? ONE : scaled(scenario.share_concurrent, scenario.users * this.growth);
    this.known = new Map();
  }

  // The same with another number of users: what does not depend on that is not computed again.
  grown(users) {
    const found = new Situation(this.scenario, { visitor: this.visitor, users });
    found.known = this.known;
    return found;
  }

  rate(demand) {
    if (!this.known.has(demand)) this.known.set(demand, [this.held(this.restarted(demand)), this.tried(demand.stream)]);
    const [held, tried] = this.known.get(demand);
    return times(times(held, this.firings(demand)), tried);
  }

  // Seconds between the runs of a poller while it runs, as expected; null where it never does.
  period(demand) {
    const { slots, weights } = this.restarted(demand);
    const spans = this.spans(slots.flatMap(terms));
    const chances = new Map([...spans].map(([name, span]) => [name, span[1]]));
    const shares = slots.map((slot) => holds(slot, chances));
    const rate = shares.reduce((sum, share, place) => sum + product(share, weights[place][1]), 0);
    return rate > 0 ? shares.reduce((sum, share) => sum + share, 0) / rate : null;
  }

  // What a poll asks for where actions put it off: callaudit/load/restarts.py.
  restarted(demand) {
    const { restarts } = demand.stream;
    if (!restarts.length || demand.group !== 'repeat' || demand.stream.holder !== 'user') return demand;
    const often = restarts.map(([action, chance]) => times(this.actionRate(action), chance)).reduce(plus, NOTHING);
    const each = often.map((rate, point) => (this.concurrent[point] ? rate / this.concurrent[point] : 0));
    const weights = demand.weights.map((weight, slot) => weight.map(
      (value, point) => product(value, putOff(demand.periods[slot], each[2 - point])),
    ));
    return { ...demand, weights };
  }

  // The weights whose conditions hold: at the corners of what is not known, as each chance is linear.
  held({ slots, weights }) {
    if (weights.length === 1 && !slots[0]) return weights[0];
    const asked = slots.flatMap(terms);
    const spans = this.spans(asked);
    const names = [...spans.keys()].sort();
    const chancesAt = (values) => new Map(names.map((name, place) => [name, values[place]]));
    const total = (values, point) => {
      const chances = chancesAt(values);
      return slots.reduce((sum, slot, place) => sum + product(holds(slot, chances), weights[place][point]), 0);
    };
    const corners = combinations(names.map((name) => [...new Set([spans.get(name)[0], spans.get(name)[2]])]));
    const expected = total(names.map((name) => spans.get(name)[1]), 1);
    const low = Math.min(...corners.map((corner) => total(corner, 0)));
    return between(low, expected, Math.max(...corners.map((corner) => total(corner, 2))));
  }

  // The chance of each thing that is asked; one whose text the scenario names speaks for all of its kind.
  spans(asked) {
    const key = (term) => [term[2] in this.scenario.conditions ? 1 : 0, term[1], term[2]].join(' ');
    const order = [...asked].sort((one, other) => (key(one) < key(other) ? -1 : 1));
    return new Map(order.map((term) => [identity(term), this.chance(term)]));
  }

  chance([, kind, text]) {
    if (text in this.scenario.conditions) return this.scenario.conditions[text];
    if (kind === 'websocket') return this.scenario.websocket_uptime;
    if (kind === 'account') return this.visitor ? ONE : this.scenario.share_connected;
    const fails = this.scenario.failure;
    return kind === 'failure' ? [0, fails[1], fails[2]] : this.scenario.unknown_condition;
  }

  // Who has the stream, and how often it fires where it does not repeat.
  firings({ stream, group }) {
    const scenario = this.scenario;
    if (group === 'action' || group === 'refetch') return this.actionRate(stream.action);
    if (stream.holder !== 'user') {
      const instances = { server: scenario.server_instances, worker: scenario.worker_instances, once: 1 };
      return this.visitor ? NOTHING : scaled(ONE, instances[stream.holder]);
    }
    const here = scaled(this.concurrent, this.share(stream.pages));
    if (group === 'repeat') return times(here, stream.background ? scenario.tabs : scenario.focus_share);
    if (group === 'focus') return times(here, scaled(scenario.returns_per_hour, 1 / 3600));
    const fresh = [...stream.fresh].reverse();
    const loads = [...this.dwell(stream.pages)].reverse().map((stay, point) => cachedRate(loadRate(stay), fresh[point]));
    return times(here, loads);
  }

  share(pages) {
    const shares = new Map(this.scenario.pages.map((visit) => [visit.page, visit.share]));
    return pages.length ? pages.reduce((sum, page) => sum + (shares.get(page) ?? 0), 0) : 1;
  }

  dwell(pages) {
    const said = this.scenario.pages.filter((visit) => visit.dwell_s !== null && pages.includes(visit.page));
    return said.length ? scaled(ONE, Math.min(...said.map((visit) => visit.dwell_s))) : this.scenario.dwell_s;
  }

  actionRate(name) {
    const rates = this.scenario.actions.filter((action) => action.entry === name).map((action) => this.rateOf(action));
    return rates.reduce(plus, NOTHING);
  }

  rateOf({ per_second: rate, per_user: each }) {
    if (each) return times(rate, this.concurrent);
    if (!this.visitor) return scaled(rate, this.growth);
    const { share_concurrent: there, share_connected: connected, users } = this.scenario;
    const acting = there[1] * users * (connected[1] || 1);
    return acting ? scaled(rate, 1 / acting) : NOTHING;
  }

  tried({ retry, failure }) {
    const { retry_miss: misses, failure: fails } = this.scenario;
    return times(misses.map((miss) => attempts(retry, miss)), fails.map((miss) => attempts(failure, miss)));
  }
}
