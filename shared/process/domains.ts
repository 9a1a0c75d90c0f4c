import domain from 'node:domain';

/**
 * Spares each request the domain that the functions-framework makes for it (`domain.create` and `process.domain.bind` in
 * its function_wrappers). A domain makes Node follow every promise and every emitter, a fifth of our CPU
 * (`docs/performance.md`). It catches only what is thrown outside of any promise; there the framework ends the process, so
 * nothing is acknowledged. Node hands a rejection that nobody handles to `emit`: the answer says that no domain has handled it.
 */
export function withoutDomains(): void {
  const none = { on: () => none, emit: () => false, run: (work: () => void) => work(), bind: <F>(work: F): F => work };
  Object.assign(domain, { create: () => none });
  Object.assign(process, { domain: none });
}
