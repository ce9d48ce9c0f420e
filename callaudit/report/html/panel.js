// The what-if panel: levers on one side, what the model answers on the other.

const amount = (value) => {
  if (!Number.isFinite(value)) return '∞';
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value && value < 0.0001 ? '<0.0001' : String(Number(value.toPrecision(3)));
};
const percent = (share) => (share >= 0.01 || !share ? `${Math.round(share * 100).toLocaleString('en')} %` : `${Number((share * 100).toPrecision(2))} %`);

// The bounds of a range, in small letters below what is expected; nothing where there is one number.
function bounds([low, , high]) {
  const made = document.createElement('small');
  made.textContent = amount(low) === amount(high) ? '' : ` ${amount(low)}…${amount(high)}`;
  return made;
}

const SCALES = {
  plain: { from: Number, to: Number, show: (value) => amount(value) },
  percent: { from: (raw) => raw / 100, to: (value) => Math.round(value * 100), show: (value) => `${Math.round(value * 100)} %` },
  seconds: { from: Number, to: Number, show: (value) => (value ? `${amount(value)} s` : 'none') },
  asWritten: { from: Number, to: Number, show: (value) => (value ? `at least ${amount(value)} s` : 'as in the code') },
  users: {
    from: (raw) => Number((10 ** raw).toPrecision(2)),
    to: (value) => Math.log10(Math.max(value, 1)),
    show: (value) => amount(value),
  },
  factor: { from: (raw) => Number((10 ** raw).toPrecision(2)), to: Math.log10, show: (value) => `× ${amount(value)}` },
};

class Panel {
  constructor(form, model) {
    this.form = form;
    this.model = model;
    this.answer = document.getElementById('what-if-answer');
    this.said = document.getElementById('what-if-said');
    this.levers = [...form.querySelectorAll('[data-lever]')];
    form.hidden = false;
    form.addEventListener('input', (event) => {
      if (event.target.name === 'scenario') this.reset();
      this.update(event.target);
    });
    form.addEventListener('reset', (event) => {
      event.preventDefault();
      this.reset();
      this.update();
    });
    form.addEventListener('submit', (event) => event.preventDefault());
    this.reset();
    this.update();
  }

  get scenario() {
    return this.model.scenarios.find((one) => one.name === this.form.elements.scenario.value);
  }

  // Every lever where the scenario has it; one that nobody moves changes nothing, ranges included.
  reset() {
    for (const lever of this.levers) {
      const { scale, start, lever: name } = lever.dataset;
      const value = this.scenario[name];
      if (lever.type === 'checkbox') lever.checked = false;
      else if (name.startsWith('tier:')) lever.value = this.scenario.tiers[name.slice(5)] ?? '';
      else lever.value = SCALES[scale].to(start !== undefined ? Number(start) : Array.isArray(value) ? value[1] : value);
      delete lever.dataset.moved;
    }
  }

  moved() {
    const found = {};
    for (const lever of this.levers.filter((one) => one.dataset.moved)) {
      const { lever: name, scale } = lever.dataset;
      if (lever.type === 'checkbox') found[name] = lever.checked;
      else found[name] = scale ? SCALES[scale].from(Number(lever.value)) : lever.value;
    }
    return found;
  }

  update(touched) {
    if (touched?.dataset?.lever) touched.dataset.moved = 'yes';
    for (const lever of this.levers) this.label(lever);
    const before = evaluate(this.model, this.scenario.name);
    const moved = this.moved();
    const after = Object.keys(moved).length ? evaluate(this.model, this.scenario.name, moved) : before;
    this.answer.replaceChildren(...after.map((one) => this.row(one, before.find((old) => old.bucket.id === one.bucket.id))));
    this.summary(after);
    this.contributors(after);
  }

  label(lever) {
    const { scale, lever: name, moved, start } = lever.dataset;
    if (!scale) return;
    const given = this.scenario[name];
    const text = moved || start !== undefined || !Array.isArray(given) || given[0] === given[2]
      ? SCALES[scale].show(SCALES[scale].from(Number(lever.value)))
      : given.map((value) => SCALES[scale].show(value)).filter((_, point) => point !== 1).join(' … ');
    document.getElementById(lever.getAttribute('aria-describedby')).textContent = text;
    lever.setAttribute('aria-valuetext', text);
  }

