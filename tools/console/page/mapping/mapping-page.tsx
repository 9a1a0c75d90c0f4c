import { signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { FixtureText, MappingAnswer, MappingProblem, MappingRequest, MappingStart } from '../../api.ts';
import { ask, send } from '../data/request.ts';
import { useResource } from '../data/resource.ts';
import { Head } from '../kit/basics.tsx';
import { Button } from '../kit/button.tsx';
import { wordsOf } from '../kit/format.ts';
import { tellFailure } from '../kit/tell.ts';
import { Comparison } from './comparison.tsx';
import { Editor } from './editor.tsx';

/** Milliseconds after the last key. */
const PAUSE = 180;
const FIRST = 'OrderCreated';

/** What is typed, which stays while other pages are looked at. */
const notification = signal('');
const settings = signal<string | undefined>(undefined);
const fixture = signal('');

/** What any notification becomes, by the settings as they are and as they might be. */
export function MappingPage() {
  const { value: start, error } = useResource<MappingStart>('/api/mapping', ['overview']);
  useEffect(() => {
    if (!start) return;
    // What is typed before the answer is here stays.
    settings.value ??= start.settings;
    if (fixture.peek() !== '' || notification.peek() !== '') return;
    void choose(start.fixtures.includes(FIRST) ? FIRST : (start.fixtures[0] ?? ''));
  }, [start]);
  const answer = useAnswer();
  const problemsOf = (place: MappingProblem['in']) => answer?.problems.filter((problem) => problem.in === place) ?? [];
  return (
    <>
      <Head title="Mapping" tools={start && <Tools start={start} />}>
        What a notification becomes: by the settings as they are, and as you type them. Nothing is sent.
      </Head>
      {error && <p class="note bad">{error}</p>}
      <div class="mapping">
        <div class="typed">
          <Editor
            label="Notification"
            value={notification.value}
            problems={problemsOf('notification')}
            onInput={(text) => {
              notification.value = text;
            }}
          />
          <Editor
            label="Settings"
            value={settings.value ?? ''}
            problems={problemsOf('settings')}
            onInput={(text) => {
              settings.value = text;
            }}
          />
        </div>
        <Comparison answer={answer} />
      </div>
    </>
  );
}

async function choose(name: string): Promise<void> {
  fixture.value = name;
  const { text } = await ask<FixtureText>(`/api/mapping/fixtures/${encodeURIComponent(name)}`);
  if (fixture.value === name) notification.value = text;
}

const Tools = ({ start }: { start: MappingStart }) => (
  <>
    <select
      class="input kind"
      aria-label="Notification to try"
      value={fixture.value}
      onChange={({ currentTarget }) => choose(currentTarget.value).catch(tellFailure)}
    >
      {start.fixtures.map((name) => (
        <option key={name} value={name}>
          {name.replaceAll('.', ', ').replace('payloadNotIncluded', wordsOf('payloadNotIncluded'))}
        </option>
      ))}
    </select>
    <Button
      onPress={() => {
        settings.value = start.settings;
      }}
    >
      Settings as they are
    </Button>
  </>
);

/** What both texts become, asked again after each pause in typing. */
function useAnswer(): MappingAnswer | undefined {
  const answer = useSignal<MappingAnswer | undefined>(undefined);
  const request = { notification: notification.value, settings: settings.value ?? '' };
  useEffect(() => {
    if (request.notification === '' && fixture.peek() === '') return;
    const cancel = new AbortController();
    const timer = setTimeout(() => {
      const body: MappingRequest = request;
      send<MappingAnswer>('POST', '/api/mapping', body, cancel.signal).then(
        (value) => {
          answer.value = value;
        },
        (error) => {
          if (!cancel.signal.aborted) tellFailure(error);
        },
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      cancel.abort();
    };
  }, [request.notification, request.settings]);
  return answer.value;
}
