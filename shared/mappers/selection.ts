import type { Selection } from '../config/schemas.ts';

/** Returns the properties that the settings let through, under the names that the settings give. Values stay as they are. */
export const select = (properties: Record<string, unknown>, { include, exclude, map }: Selection) =>
  Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => !exclude.includes(name) && (include?.includes(name) ?? true))
      .map(([name, value]) => [Object.hasOwn(map, name) ? (map[name] ?? name) : name, value]),
  );
