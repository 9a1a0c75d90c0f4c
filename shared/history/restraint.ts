import type { Write } from '../klaviyo/writes.ts';
import type { Options } from './history.ts';

/**
 * Returns what makes of a write of live traffic the one of a run: without a phone number, and without a variant that is deleted, unless
 * the options ask for that. Live traffic goes on to do both.
 */
export const restraint =
  ({ phones, deleteExtras }: Pick<Options, 'phones' | 'deleteExtras'>) =>
  (write: Write): Write => {
    switch (write.kind) {
      case 'createProfile':
      case 'upsertProfile':
        return phones ? write : { ...write, profile: { ...write.profile, phoneNumber: undefined } };
      case 'upsertItem':
        return deleteExtras ? write : { ...write, keepsVariants: true };
      default:
        return write;
    }
  };
