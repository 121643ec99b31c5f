// What a market must be for a trade in it to be found. A market that fails is named; whoever feeds the program decides to leave it out.

import { checkAbove, checkSegments, checkTokens, NetworkError } from '../network/Network.ts';
import * as Deposits from './Deposits.ts';
import * as Ladders from './Ladders.ts';
import type { Model } from './Program.ts';

/**
 * Refuse markets without liquidity on both sides (a pool of ranges may stand at the end of its ranges), coins that do not exist and
 * fees outside [0, 1). No markets at all, and tokens that none trades, are right. Throws NetworkError.
 */
export function checkAll(tokens: number, models: readonly Model[]): void {
  if (!Number.isSafeInteger(tokens) || tokens < 1) {
    throw new NetworkError('tokens', `${tokens}`, 'give a whole number of at least one');
  }
  for (const [index, model] of models.entries()) checkOne(model, tokens, `markets[${index}]`);
}

/** Refuse one market likewise, naming it as `path` says. Throws NetworkError. */
export function checkOne(model: Model, tokens: number, path: string): void {
  if (model.kind !== 'deposit' && model.kind !== 'ladder' && !(model.fee >= 0 && model.fee < 1))
    throw new NetworkError(`${path}.fee`, `${model.fee}`, 'give a share in [0, 1)');
  checkTokens(model.tokens, tokens, path);
  switch (model.kind) {
    case 'constant-product':
      checkAbove(model.reserves, 2, `${path}.reserves`);
      return;
    case 'weighted':
      checkAbove(model.reserves, model.tokens.length, `${path}.reserves`);
      checkAbove(model.weights, model.tokens.length, `${path}.weights`);
      if (model.most === undefined) return;
      checkAbove([model.most], 1, `${path}.most`);
      if (model.tokens.length === 2) return;
      throw new NetworkError(`${path}.most`, `${model.tokens.length} coins`, 'bound the trades of pools of two only');
    case 'stable':
      checkAbove(model.reserves, model.tokens.length, `${path}.reserves`);
      checkAbove(model.rates, model.tokens.length, `${path}.rates`);
      checkAbove([model.ann], 1, `${path}.ann`);
      return;
    case 'concentrated':
      checkSegments(model, path);
      return;
    case 'deposit':
      return Deposits.check(model, path);
    case 'ladder':
      return Ladders.check(model, path);
    default:
      throw unknownKind(model, path);
  }
}

function unknownKind(model: never, path: string): NetworkError {
  const { kind } = model as { readonly kind?: unknown };
  return new NetworkError(`${path}.kind`, `${String(kind)}`, 'give a market of a kind that a price has one answer in');
}
