import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { serve } from '@trimtab/api';
import type { Scoreboard, Served } from '@trimtab/api';
import { PORTFOLIO, sampleEntries, sampleJournal } from '@trimtab/api/sample';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildPage } from '../build.ts';
import { browser } from './browser.ts';

type Mode = Parameters<typeof serve>[0]['mode'];

const wall = Math.floor(Date.now() / 1000) - 400;
const entries = sampleEntries({ cycles: 800, wall });
const half = entries.findIndex((entry) => entry.event.kind === 'RunClosed') + 1;
const board: Scoreboard = {
  progress: { done: 1, total: 2, label: 'Replaying a crash' },
  valueVsHold: 0.0042,
  valueVsConstantMix: -0.0009,
  trackingError: 0.0061,
  largestDrift: 0.0184,
};

let chromium: Browser;
let folder: string;
beforeAll(async () => {
  [chromium, folder] = await Promise.all([browser(), buildPage()]);
});
afterAll(() => chromium.close());

const servers: Served[] = [];
const troubles: string[] = [];
afterEach(async () => {
  for (const context of chromium.contexts()) await context.close();
  for (const server of servers.splice(0)) await server.close();
  const complaints = troubles.splice(0);
  if (complaints.length > 0) throw new Error(`The browser complained: ${complaints.join('; ')}`);
});

