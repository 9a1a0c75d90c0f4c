import type { ProfilesApi } from 'klaviyo-api';
import * as z from 'zod';
import type { Patience } from '../../history/history.ts';
import { eachPage, pageOf } from '../writers/answers.ts';
import type { Profile } from '../writes.ts';
import type { Account } from './account.ts';
import type { Endpoints } from './endpoints.ts';
import { type JobKind, jobAnswer, problem, runJobs } from './jobs.ts';

/** The most profiles, and bytes, of a job, and bytes of a profile: Klaviyo takes 10,000, 5 MB, and 100 KB. */
export const PROFILES_A_JOB = { items: 10_000, weight: 4_600_000, entry: 100_000 };
const CONCURRENCY = 5;
/** Calls that Klaviyo takes in a second, of each endpoint. */
const PER_SECOND = 10;
/** Errors a page, at most. */
const PAGE = 100;

const errorPage = pageOf(z.object({ attributes: problem }));

type Imported = ReturnType<typeof toData>;

/** Imports profiles by jobs. */
export function profileImports(
  profiles: ProfilesApi,
  { ours }: Endpoints,
  patience: Patience,
): Pick<Account, 'importProfiles'> {
  const [starts, reads, lists] = [ours(PER_SECOND), ours(PER_SECOND), ours(PER_SECOND)];
  const kind: JobKind<Imported> = {
    start: (data) =>
      starts(
        () =>
          profiles.bulkImportProfiles({
            data: { type: 'profile-bulk-import-job', attributes: { profiles: { data } } },
          }),
        jobAnswer,
      ),
    read: (jobId) => reads(() => profiles.getBulkImportProfilesJob(jobId), jobAnswer),
    async pointersOf({ id }) {
      const fields = { fieldsImportError: ['source' as const], pageSize: PAGE };
      const pages = eachPage((pageCursor) =>
        lists(() => profiles.getErrorsForBulkImportProfilesJob(id, { ...fields, pageCursor }), errorPage),
      );
      const errors = (await Array.fromAsync(pages)).flat();
      return errors.flatMap(({ attributes }) => attributes.source?.pointer ?? []);
    },
    most: PROFILES_A_JOB,
    concurrency: CONCURRENCY,
  };

  return {
    importProfiles: async (some) => (await runJobs(patience, kind, some, toData)).map(({ externalId }) => externalId),
  };
}

/** Returns a profile as a job is sent it: an import clears nothing, so what is null is left out. */
const toData = ({ location, properties, ...attributes }: Profile) => ({
  type: 'profile' as const,
  attributes: {
    ...withoutNulls(attributes),
    location: location && withoutNulls(location),
    properties: withoutNulls(properties),
  },
});

const withoutNulls = <T extends object>(values: T): Partial<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as Partial<T>;
