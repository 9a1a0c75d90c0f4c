import domain from 'node:domain';

/**
 * Spares each request the domain that the functions-framework makes for it. A domain has Node follow every promise and
 * every emitter, which costs a fifth of our CPU (`docs/performance.md`), and catches only what is thrown outside of any
 * promise: of that there is nothing here, and the framework ends the process for it, so that nothing is acknowledged.
 */
export function withoutDomains(): void {
  const none = { on: () => none, run: (work: () => void) => work(), bind: <F>(work: F): F => work };
  Object.assign(domain, { create: () => none });
  Object.assign(process, { domain: none });
}
