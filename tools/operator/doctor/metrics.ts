import * as z from 'zod';
import type { Settings } from '../../../shared/config/settings.ts';
import { CredentialsError, PermanentError } from '../../../shared/errors.ts';
import type { Inspection } from '../../../shared/klaviyo/inspection.ts';
import { validate } from '../../../shared/validate.ts';
import { attempted, type Check, ok, warning } from './check.ts';
import type { Feature } from './feature.ts';

const NAME = 'Klaviyo metrics';

const related = z.looseObject({ data: z.looseObject({ id: z.string() }).nullish() }).optional();

/** https://developers.klaviyo.com/en/reference/get_mapped_metrics */
const answer = z.looseObject({
  data: z.array(
    z.looseObject({
      id: z.string(),
      relationships: z.looseObject({ metric: related, 'custom-metric': related }).optional(),
    }),
  ),
  included: z
    .array(z.looseObject({ id: z.string(), attributes: z.looseObject({ name: z.string().nullish() }) }))
    .default([]),
});

/** Whether Klaviyo counts each metric that it counts only when the metric is mapped, for revenue for instance. */
export function checkMetrics(
  { mappedMetrics }: Inspection,
  { metrics }: Settings,
  features: readonly Feature[],
): Promise<Check>[] {
  const wanted = features.flatMap(({ mapped = {} }) => Object.entries(mapped));
  if (wanted.length === 0) return [];
  const check = async (): Promise<Check> => {
    const { data, included } = validate(answer, await mappedMetrics(), () => 'What Klaviyo says of mapped metrics');
    const nameOf = (mapping: string): string | undefined => {
      const { metric, 'custom-metric': custom } = data.find(({ id }) => id === mapping)?.relationships ?? {};
      const id = metric?.data?.id ?? custom?.data?.id;
      return id === undefined ? undefined : (included.find((one) => one.id === id)?.attributes.name ?? id);
    };
    const others = wanted.flatMap(([mapping, key]) => {
      const found = nameOf(mapping);
      return found === metrics[key] ? [] : [`${mapping} is ${found ?? 'nothing'}, not ${metrics[key]}`];
    });
    if (others.length === 0) return ok(NAME, `mapped: ${wanted.map(([mapping]) => mapping).join(', ')}`);
    return warning(
      NAME,
      others.join('; '),
      'Klaviyo counts revenue, lifetime value and benchmarks from mapped metrics only: map these in its settings of metrics, once it has an event of each.',
    );
  };
  return [attempted(NAME, () => check().catch(notAllowed))];
}

function notAllowed(error: unknown): Check {
  if (!(error instanceof CredentialsError || error instanceof PermanentError)) throw error;
  return warning(
    NAME,
    `not checked: status ${error.status}`,
    'The sync needs no scope for it: give the key read access to metrics, or look into the settings of metrics in Klaviyo.',
  );
}