describe('the page', () => {
  test('says how the vault is and shows every asset against its target and band', async () => {
    const { page } = await show(half);
    expect(await page.locator('.plate').textContent()).toBe('Mode: SIMULATION');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/^(On target|Rebalanced|Rebalancing)/);
    for (const symbol of ['WETH', 'WBTC', 'USDC']) {
      await page.getByRole('img', { name: new RegExp(`^${symbol}: weight .* target .* band .* to `) }).waitFor();
      await page.getByRole('img', { name: new RegExp(`^${symbol}: between .* outside its band at`) }).waitFor();
    }
    expect(await page.locator('.strip-trade').count()).toBe(2);
    await page.getByText('Replaying a crash').waitFor();
    await page.getByText('+0.42 %').waitFor();
  });

  test('follows the journal as it is written, and announces a new decision once', async () => {
    const { page, journal } = await show(half);
    const before = await page.locator('.list li').count();
    journal.arrive(entries.slice(half));
    await page.waitForFunction((count) => document.querySelectorAll('.list li').length > count, before);
    const last = entries.findLast((entry) => entry.event.kind === 'Observed');
    const cycle = last?.event.kind === 'Observed' ? last.event.cycle : 0;
    await page.getByText(`look ${cycle}`, { exact: true }).waitFor();
    expect(await page.getByRole('status').textContent()).toMatch(/^(Holding|Refused|Rebalancing)/);
  });

  test('explains any past decision, picked with the keyboard alone', async () => {
    const { page } = await show();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await tabTo(page, '.list button');
    for (let i = 0; i < 40 && !(await focused(page)).startsWith('Acted'); i += 1)
      await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toMatch(/^Acted/);
    await page.getByRole('heading', { name: 'A past decision, explained' }).waitFor();
    await page.getByText('Decided to rebalance').waitFor();
    const told = page.locator('.told');
    for (const part of ['Seen', 'Wanted', 'Planned', 'Let pass', 'Cost']) {
      await told.getByRole('heading', { name: part, exact: true }).waitFor();
    }
    await told.getByText(/^Sell .* for at least /).waitFor();
    await told.getByText(/Sent in 3 slices, one a block, .* an attack gains at most /).waitFor();
    expect(await told.locator('.plan > li').count()).toBe(2);
    await told.getByText(/^All 3 slices settled for /).press('Enter');
    expect(await told.getByText(/^for .* in block /).count()).toBe(3);
    await told.getByText(/all 5 limits were kept/).waitFor();
    const because = await told.locator('.verdict').textContent();
    await told.getByRole('button', { name: 'Earlier' }).press('Enter');
    await page.waitForFunction((text) => document.querySelector('.verdict')?.textContent !== text, because);
    await told.getByRole('button', { name: 'Latest' }).press('Enter');
    await page.getByRole('heading', { name: 'The latest decision, explained' }).waitFor();
  });

  test('reads out any moment of the drift with the keyboard, and has it as a table', async () => {
    const { page } = await show();
    const slider = page.getByRole('slider', { name: 'Moment read out' });
    const now = await slider.getAttribute('aria-valuetext');
    await slider.press('Home');
    expect(await slider.getAttribute('aria-valuetext')).not.toBe(now);
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/UTC: WETH 40.0 %, WBTC 30.0 %, USDC 30.0 %/);
    await page.getByText('Drift over time as a table').press('Enter');
    const table = page.getByRole('region', { name: 'Drift over time as a table' });
    expect(await table.getByRole('row').count()).toBeGreaterThan(10);
    expect(await table.textContent()).toContain('bought');
  });

  test('says when the connection is lost, and finds it again', async () => {
    const { page, server, again } = await show();
    await page.getByText('Connected').waitFor({ state: 'attached' });
    await server.close();
    await page.getByRole('alert').getByText('Connection lost').waitFor();
    await again();
    await page.getByText('Connected').waitFor({ state: 'attached' });
    expect(troubles.splice(0).filter((trouble) => !trouble.includes('ERR_'))).toEqual([]);
  });

  test('remembers the colours that were chosen', async () => {
    const { page } = await show();
    const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    const button = page.getByRole('button', { name: /^Colours:/ });
    await button.click();
    await button.click();
    expect(await button.getAttribute('title')).toBe('Colours: dark');
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await ground()).toBe(dark);
  });

  test('before the first look says that it waits, then fills without being reloaded', async () => {
    const { page, journal } = await show(0);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
      'Waiting for the first look at the vault.',
    );
    expect(await page.getByRole('heading', { level: 2 }).count()).toBe(0);
    journal.arrive(entries.slice(0, half));
    await page.getByRole('heading', { name: 'Drift over time' }).waitFor();
    expect(await page.getByRole('heading', { level: 2 }).count()).toBe(6);
  });

  test('marks an engine that fell silent as stale', async () => {
    const old = sampleEntries({ cycles: 20, wall: wall - 3_600 });
    const { page } = await show(old.length, {}, 'LIVE', old);
    const engine = page.locator('.inputs li', { hasText: 'Engine' });
    expect(await engine.locator('.pill').textContent()).toBe('STALE');
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [400, 1400]) {
      test(`is sound for every reader, ${colorScheme}, ${width} px wide`, async () => {
        const { page } = await show(entries.length, {
          colorScheme,
          viewport: { width, height: 900 },
          reducedMotion: 'reduce',
        });
        await page.getByText('Drift over time as a table').click();
        expect(await faults(page)).toEqual([]);
        for (const kind of ['Acted', 'Refused']) {
          await page.locator('.list button', { hasText: kind }).first().click();
          await page.locator('.verdict .kind[data-kind]:not([data-kind="hold"])').waitFor();
          expect(await faults(page)).toEqual([]);
        }
        const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        expect(content).toBeLessThanOrEqual(window ?? 0);
      });
    }
  }

  for (const mode of ['DRY RUN', 'LIVE'] as const) {
    test(`shows its plate and reads well in ${mode}`, async () => {
      const { page } = await show(entries.length, {}, mode, sampleEntries({ cycles: 300, wall, mode }));
      expect(await page.locator('.plate').textContent()).toBe(`Mode: ${mode}`);
      expect(await faults(page)).toEqual([]);
    });
  }
});

/** Serve the first entries of a journal and open the page on them, noting everything the browser complains of. */
async function show(
  count = entries.length,
  options: BrowserContextOptions = {},
  mode: Mode = 'SIMULATION',
  all = entries,
) {
  const journal = sampleJournal(all.slice(0, count));
  const start = async (port: number): Promise<Served> => {
    const scoreboard = (): Scoreboard => board;
    const served = await serve({ journal, portfolio: PORTFOLIO, mode, port, page: folder, scoreboard });
    servers.push(served);
    return served;
  };
  const server = await start(0);
  const page = await chromium.newPage(options);
  page.setDefaultTimeout(10_000);
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(error.message));
  await page.goto(server.url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return { page, journal, server, again: () => start(Number(new URL(server.url).port)) };
}

/** List what axe-core finds serious, each with the element it is at. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return grave.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}

async function tabTo(page: Page, selector: string): Promise<void> {
  const there = (): Promise<boolean> => page.evaluate((at) => document.activeElement?.matches(at) === true, selector);
  for (let i = 0; i < 40 && !(await there()); i += 1) await page.keyboard.press('Tab');
  expect(await there()).toBe(true);
}

function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent ?? '');
}
