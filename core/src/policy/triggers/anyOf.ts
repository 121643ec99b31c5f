// Rebalance as soon as one of several triggers wants it.

import type { Finding } from './Finding.ts';

/** Join findings: due as soon as one is, and then only those that are speak. */
export function anyOf(findings: readonly Finding[]): Finding {
  const found = findings.filter(({ kind }) => kind === 'due');
  const speaking = found.length > 0 ? found : findings;
  return { kind: found.length > 0 ? 'due' : 'quiet', why: speaking.map(({ why }) => why).join('; ') };
}
