// Takes the picture of a running page that the documentation shows.
//   node apps/web/screenshot.ts URL FILE [--dark] [--width N] [--height N]

import { parseArgs } from 'node:util';
import { browser } from './test/browser.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { dark: { type: 'boolean' }, width: { type: 'string' }, height: { type: 'string' } },
});
const [url, file] = positionals;
if (url === undefined || file === undefined) {
  throw new Error('A page and a file are needed: node apps/web/screenshot.ts URL FILE.png [--dark] [--width 1400]');
}
const chromium = await browser();
try {
  const page = await chromium.newPage({
    viewport: { width: Number(values.width ?? 1400), height: Number(values.height ?? 900) },
    colorScheme: values.dark === true ? 'dark' : 'light',
    deviceScaleFactor: 2,
  });
  await page.goto(url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.screenshot({ path: file, fullPage: values.height === undefined });
} finally {
  await chromium.close();
}
