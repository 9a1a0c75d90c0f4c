import type { Configuration } from '../../../shared/config/environment.ts';
import { CredentialsError, PermanentError } from '../../../shared/errors.ts';
import { type Area, createInspection, type Inspection } from '../../../shared/klaviyo/inspection.ts';
import { attempted, type Check, failed, ok, warning } from './check.ts';
import { FEATURES, needsOf, switchedOn } from './features.ts';
import { checkMetrics } from './metrics.ts';

/**
 * Whether the key may read what it has to write for what is switched on, and whether the metrics are mapped. That the key may
 * write shows only when it does.
 */
export function checkKlaviyo(configuration: Configuration, features = FEATURES): Promise<Check>[] {
  const inspection = createInspection(configuration);
  const on = switchedOn(configuration.settings, features);
  const areas = needsOf(on, ({ klaviyo }) => klaviyo.map(areaOf));
  const writes = needsOf(on, ({ klaviyo }) => klaviyo).filter(([scope]) => scope.endsWith(':write'));
  return [
    ...areas.map(([area, names]) => {
      const scopes = writes.flatMap(([scope]) => (areaOf(scope) === area ? [scope] : []));
      return checkArea(inspection, area, scopes.join(', '), names);
    }),
    ...checkMetrics(inspection, configuration.settings, on),
  ];
}

const areaOf = (scope: `${Area}:${string}`): Area => scope.slice(0, scope.indexOf(':')) as Area;

function checkArea({ probes }: Inspection, area: Area, writes: string, names: string): Promise<Check> {
  const name = `Klaviyo key: ${area}`;
  const probe = probes[area];
  const sure = `Make sure that the key has ${writes}: needed for ${names}.`;
  return attempted(name, async () => {
    if (!probe) return ok(name, `not checked, as nothing can be read. ${sure}`);
    try {
      await probe();
      return ok(name, `reads; that it has ${writes}, too, shows only when it writes`);
    } catch (error) {
      if (error instanceof PermanentError) return warning(name, `not checked: status ${error.status}`, sure);
      if (!(error instanceof CredentialsError)) throw error;
      const key = `a private API key with full access to ${area}, for KLAVIYO_AUTH_KEY: needed for ${names}.`;
      if (error.status === 403) return failed(name, 'the key lacks this scope', `Make ${key}`);
      return failed(name, 'the key is refused', `It was withdrawn, or is of no account: make ${key}`);
    }
  });
}