  row(now, before) {
    const row = document.createElement('tr');
    const { bucket, capacity, counted: load } = now;
    const cell = (text, kind = 'number') => {
      const made = document.createElement(kind === 'head' ? 'th' : 'td');
      if (kind === 'head') made.scope = 'row';
      else made.className = kind;
      made.textContent = text;
      row.append(made);
      return made;
    };
    const limit = document.createElement('small');
    limit.textContent = capacity === null ? 'limit not known' : `${amount(capacity)} ${bucket.unit} in ${amount(bucket.window_s)} s`;
    cell(bucket.title, 'head').append(limit);
    cell(amount(load[1])).append(bounds(load));
    const share = cell('', 'gauge');
    share.append(capacity === null ? '–' : gauge(load, capacity));
    cell(fitText(now));
    cell(changeText(load[1], before?.counted[1]));
    row.dataset.level = capacity === null ? 'note' : levelOf(load, capacity);
    return row;
  }

  summary(found) {
    const limited = found.filter((one) => one.users !== null);
    const first = limited.sort((one, other) => one.users[1] - other.users[1])[0];
    const over = found.filter((one) => one.capacity !== null && one.counted[1] > one.capacity);
    const users = this.moved().users ?? this.scenario.users;
    const [who, do_, fit_] = !this.model.has_users ? ['What runs here', 'does', 'fits'] : users === 1 ? ['1 user', 'does', 'fits'] : [`${amount(users)} users`, 'do', 'fit'];
    const judged = found.filter((one) => one.capacity !== null);
    const known = judged.length === found.length ? '' : ' the limits that are known';
    let fits = `${who} ${fit_}${known}.`;
    if (over.length) fits = `${who} ${do_} not fit: ${over.length} of ${judged.length} known limits exceeded.`;
    if (!judged.length) fits = `No limit is known: nothing says whether ${who} ${fit_}.`;
    this.said.textContent = first ? `${fits} First limit: ${first.bucket.title}, enough for ${fitText(first)}.` : fits;
    this.said.dataset.level = over.length ? 'bad' : judged.length ? 'good' : 'note';
  }

  contributors(found) {
    const judged = found.filter((one) => one.capacity !== null);
    const [worst] = judged.sort((one, other) => other.counted[1] / other.capacity - one.counted[1] / one.capacity);
    const list = document.getElementById('what-if-top');
    list.replaceChildren();
    if (!worst) return;
    document.getElementById('what-if-of').textContent = `Asks most of ${worst.bucket.title}`;
    for (const { stream, units } of contributors(worst.streams, worst.situation, worst.bucket.id).slice(0, 5)) {
      const item = document.createElement('li');
      const link = document.createElement('a');
      const share = document.createElement('span');
      link.href = `#${stream.at}`;
      link.textContent = `${stream.entry} → ${stream.endpoint}, ${stream.kind}`;
      share.className = 'number';
      share.textContent = `${amount(units[1] * (worst.bucket.window_s ?? 0))} ${worst.bucket.unit} / ${amount(worst.bucket.window_s)} s`;
      item.append(link, share);
      list.append(item);
    }
  }
}

function fitText({ bucket, capacity, users }) {
  if (capacity === null) return 'not known';
  if (users === null) return 'any number';
  return bucket.per === 'visitor' ? 'none' : users[1].toLocaleString('en');
}

function changeText(now, before) {
  if (!before || Math.abs(now - before) < 1e-9 * before) return '–';
  const change = (now / before - 1) * 100;
  const digits = Math.abs(change) < 10 ? 1 : 0;
  return `${change > 0 ? '+' : '−'}${Math.abs(change).toLocaleString('en', { maximumFractionDigits: digits })} %`;
}

function levelOf([, expected, high], capacity) {
  if (expected > capacity) return 'bad';
  return high > capacity ? 'warning' : 'good';
}

// A bar of the share of the limit, whose end is the limit, and the share in words.
function gauge([, expected], capacity) {
  const made = document.createElement('span');
  const bar = document.createElement('i');
  const share = expected / capacity;
  bar.style.width = `${Math.min(share, 1) * 100}%`;
  bar.setAttribute('aria-hidden', 'true');
  made.className = 'share';
  made.append(bar, percent(share));
  return made;
}
