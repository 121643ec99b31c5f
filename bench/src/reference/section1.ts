import type { Case } from './Probe.ts';

export const section1: { readonly [id: string]: Case } = {};
