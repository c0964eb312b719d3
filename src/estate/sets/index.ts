/** Exact sets of addresses and traffic. See README.md. */
export * from './address.ts';
export * from './addresses.ts';
export * from './connections.ts';
export { formatCidrs, formatInternet, formatRanges } from './format.ts';
export * from './internet.ts';
export * from './traffic.ts';
