// A local chain with a whole world on it. For the demo and the tests only: it trusts its chain.

export { type Anvil, type AnvilOptions, startAnvil } from './startAnvil.ts';
export {
  type DeployedPool,
  type DeployedToken,
  deployWorld,
  type Deployment,
  type PoolSpec,
  type PositionSpec,
  type TokenSpec,
  type VaultLimits,
  type WorldSpec,
} from './deployWorld.ts';
export * as Actor from './Actor.ts';
export { type Balances, checkConservation, type Conservation, vaultBalances } from './checkConservation.ts';
