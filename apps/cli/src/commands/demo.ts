// The main job in one command: a vault on a local chain, kept on target through a crash.

import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { report, standard } from '../report.ts';
import type { Standard } from '../report.ts';

export function define(program: Command): void {
  standard(program.command('demo'))
    .description('keep a vault on target through a crash, on a chain of this machine; needs no keys and no network')
    .option('--headless', 'serve no page and run as fast as the machine allows')
    .option('--data <path>', 'prices to replay: CSV, gzip accepted; wide or tidy')
    .option('--port <port>', 'port of the page and the API; 0 takes any free one', port, 4747)
    .option('--speed <times>', 'chain seconds for each second of the clock', positive)
    .option('--seed <seed>', 'seed of everything random', whole)
    .option('--fresh', 'forget an earlier demo instead of carrying on')
    .option('--targets <targets>', 'target weights, such as WETH=60%,USDC=40%')
    .option('--max-gap <seconds>', 'longest step in --data that is not a hole', positive)
    .option('--folder <path>', 'where its journal and key live, default .trimtab/demo')
    .action((flags: Standard) =>
      report(flags, async () => {
        const { demo } = await import('../demo/demo.ts');
        return demo(flags);
      }),
    );
}

function whole(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('Write a whole number.');
  return Number(text);
}

function port(text: string): number {
  const value = whole(text);
  if (value > 65_535) throw new InvalidArgumentError('Ports end at 65535; write a whole number from 0 to 65535.');
  return value;
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('Write a number above zero.');
  return value;
}
