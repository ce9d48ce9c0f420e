// What the page does beside its tables and its panel: the choice of colours, evidence in place, print, copying.

function chooseColours() {
  const button = document.getElementById('colours');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const root = document.documentElement;
  const isDark = () => (root.dataset.colours ? root.dataset.colours === 'dark' : dark.matches);
  const tell = () => {
    button.textContent = isDark() ? 'Light' : 'Dark';
    button.setAttribute('aria-label', isDark() ? 'Use light colours' : 'Use dark colours');
  };
  try {
    // A page from disk may have no storage; the choice then lasts as long as the page.
    const kept = localStorage.getItem('callaudit-colours');
    if (kept === 'dark' || kept === 'light') root.dataset.colours = kept;
  } catch { /* as above */ }
  button.hidden = false;
  button.addEventListener('click', () => {
    root.dataset.colours = isDark() ? 'light' : 'dark';
    try {
      localStorage.setItem('callaudit-colours', root.dataset.colours);
    } catch { /* as above */ }
    tell();
  });
  dark.addEventListener('change', tell);
  tell();
}

// Evidence appears beside what it proves while a pointer or the keyboard is there; Escape puts it away.
function showEvidence() {
  const card = document.getElementById('card');
  let timer = 0;
  let shown = null;
  const hide = () => {
    clearTimeout(timer);
    shown?.removeAttribute('aria-describedby');
    shown = null;
    card.hidden = true;
  };
  const show = (link) => {
    const proof = document.getElementById(link.hash.slice(1))?.querySelector('.proof');
    if (!proof) return;
    hide();
    card.replaceChildren(...[...proof.childNodes].map((node) => node.cloneNode(true)));
    card.hidden = false;
    const { left, bottom, top } = link.getBoundingClientRect();
    const below = bottom + card.offsetHeight + 12 < innerHeight;
    card.style.left = `${Math.max(8, Math.min(left, innerWidth - card.offsetWidth - 8)) + scrollX}px`;
    card.style.top = `${(below ? bottom + 6 : top - card.offsetHeight - 6) + scrollY}px`;
    link.setAttribute('aria-describedby', 'card');
    shown = link;
  };
  const evidence = (event) => event.target.closest?.('a.at, a.figure');
  document.addEventListener('mouseover', (event) => {
    const link = evidence(event);
    if (!link && event.target.closest?.('#card')) return;
    clearTimeout(timer);
    timer = setTimeout(() => (link ? show(link) : hide()), link ? 120 : 200);
  });
  document.addEventListener('focusin', (event) => (evidence(event) ? show(evidence(event)) : hide()));
  document.addEventListener('click', hide);
  document.addEventListener('keydown', (event) => event.key === 'Escape' && hide());
}

// What is folded is printed too, and a link into something folded opens it.
function unfold() {
  const opened = [];
  addEventListener('beforeprint', () => {
    for (const one of document.querySelectorAll('details:not([open])')) {
      one.open = true;
      opened.push(one);
    }
  });
  addEventListener('afterprint', () => opened.splice(0).forEach((one) => { one.open = false; }));
  const open = () => {
    for (let one = location.hash && document.getElementById(location.hash.slice(1)); one; one = one.parentElement) {
      if (one.tagName === 'DETAILS') one.open = true;
    }
  };
  addEventListener('hashchange', open);
  open();
  for (const button of document.querySelectorAll('button[data-unfold]')) {
    const all = [...document.getElementById(button.dataset.unfold).querySelectorAll('details')];
    button.hidden = false;
    button.addEventListener('click', () => {
      const to = !all.every((one) => one.open);
      for (const one of all) one.open = to;
      button.textContent = to ? 'Fold all' : 'Unfold all';
    });
  }
}

function offerCopies() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll('button.copy')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.previousElementSibling.textContent);
      button.textContent = 'Copied';
      setTimeout(() => { button.textContent = 'Copy'; }, 1500);
    });
  }
}

// The contents mark the section that is read, and the map the flows of what is pointed at.
function followReader() {
  const links = new Map([...document.querySelectorAll('nav.contents a')].map((link) => [link.hash.slice(1), link]));
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries.filter((one) => one.isIntersecting)) {
      for (const link of links.values()) link.removeAttribute('aria-current');
      links.get(entry.target.id)?.setAttribute('aria-current', 'true');
    }
  }, { rootMargin: '-10% 0px -80% 0px' });
  for (const id of links.keys()) watcher.observe(document.getElementById(id));
  const map = document.querySelector('svg.map');
  map?.addEventListener('mouseover', (event) => {
    const names = event.target.closest('[data-flows]')?.dataset.flows.split(' ') ?? [];
    map.classList.toggle('pointed', names.length > 0);
    for (const flow of map.querySelectorAll('path[data-flows]')) {
      flow.classList.toggle('on', names.includes(flow.dataset.flows));
    }
  });
}

chooseColours();
enhanceTables();
showEvidence();
unfold();
offerCopies();
followReader();
const data = document.getElementById('model');
if (data) {
  const model = readModel(data.textContent);
  window.callaudit = {
    evaluate: (scenario, levers, other) => evaluate(other ? readModel(other) : model, scenario, levers),
    contributors: ({ streams, situation, bucket }) => contributors(streams, situation, bucket.id),
  };
  new Panel(document.getElementById('what-if-levers'), model);
}
