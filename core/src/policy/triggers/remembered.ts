// What a trigger is told of the past. Where nothing is told, nothing is assumed: not even that nothing happened.

import type { Past } from '../../portfolio/Past.ts';
import { blind, type Blind } from '../Blind.ts';
import type { View } from '../View.ts';

/** Read the past, or say that it is missing and `what` it should have told. */
export function remembered({ snapshot }: View, what: string): Past | Blind {
  return snapshot.past ?? blind('no past', what, 'keep the past with `remember` and put it into the snapshot');
}
