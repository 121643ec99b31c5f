// Several findings, joined into one by the triggers that are made of others.

import type { Blind } from '../Blind.ts';
import type { Region } from '../Region.ts';
import type { Due, Finding, Keep, Quiet } from './Finding.ts';

/** Find the first that could not see. */
export function firstBlind(findings: readonly Finding[]): Blind | undefined {
  return findings.find((one) => one.kind === 'blind');
}

/** Write what each of them says, one after another. */
export function say(findings: readonly Finding[]): string {
  return findings.flatMap((one) => (one.kind === 'blind' ? [] : [one.why])).join('; ');
}

/** List the regions that were drawn. */
export function regions(findings: readonly Finding[]): readonly Region[] {
  return findings.flatMap((one) => (one.kind === 'blind' || one.region === undefined ? [] : [one.region]));
}

/** Collect what any of them asks to be told of next time. */
export function kept(findings: readonly Finding[]): { readonly keep?: Keep } {
  const asked = findings.flatMap((one) => (one.kind === 'blind' || one.keep === undefined ? [] : [one.keep]));
  return asked.length === 0 ? {} : { keep: Object.assign({}, ...asked) as Keep };
}

/** Pass on where a finding waits and where it would end. */
export function drawn({ region, ends }: Due | Quiet): Pick<Due, 'region' | 'ends'> {
  return { ...(region === undefined ? undefined : { region }), ...(ends === undefined ? undefined : { ends }) };
}

/** Pass on where the first of them ends that says so. */
export function ends(due: readonly Due[]): Pick<Due, 'ends'> {
  const found = due.find((one) => one.ends !== undefined)?.ends;
  return found === undefined ? {} : { ends: found };
}
