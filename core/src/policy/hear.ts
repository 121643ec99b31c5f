// What somebody outside says, believed only while it is fresh and a number.

import { duration, type Seconds } from '../money/Time.ts';
import { blind, type Blind } from './Blind.ts';
import type { View } from './View.ts';

/** Read the signal `id`, at most `maxAge` old; blind where it is absent, too old, from the future or no number. */
export function hear({ snapshot }: View, id: string, maxAge: Seconds): number | Blind {
  const allowed = `the signal ${id}, at most ${duration(maxAge)} old`;
  const signal = (snapshot.signals ?? []).find((one) => one.id === id);
  if (signal === undefined) return blind(`no signal ${id}`, allowed, 'connect its source');
  const age = snapshot.at - signal.at;
  if (!(age >= 0 && age <= maxAge)) {
    const was = age < 0 ? `dated ${-age} s after the block` : `${duration(age)} old`;
    return blind(`the signal ${id} is ${was}`, allowed, 'repair its source, or raise maxAge');
  }
  const { value } = signal;
  return Number.isFinite(value) ? value : blind(`the signal ${id} says ${value}`, 'a number', 'repair its source');
}
