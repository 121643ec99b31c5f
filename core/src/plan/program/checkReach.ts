// What no search has to find out about an exact target: whether ways lead from what is held to what is wanted at all.

import { NetworkError } from '../network/Network.ts';
import { real, whole } from './Flat.ts';
import type { Frame } from './Goal.ts';
import type { Program } from './Program.ts';

/** Refuse an exact target of tokens that markets do not join. Throws NetworkError naming one of them. */
export function checkReach(program: Program, { size, tracked, held, weights, least, total }: Frame): void {
  const groups = groupsOf(program);
  let largest = 0;
  for (let j = 0; j < size; j++) if (real(held, j) > real(held, largest)) largest = j;
  for (let j = 0; j < size; j++) {
    if (whole(tracked, j) === 0) continue;
    if (find(groups, j) !== find(groups, largest)) {
      const share = `a share of ${real(held, j) / total} held, ${real(weights, j)} wanted`;
      throw new NetworkError(
        `weights[${j}]`,
        share,
        `leave the token out: no market leads to it from token ${largest}`,
      );
    }
    if (real(weights, j) === 0 && real(least, j) > 0) {
      throw new NetworkError(`least[${j}]`, 'more than zero', 'want some of the token, or let all of it be sold');
    }
  }
}

/** Join the tokens of every market that may trade. */
function groupsOf({ tokens, pairs, baskets }: Program): Int32Array {
  const groups = Int32Array.from({ length: tokens }, (_, token) => token);
  const join = (a: number, b: number) => {
    groups[find(groups, a)] = find(groups, b);
  };
  for (let index = 0; index < pairs.count; index++) {
    if (!Number.isNaN(real(pairs.low, index))) join(whole(pairs.one, index), whole(pairs.other, index));
  }
  for (let index = 0; index < baskets.count; index++) {
    if (Number.isNaN(real(baskets.keep, index))) continue;
    for (let link = whole(baskets.links, index); link < whole(baskets.links, index + 1); link++) {
      join(whole(baskets.one, link), whole(baskets.other, link));
    }
  }
  return groups;
}

function find(groups: Int32Array, token: number): number {
  let root = token;
  while (whole(groups, root) !== root) {
    groups[root] = whole(groups, whole(groups, root));
    root = whole(groups, root);
  }
  return root;
}
