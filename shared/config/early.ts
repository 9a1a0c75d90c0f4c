/** Variables that are needed before, or without, the whole configuration; `environment.ts` checks them with the rest. */
type Variables = Record<string, string | undefined>;

/** The port to listen on: PORT, else PUB_SUB_PORT, else 8080. */
export const listeningPort = ({ PORT, PUB_SUB_PORT }: Variables = process.env): string =>
  PORT || PUB_SUB_PORT || '8080';

/** The Google Cloud project that tools work on; undefined when it is not told. */
export const googleCloudProject = ({ GOOGLE_CLOUD_PROJECT }: Variables = process.env): string | undefined =>
  GOOGLE_CLOUD_PROJECT || undefined;
