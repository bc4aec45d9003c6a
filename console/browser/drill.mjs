// A whole drill in real browsers, from the doors to the report: a facilitator, players on a phone and on a laptop,
// a big screen, somebody who comes late, a reload, a server that is killed.
//
//   node drill.mjs HOTWASH FOLDER
//
// HOTWASH is the binary, FOLDER gets the record and the pictures. It needs chromium, and prints
// `test result: N passed, M failed` for `./test`.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';

const [binary, folder] = process.argv.slice(2).map((path) => resolve(path));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
let passed = 0;
let failed = 0;
const complaints = [];

function check(what, holds, more = '') {
  if (holds) passed += 1;
  else { failed += 1; console.log(`FAILED: ${what} ${more}`); }
}

async function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

// The server, with the addresses that it prints.
async function serve(args) {
  const child = spawn(binary, ['drill', ...args, '--listen', `127.0.0.1:${port}`, '--test-clock'], { cwd: folder });
  let text = '';
  child.stdout.on('data', (data) => { text += data; });
  child.stderr.on('data', (data) => { text += data; });
  for (let i = 0; i < 600 && !text.includes('Ctrl-C'); i += 1) {
    if (child.exitCode !== null) break;
    await new Promise((done) => { setTimeout(done, 50); });
  }
  const facilitator = /http\S*\/f\/\w+/.exec(text)?.[0];
  if (!facilitator) throw new Error(`the drill did not start:\n${text}`);
  return { child, facilitator, code: /code (\S+ \S+)/.exec(text)[1] };
}

async function kill({ child }, signal) {
  const gone = new Promise((done) => { child.once('exit', done); });
  child.kill(signal);
  await gone;
}

const phone = (dark) => ({
  viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true,
  colorScheme: dark ? 'dark' : 'light',
});
const desk = (dark) => ({ viewport: { width: 1440, height: 900 }, colorScheme: dark ? 'dark' : 'light' });

async function visitor(browser, how) {
  const context = await browser.newContext(how);
  const page = await context.newPage();
  page.setDefaultTimeout(20000);
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error}`));
  return page;
}

// A picture, the rules of accessibility, and no page that scrolls sideways.
async function look(page, name) {
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, {
    preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  const wrong = found.violations.map((of) => `${of.id}: ${of.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
  check(`${name}: accessible`, wrong.length === 0, wrong.join('\n'));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  check(`${name}: does not scroll sideways`, wide <= 0, `${wide} px`);
}

// What somebody did stands on their page as being in the record.
async function kept(page, label) {
  await page.locator('#outbox li', { hasText: label }).locator('.kept:not(.not)').first().waitFor({ timeout: 15000 });
}

