// Sources of prices.

export { chainlink, type ChainlinkOptions } from './chainlink.ts';
