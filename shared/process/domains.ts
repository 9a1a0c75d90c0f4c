import domain from 'node:domain';

/**
 * Spares each request the domain that the functions-framework makes for it (`domain.create` and `process.domain.bind` in
 * its function_wrappers). A domain makes Node follow every promise and every emitter, a fifth of our CPU
 * (`docs/performance.md`). It catches only what is thrown outside of any promise; there the framework ends the process, so
 * nothing is acknowledged. What a promise throws that nobody awaits Node tells the domain, and ends the process by it unless somebody
 * takes it.
 *
 * @param take returns whether such an error is somebody's
 */
export function withoutDomains(take: (error: unknown) => boolean): void {
  const none = {
    on: () => none,
    run: (work: () => void) => work(),
    bind: <F>(work: F): F => work,
    emit: (_: string, error: unknown) => take(error),
  };
  Object.assign(domain, { create: () => none });
  Object.assign(process, { domain: none });
}