async function joins(page, server, name, role) {
  await page.goto(`${origin}/`);
  await page.getByLabel('Code of the drill').fill(server.code.toLowerCase());
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel(role).check();
  await page.getByRole('button', { name: 'Take the seat' }).click();
  await page.waitForURL(/\/s\//);
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const port = await freePort();
const origin = `http://127.0.0.1:${port}`;
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
let server = await serve(['ransomware-friday-evening', '--pace', '6']);
let clockPage = null;
// Lets the wall go on by so many minutes; the story goes at its pace.
async function minutes(n) {
  const asked = await clockPage.request.post(`${clockPage.url()}clock`, { form: { ms: String(n * 60000) } });
  if (!asked.ok()) throw new Error(`the clock was not moved: ${asked.status()}`);
}

async function lobby() {
  const facilitator = await visitor(browser, desk(false));
  await facilitator.goto(server.facilitator);
  await facilitator.getByRole('button', { name: 'Run the drill' }).click();
  clockPage = facilitator;
  const door = await visitor(browser, phone(false));
  await door.goto(`${origin}/?code=${server.code.replace(' ', '')}`);
  await look(door, 'join-phone-light');
  const analyst = await visitor(browser, phone(true));
  await joins(analyst, server, 'Jonas', 'Security analyst');
  await analyst.getByRole('button', { name: 'Yes, I can read this' }).click();
  await analyst.getByText('You answered it').waitFor();
  await look(analyst, 'lobby-phone-dark');
  const service = await visitor(browser, desk(true));
  await joins(service, server, 'Lucia', 'Service desk');
  const wall = await visitor(browser, desk(true));
  await joins(wall, server, 'Board', 'This is the big screen');
  await facilitator.getByText('Lucia', { exact: true }).waitFor();
  await facilitator.locator('.who', { hasText: 'Jonas' }).getByText('answered', { exact: true }).waitFor();
  await look(facilitator, 'house-desk-light');
  await look(wall, 'wall-before-desk-dark');
  return { facilitator, analyst, service, wall, door };
}

async function begins({ facilitator, analyst, service, wall }) {
  await facilitator.getByText('STARTEX…').click();
  await facilitator.getByRole('button', { name: 'Start the exercise' }).click();
  await facilitator.getByRole('heading', { name: 'Queue' }).waitFor();
  // Pages change by themselves.
  await analyst.getByRole('heading', { name: 'Inbox' }).waitFor();
  await service.getByRole('heading', { name: 'Inbox' }).waitFor();
  await wall.getByText('Clock: runs').waitFor();
  check('the clock of the wall goes', await wall.locator('[data-clock]').count() === 1);
  // Somebody gets a letter, on which page ever, and opens it.
  const open = (page) => page.locator('.msg.new').getByRole('button').first();
  let reader = null;
  for (let i = 0; i < 12 && !reader; i += 1) {
    await minutes(6);
    await facilitator.waitForTimeout(600);
    for (const page of [analyst, service]) if (await open(page).isVisible()) reader = page;
  }
  check('a letter reaches somebody', reader !== null);
  await open(reader).click();
  await reader.locator('#outbox .kept:not(.not)').first().waitFor();
}

async function acts({ facilitator, analyst, service }) {
  // A new inject, written by the facilitator, reaches its reader.
  await facilitator.getByText('New inject').click();
  await facilitator.getByLabel('From', { exact: true }).fill('Night nurse');
  await facilitator.locator('[data-keep="add-to"]').selectOption({ label: 'Security analyst' });
  await facilitator.locator('[data-keep="add-text"]').fill('The screens on ward 3 say "pay". <b>What now?</b>');
  await facilitator.getByRole('button', { name: 'Send it now' }).click();
  await kept(facilitator, 'New inject');
  await minutes(8);
  const nurse = analyst.locator('.msg', { hasText: 'Night nurse' });
  await nurse.waitFor({ timeout: 20000 });
  await nurse.getByRole('button').first().click();
  await analyst.getByText('<b>What now?</b>').waitFor();
  // An inject is edited, another left out.
  const edit = facilitator.locator('.q').filter({ has: facilitator.locator('details.act') }).first();
  await edit.getByText('Edit', { exact: true }).click();
  await edit.locator('textarea').fill('Everything is encrypted, and the printer prints a note.');
  await edit.getByRole('button', { name: 'Change the text' }).click();
  await kept(facilitator, 'Edit an inject');
  await facilitator.locator('.q').filter({ has: facilitator.getByRole('button', { name: 'Skip', exact: true }) }).last()
    .getByRole('button', { name: 'Skip', exact: true }).click();
  await kept(facilitator, 'Skip');
  // By keyboard alone: to the acts, open the log, write, send.
  await service.keyboard.press('a');
  await service.locator('#verbs summary', { hasText: 'Incident log' }).focus();
  await service.keyboard.press('Enter');
  await service.keyboard.press('Tab');
  await service.keyboard.type('Ward 3 called: screens ask for money.');
  await service.keyboard.press('Tab');
  await service.keyboard.press('Enter');
  await kept(service, 'Incident log');
  await look(analyst, 'player-phone-dark');
  await look(service, 'player-desk-dark');
  await look(facilitator, 'facilitator-desk-light');
}

async function killed({ facilitator, analyst, wall }) {
  // Half a note is typed; the page is loaded again, then the server is killed.
  await analyst.locator('.acts .go').click();
  await analyst.locator('#verbs summary', { hasText: 'Note for the hot wash' }).click();
  await analyst.locator('[data-keep="note"]').fill('We did not know whom to call');
  await analyst.reload();
  check('typed text outlives a reload', await analyst.locator('[data-keep="note"]').inputValue() === 'We did not know whom to call');
  await kill(server, 'SIGKILL');
  await analyst.getByText('No line.', { exact: true }).waitFor({ timeout: 20000 });
  await analyst.goto(`${analyst.url().split('#')[0]}#verbs`).catch(() => {});
  await look(analyst, 'offline-phone-dark');
  await analyst.locator('#verbs summary', { hasText: 'Note for the hot wash' }).click();
  await analyst.locator('[data-keep="note"]').fill('We did not know whom to call at night');
  await analyst.locator('#verbs').getByRole('button', { name: 'Keep the note' }).click();
  await analyst.getByText('not confirmed').waitFor();
  const record = readdirSync(join(folder, 'records')).find((name) => name.endsWith('.jsonl'));
  server = await serve(['--resume', join('records', record)]);
  await kept(analyst, 'Note');
  await facilitator.getByText('Paused by the facilitator.').waitFor({ timeout: 30000 });
  await wall.getByText('Clock: paused').waitFor({ timeout: 30000 });
  const text = readFileSync(join(folder, 'records', record), 'utf8');
  const times = text.split('We did not know whom to call at night').length - 1;
  check('an act that was sent again counts once', times === 1, `${times} times`);
  await facilitator.getByRole('button', { name: 'Go on' }).click();
  await kept(facilitator, 'Go on');
  return record;
}

async function later({ facilitator, analyst }) {
  await facilitator.getByText('Move on…').click();
  await facilitator.getByRole('button', { name: '4 h later', exact: true }).click();
  await kept(facilitator, '4 h later');
  await analyst.getByText('Read first what your role learned').or(analyst.getByText('learned nothing new')).first().waitFor();
  const press = await visitor(browser, phone(false));
  await joins(press, server, 'Maeve', 'Communications');
  await press.getByRole('heading', { name: 'What you know by now' }).waitFor();
  await look(press, 'late-phone-light');
  await press.getByRole('button', { name: 'I am ready' }).click();
  await press.getByRole('heading', { name: 'Inbox' }).waitFor();
  await facilitator.locator('.who', { hasText: 'Maeve' }).waitFor();
  await look(press, 'player-phone-light');
  await analyst.locator('.acts .go').click();
  await look(analyst, 'verbs-phone-dark');
  await facilitator.emulateMedia({ colorScheme: 'dark' });
  await look(facilitator, 'facilitator-desk-dark');
  const preview = facilitator.locator('.who', { hasText: 'Jonas' }).getByRole('link', { name: 'Preview' });
  const [shown] = await Promise.all([facilitator.context().waitForEvent('page'), preview.click()]);
  await shown.getByRole('heading', { name: 'Inbox' }).waitFor();
  await shown.close();
}

async function ends({ facilitator, analyst, service }, record) {
  await facilitator.getByText('ENDEX…').click();
  await facilitator.getByRole('button', { name: 'ENDEX', exact: true }).click();
  await analyst.getByText('The exercise is over.').first().waitFor();
  await service.getByText('The exercise is over.').first().waitFor();
  await look(service, 'over-desk-dark');
  const report = await visitor(browser, desk(false));
  await report.context().addCookies(await facilitator.context().cookies());
  await report.goto(`${facilitator.url()}report.md`);
  const text = await report.locator('body').innerText();
  check('the report is there', text.includes('EXERCISE') && text.length > 3000);
  await kill(server, 'SIGINT');
  for (const command of ['verify', 'replay']) {
    const run = spawnSync(binary, [command, join('records', record)], { cwd: folder, encoding: 'utf8' });
    check(`hotwash ${command} is content with the record`, run.status === 0, run.stdout + run.stderr);
  }
}

try {
  const people = await lobby();
  await begins(people);
  await acts(people);
  const record = await killed(people);
  await later(people);
  await ends(people, record);
  // A server that is killed makes browsers complain of the line, which is what the test wants of them.
  const meant = (text) => /ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY|Failed to load resource|ERR_NETWORK/.test(text);
  const other = complaints.filter((text) => !meant(text));
  check('no page complains', other.length === 0, other.join('\n'));
} catch (error) {
  failed += 1;
  console.log(`FAILED: ${error.stack ?? error}`);
  let n = 0;
  for (const context of browser.contexts()) {
    for (const page of context.pages()) {
      n += 1;
      await page.screenshot({ path: join(folder, `failed-${n}.png`), fullPage: true }).catch(() => {});
    }
  }
} finally {
  server.child.kill('SIGKILL');
  await browser.close();
}
console.log(`test result: ${failed ? 'FAILED' : 'ok'}. ${passed} passed; ${failed} failed; 0 ignored`);
process.exit(failed ? 1 : 0);
