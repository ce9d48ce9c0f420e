// Tables that sort by any column and show only the rows that a reader asks for.

function sortable(table) {
  const body = table.tBodies[0];
  const original = [...body.rows];
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    head.setAttribute('aria-sort', 'none');
    button.addEventListener('click', () => {
      const next = { none: 'ascending', ascending: 'descending', descending: 'none' }[head.getAttribute('aria-sort')];
      for (const other of table.tHead.rows[0].cells) other.setAttribute('aria-sort', 'none');
      head.setAttribute('aria-sort', next);
      body.append(...(next === 'none' ? original : sorted(original, column, next === 'descending')));
    });
  });
}

function sorted(rows, column, down) {
  const keys = new Map(rows.map((row) => [row, sortKey(row.cells[column])]));
  const order = (one, other) => compared(keys.get(one), keys.get(other)) * (down ? -1 : 1);
  return [...rows].sort(order);
}

// A number where the cell says which, else its text.
function sortKey(cell) {
  const marked = cell.querySelector('[data-value]');
  if (marked) return Number(marked.dataset.value);
  const text = cell.textContent.trim();
  const plain = cell.classList.contains('number') ? /^-?[\d,]*\.?\d+/.exec(text) : null;
  return plain ? Number(plain[0].replaceAll(',', '')) : text;
}

function compared(one, other) {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  if (typeof one !== typeof other) return typeof one === 'number' ? -1 : 1;
  return one.localeCompare(other, 'en', { numeric: true });
}

// A field above `where` (or `beside` its caption) that hides the items without all of its words; `noun` is counted.
function filterable(where, items, label, noun, beside = false) {
  const box = document.createElement('div');
  const field = document.createElement('input');
  const count = document.createElement('span');
  box.className = beside ? 'filter beside' : 'filter';
  field.type = 'search';
  field.placeholder = 'Filter';
  field.autocomplete = 'off';
  field.spellcheck = false;
  count.setAttribute('role', 'status');
  box.append(count, field);
  field.setAttribute('aria-label', label);
  where.before(box);
  field.addEventListener('input', () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = items.filter((item) => {
      const text = item.textContent.toLowerCase();
      item.hidden = !words.every((word) => text.includes(word));
      return !item.hidden;
    });
    count.textContent = words.length ? `${shown.length} of ${items.length} ${noun}` : '';
  });
}

function enhanceTables() {
  const long = 6;
  for (const table of document.querySelectorAll('table.sortable')) {
    sortable(table);
    const rows = [...table.tBodies[0].rows];
    const name = table.caption ? table.caption.textContent.trim() : 'this table';
    const beside = table.caption && !table.caption.classList.contains('unseen');
    if (rows.length >= long) filterable(table.closest('.scroll'), rows, `Filter rows: ${name}`, 'rows', beside);
  }
  for (const list of document.querySelectorAll('[data-filter]')) {
    if (list.children.length >= long) filterable(list, [...list.children], list.dataset.filter, 'endpoints');
  }
}
