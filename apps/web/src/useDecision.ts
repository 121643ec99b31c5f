// A decision of any age: the latest comes with the stream, older ones are asked for.

import { useEffect, useState } from 'react';
import { Decision, Problem } from '@trimtab/api/contract';

export type Told =
  | { readonly kind: 'told'; readonly decision: Decision }
  | { readonly kind: 'none' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'failed'; readonly why: string };

/** Tell the decision that was picked, or the latest while none is. */
export function useDecision(picked: number | undefined, latest: Decision | undefined): Told {
  const [asked, set] = useState<{ readonly seq: number; readonly told: Told }>();
  useEffect(() => {
    if (picked === undefined) return undefined;
    const stop = new AbortController();
    ask(picked, stop.signal).then(
      (told) => set({ seq: picked, told }),
      (error: unknown) => {
        if (!stop.signal.aborted) set({ seq: picked, told: { kind: 'failed', why: String(error) } });
      },
    );
    return () => stop.abort();
  }, [picked]);
  if (picked !== undefined) return asked?.seq === picked ? asked.told : { kind: 'asking' };
  return latest === undefined ? { kind: 'none' } : { kind: 'told', decision: latest };
}

async function ask(seq: number, signal: AbortSignal): Promise<Told> {
  const response = await fetch(`/api/v1/decisions/${seq}`, { signal });
  const body: unknown = await response.json();
  if (response.ok) return { kind: 'told', decision: Decision.parse(body) };
  const { what, fix } = Problem.parse(body);
  return { kind: 'failed', why: `${what} ${fix}` };
}
