// The page of a rehearsal, with the live figures that only a rehearsal knows.

import { serve } from '@trimtab/api';
import type { Scoreboard } from '@trimtab/api';
import { Log, summarise } from '@trimtab/lab';
import { buildPage } from '@trimtab/web/build';
import type { Closing } from '../withClosing.ts';
import type { Scene } from './Audience.ts';
import type { Stage } from './stage.ts';

/** Figures are counted again at most this often. {ms} */
const FRESH = 1_000;

/** Build the page if need be and serve it. Resolves with its address. Rejects with PortInUse. */
export async function openPage(stage: Stage, port: number, scene: Scene, closing: Closing): Promise<string> {
  const page = await buildPage();
  const { journal } = stage.world;
  const { portfolio } = stage.deployment;
  const served = await serve({
    journal,
    portfolio,
    mode: 'SIMULATION',
    port,
    page,
    scoreboard: scoreboardOf(stage, scene),
  });
  closing(() => served.close());
  scene.office.serves(served.url);
  return served.url;
}

function scoreboardOf(stage: Stage, scene: Scene): () => Scoreboard {
  let counted = Number.NEGATIVE_INFINITY;
  let figures: Scoreboard = {};
  return () => {
    if (performance.now() - counted > FRESH && stage.lastSeen() !== undefined) {
      counted = performance.now();
      const summary = summarise(Log.fromJournal(stage.entries));
      figures = {
        valueVsHold: summary.againstBuyAndHold,
        valueVsConstantMix: summary.againstConstantMix,
        trackingError: summary.trackingError,
        largestDrift: summary.drift.max,
      };
    }
    return { ...figures, progress: { done: scene.done, total: scene.total, label: 'replay' } };
  };
}
