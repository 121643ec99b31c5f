// Rebalance as soon as one of several triggers wants it.

import type { Finding } from './Finding.ts';

/** Join findings: due as soon as one is, and then only those that are speak. Blind as soon as one part cannot see. */
export function anyOf(findings: readonly Finding[]): Finding {
  const blind = findings.find((one) => one.kind === 'blind');
  if (blind !== undefined) return blind;
  const due = findings.filter((one) => one.kind === 'due');
  const speaking = due.length > 0 ? due : findings.filter((one) => one.kind === 'quiet');
  return { kind: due.length > 0 ? 'due' : 'quiet', why: speaking.map(({ why }) => why).join('; ') };
}
