// A local chain with a whole world on it. For the demo and the tests only: it trusts its chain.

export { adoptAnvil } from './adoptAnvil.ts';
export { type Anvil, type AnvilOptions, type Heir, startAnvil } from './startAnvil.ts';
export { deployWorld } from './deployWorld.ts';
export type {
  DeployedPool,
  DeployedToken,
  Deployment,
  PoolSpec,
  PositionSpec,
  TokenSpec,
  VaultLimits,
  VaultTokenSpec,
  WorldSpec,
} from './World.ts';
export * as Actor from './Actor.ts';
export {
  type Balances,
  type Conservation,
  balances as vaultBalances,
  check as checkConservation,
} from './Conservation.ts';
