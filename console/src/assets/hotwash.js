// The script of every live page. It keeps what somebody typed, sends acts until they are on disk, lets the clock
// go on, and brings the parts of the page up to date. It knows nothing of the exercise.
'use strict';
(() => {
  const page = document.body.dataset;
  const { seat, kind } = page;
  const store = (name) => `hotwash-${seat || 'door'}-${name}`;
  const byId = (id) => document.getElementById(id);
  const load = (name, none) => {
    try { return JSON.parse(localStorage.getItem(store(name))) ?? none; } catch { return none; }
  };
  const save = (name, value) => {
    try {
      if (value === null) localStorage.removeItem(store(name));
      else localStorage.setItem(store(name), JSON.stringify(value));
    } catch { /* A browser without storage keeps nothing over a reload; acts are sent all the same. */ }
  };

  // ---- what was typed stays, until the act that it belongs to is in the record
  const key = (field) => `draft-${field.dataset.keep}`;
  const isChoice = (field) => field.type === 'radio' || field.type === 'checkbox';
  function keepField(field) {
    if (!field.dataset || field.dataset.keep === undefined) return;
    if (isChoice(field)) { if (field.checked) save(key(field), field.value); }
    else save(key(field), field.value === '' ? null : field.value);
  }
  function restoreFields() {
    for (const field of document.querySelectorAll('[data-keep]')) {
      const kept = load(key(field), null);
      if (kept === null) continue;
      if (isChoice(field)) { if (field.value === kept) field.checked = true; }
      else if (field !== document.activeElement && field.value !== kept) field.value = kept;
    }
  }
  document.addEventListener('input', (event) => keepField(event.target));
  document.addEventListener('change', (event) => keepField(event.target));
  restoreFields();
  if (!seat || kind === 'preview') return;

  // ---- the clock: everybody's is the server's
  let offset = Number(page.now) - Date.now();
  const wall = () => Date.now() + offset;
  const two = (n) => String(n).padStart(2, '0');
  const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
  function span(ms) {
    const minutes = Math.floor(ms / 60000);
    if (minutes < 1) return `${Math.floor(ms / 1000)} s`;
    if (minutes < 60) return `${minutes} min`;
    return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  }
  function passed(clock) {
    return Math.max(0, wall() - Number(clock.dataset.wall)) * Number(clock.dataset.pace) / 1000;
  }
  function showClock() {
    const clock = document.querySelector('[data-clock]');
    if (clock) {
      const at = new Date(Number(clock.dataset.local) + passed(clock));
      const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
      const label = clock.dataset.label;
      let text = `${DAYS[at.getUTCDay()]} ${time}`;
      if (/^\d\d:\d\d:\d\d$/.test(label)) text = `${time}:${two(at.getUTCSeconds())}`;
      else if (/^\d\d:\d\d$/.test(label)) text = time;
      if (clock.textContent !== text) clock.textContent = text;
      for (const now of document.querySelectorAll('[data-now]')) {
        if (now !== document.body && now.textContent !== `now, ${text}`) now.textContent = `now, ${text}`;
      }
      const now = Number(clock.dataset.at) + passed(clock);
      for (const due of document.querySelectorAll('[data-until]')) {
        const left = Number(due.dataset.until) - now;
        const said = left >= 0 ? span(left) : `late by ${span(-left)}`;
        if (due.textContent !== said) due.textContent = said;
      }
    }
    for (const seen of document.querySelectorAll('[data-seen]')) {
      const ago = `${span(Math.max(0, wall() - Number(seen.dataset.seen)))} ago`;
      if (seen.textContent !== ago) seen.textContent = ago;
    }
  }
  setInterval(showClock, 1000);

  // ---- acts: kept here until the server says that they are on disk
  let outbox = load('outbox', []);
  let said = [];
  let sending = false;
  let tries = 0;
  const time = () => new Date(wall()).toTimeString().slice(0, 5);
  function name() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }
  function line(text, state, kept, reason) {
    const item = document.createElement('li');
    const what = document.createElement('span');
    const how = document.createElement('span');
    what.textContent = text;
    how.textContent = state;
    how.className = kept === null ? 'tag bad' : kept ? 'kept' : 'kept not';
    item.append(what, how);
    if (reason) {
      const why = document.createElement('span');
      why.className = 'reason';
      why.textContent = reason;
      item.append(why);
    }
    return item;
  }
  function showOutbox() {
    const box = byId('outbox');
    if (!box) return;
    const lines = said.slice(-3).map((of) => line(of.label, of.state, of.kept, of.reason));
    for (const item of outbox) {
      const state = !item.sent ? 'kept on this device, not sent'
        : tries > 1 ? `not confirmed, try ${tries}` : `sent ${item.sent}, not confirmed`;
      lines.push(line(item.label, state, false));
    }
    box.firstElementChild.replaceChildren(...lines);
    box.hidden = lines.length === 0;
  }
  function hush(of) {
    setTimeout(() => { said = said.filter((one) => one !== of); showOutbox(); }, of.kept ? 9000 : 30000);
  }
  function tell(label, state, kept, reason) {
    const of = { label, state, kept, reason };
    said.push(of);
    hush(of);
    showOutbox();
  }
  // What was sent is no longer a draft, unless somebody went on typing.
  function forget(item) {
    for (const [kept, value] of item.drafts) {
      if (load(`draft-${kept}`, null) !== value) continue;
      save(`draft-${kept}`, null);
      for (const field of document.querySelectorAll(`[data-keep="${CSS.escape(kept)}"]`)) {
        if (isChoice(field)) field.checked = false;
        else if (field.value === value) field.value = field.defaultValue ?? '';
      }
    }
  }
  async function send() {
    if (sending || outbox.length === 0) return;
    sending = true;
    const item = outbox[0];
    item.sent = item.sent || time();
    tries += 1;
    showOutbox();
    let answer = null;
    try {
      const response = await fetch('act', {
        method: 'POST',
        headers: { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' },
        body: item.body,
        signal: AbortSignal.timeout(10000),
      });
      if (response.ok || response.status === 409) answer = await response.json();
      else if (response.status === 403) { answer = { refused: 'this seat is no longer yours' }; }
      else if (response.status === 413) { answer = { refused: 'the text is too long' }; }
    } catch { /* The line is gone: the act stays here and is sent again. */ }
    sending = false;
    if (answer) {
      outbox = outbox.filter((of) => of.id !== item.id);
      save('outbox', outbox);
      tries = 0;
      if (answer.refused) tell(item.label, 'not done', null, `${answer.refused}.`);
      else { forget(item); tell(item.label, `in the record #${answer.entry}`, true); }
      send();
    } else {
      showOutbox();
      setTimeout(send, Math.min(500 * 2 ** Math.min(tries, 5), 15000) * (0.75 + Math.random() / 2));
    }
  }
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!form.classList.contains('act')) return;
    event.preventDefault();
    const fields = new FormData(form, event.submitter);
    const body = new URLSearchParams(fields).toString();
    if (outbox.some((item) => item.body.endsWith(`&${body}`))) return;
    const id = name();
    const drafts = Array.from(form.querySelectorAll('[data-keep]'))
      .filter((field) => !isChoice(field) || field.checked)
      .map((field) => [field.dataset.keep, field.value]);
    const label = form.dataset.says || event.submitter?.textContent.trim() || 'Act';
    outbox.push({ id, label, body: `id=${id}&${body}`, drafts, sent: '' });
    save('outbox', outbox);
    form.closest('details.act, details.pop')?.removeAttribute('open');
    // The sheet of acts closes, which only a true change of the address does.
    if (location.hash === '#verbs') location.hash = '#inbox';
    showOutbox();
    send();
  });
  addEventListener('online', send);
  showOutbox();
  send();

  // ---- the line: parts of the page come as the server has them
  let entry = Number(page.entry);
  let source = null;
  let heard = Date.now();
  let wait = 500;
  let down = null;
  function lamp(state, text) {
    const of = byId('line');
    if (of && of.textContent !== text) { of.className = `lamp ${state}`; of.textContent = text; }
  }
  function lineIsUp() {
    heard = Date.now();
    wait = 500;
    clearTimeout(down);
    down = null;
    lamp('ok', 'Line is up');
    const offline = byId('offline');
    if (offline) offline.hidden = true;
  }
  function lineIsGone() {
    lamp('wait', 'Connecting');
    down ??= setTimeout(() => {
      lamp('bad', 'No line');
      const offline = byId('offline');
      if (!offline) return;
      const n = outbox.length;
      const acts = n === 0 ? 'what you do' : n === 1 ? '1 act' : `${n} acts`;
      byId('offline-text').textContent =
        ` Go on reading and writing: ${acts} ${n === 1 || n === 0 ? 'is' : 'are'} kept on this device and `
        + 'sent as soon as the line is back.';
      offline.hidden = false;
    }, 3000);
  }
  const keeps = {
    // What somebody opened stays open; what they typed is theirs.
    beforeAttributeUpdated: (attribute, node) =>
      !(attribute === 'open' || (node.dataset?.keep !== undefined && (attribute === 'value' || attribute === 'checked'))),
  };
  function apply(update) {
    if (update.from > entry) { reconnect(0); return; }
    offset = update.now - Date.now();
    for (const [part, html] of Object.entries(update.parts)) {
      const place = byId(`part-${part}`);
      if (place) {
        Idiomorph.morph(place, html, { morphStyle: 'innerHTML', ignoreActiveValue: true, callbacks: keeps });
      }
    }
    entry = update.entry;
    document.body.dataset.entry = String(entry);
    restoreFields();
    showClock();
  }
  function reconnect(after) {
    source?.close();
    source = null;
    setTimeout(connect, after);
  }
  function connect() {
    if (source) return;
    source = new EventSource(`events?after=${entry}&kind=${kind}`);
    source.addEventListener('open', () => { lineIsUp(); send(); });
    source.addEventListener('parts', (event) => { lineIsUp(); apply(JSON.parse(event.data)); });
    source.addEventListener('beat', (event) => { lineIsUp(); offset = Number(event.data) - Date.now(); });
    source.addEventListener('reload', () => location.reload());
    source.addEventListener('gone', () => location.assign('/'));
    source.addEventListener('error', () => {
      lineIsGone();
      reconnect(wait * (0.75 + Math.random() / 2));
      wait = Math.min(wait * 2, 15000);
    });
  }
  setInterval(() => {
    if (Date.now() - heard > 25000) { heard = Date.now(); lineIsGone(); reconnect(0); }
  }, 5000);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && Date.now() - heard > 12000) reconnect(0);
  });
  connect();
  showClock();

  // ---- keys: they lead to places, and never do anything by themselves
  const PLACES = { i: 'inbox', k: 'known', t: 'tasks', c: 'clocks', d: 'decide', a: 'verbs', q: 'queue', w: 'room' };
  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest('input, textarea, select, [contenteditable]');
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const place = byId(PLACES[event.key]);
    if (!place) return;
    event.preventDefault();
    place.tabIndex = -1;
    place.focus();
    place.scrollIntoView({ block: 'start' });
  });
})();
