import { effect, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Changeable } from '../../api.ts';
import { changesOf } from './live.ts';
import { ask, Refusal } from './request.ts';

/** Milliseconds between two questions for the same, however often it changes. */
const PAUSE = 700;

/** An answer that is kept up to date. */
export interface Resource<T> {
  /** The last answer, also while a newer one is on its way. */
  value?: T;
  /** Why there is none. */
  error?: string;
  /** Whether the server says that there is no such thing. */
  isMissing?: boolean;
}

/**
 * What the server answers to a path, asked again when something changes that it is about.
 *
 * @param path undefined asks nothing
 * @param version asks again whenever it is another
 */
export function useResource<T>(path: string | undefined, about: readonly Changeable[], version?: unknown): Resource<T> {
  const state = useSignal<Resource<T> & { path?: string }>({});
  useEffect(() => {
    if (path === undefined) return;
    if (state.peek().path !== path) state.value = { path };
    const cancel = new AbortController();
    let isBusy = false;
    let isStale = false;
    // What changes while an answer is on its way is asked for once, afterwards: a burst would otherwise let none arrive.
    async function refresh(path: string): Promise<void> {
      isStale = true;
      if (isBusy) return;
      isBusy = true;
      while (isStale && !cancel.signal.aborted) {
        isStale = false;
        const answer = await answerTo<T>(path, cancel.signal);
        if (!cancel.signal.aborted) state.value = { ...answer, path };
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
      isBusy = false;
    }
    const stop = effect(() => {
      for (const one of about) changesOf(one);
      void refresh(path);
    });
    return () => {
      cancel.abort();
      stop();
    };
  }, [path, version]);
  return state.value.path === path ? state.value : {};
}

async function answerTo<T>(path: string, signal: AbortSignal): Promise<Resource<T>> {
  try {
    return { value: await ask<T>(path, signal) };
  } catch (error) {
    const isMissing = error instanceof Refusal && error.status === 404;
    return { error: error instanceof Error ? error.message : String(error), isMissing };
  }
}
