// The real venue passes the suite that the simulated one passes.

import { venueConformance } from '@trimtab/engine/conformance';
import { openStage } from '../local/openStage.ts';

venueConformance('the settler of a vault on a real chain', () => openStage());
