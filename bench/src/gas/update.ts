// Renew `contracts/gas.json`, and say what changed: `npm run gas:update`.

import { gas } from '../gas.ts';
import * as Snapshot from './Snapshot.ts';

const fresh = Snapshot.of(await gas());
const changed = Snapshot.differences(await Snapshot.read(), fresh);
await Snapshot.write(fresh);
process.stdout.write(changed.length === 0 ? 'nothing moved by more than 2 %\n' : `${changed.join('\n')}\n`);
