// The contracts on a chain: what belongs there, putting it there, and checking that it is what was put there.

export { deploy, NoProxy, NotPlaced, type Site, WrongCode } from './deploy.ts';
export {
  check,
  type Discrepancy,
  type Installation,
  InstallationUnreadable,
  parse as parseInstallation,
  WrongNetwork,
} from './Installation.ts';
export { type Parameters, plan, type Step } from './Plan.ts';
