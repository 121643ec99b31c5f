// A market that was read from outside is looked at once before anything is computed from it: whatever cannot be is said
// where it stands, and no formula meets it.

import * as Concentrated from './amm/Concentrated.ts';
import * as ConstantProduct from './amm/ConstantProduct.ts';
import * as StableSwap from './amm/StableSwap.ts';
import * as Weighted from './amm/Weighted.ts';
import * as Auction from './Auction.ts';
import * as Batch from './Batch.ts';
import * as Book from './Book.ts';
import * as Bridge from './Bridge.ts';
import * as GradualAuction from './GradualAuction.ts';
import * as Lending from './Lending.ts';
import type { Market } from './Market.ts';
import { unknown } from './Terms.ts';
import * as Twamm from './Twamm.ts';
import * as Vault4626 from './Vault4626.ts';

/** Refuse a market in a state that its kind cannot be in, whatever it would be asked. Throws MarketError. */
export function check(market: Market): void {
  switch (market.kind) {
    case 'constant-product':
      return ConstantProduct.check(market);
    case 'concentrated':
      return Concentrated.check(market);
    case 'weighted':
      return Weighted.check(market);
    case 'stable-swap':
      return StableSwap.check(market);
    case 'book':
      return Book.check(market);
    case 'auction':
      return Auction.check(market);
    case 'gradual-auction':
      return GradualAuction.check(market);
    case 'batch':
      return Batch.check(market);
    case 'twamm':
      return Twamm.check(market);
    case 'lending':
      return Lending.check(market);
    case 'vault-4626':
      return Vault4626.check(market);
    case 'bridge':
      return Bridge.check(market);
    default:
      throw unknown('kind', market);
  }
}
