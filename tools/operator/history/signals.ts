/** The first one ends the run after what is in flight, the second one ends the process. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Aborts a controller at the first signal. Disposing of what is returned lets signals end the process again.
 *
 * @param onSignal is called at that moment
 */
export function stopOnSignal(stop: AbortController, onSignal: () => void): Disposable {
  const listener = () => {
    release();
    stop.abort();
    onSignal();
  };
  const release = () => {
    for (const signal of SIGNALS) process.off(signal, listener);
  };
  for (const signal of SIGNALS) process.once(signal, listener);
  return { [Symbol.dispose]: release };
}
