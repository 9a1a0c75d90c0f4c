import { Button } from './button.tsx';
import { told } from './tell.ts';

/** Where it is said: politely, and one thing at a time. */
export const Told = () => (
  <div class="told" role="status">
    {told.value && (
      <p>
        <span class={`dot ${told.value.tone}`} />
        <span>{told.value.text}</span>
        <Button
          look="plain"
          icon="close"
          aria-label="Close the message"
          onPress={() => {
            told.value = undefined;
          }}
        />
      </p>
    )}
  </div>
);
