const PLACEHOLDER = /{{(\w+)}}/g;

/**
 * Returns the URL of a template of the settings, with each `{{part}}` filled in; undefined without a template or a part that it
 * names.
 */
export function fillTemplate(
  template: string | undefined,
  parts: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (template?.matchAll(PLACEHOLDER).some(([, name = '']) => !parts[name])) return undefined;
  return template?.replace(PLACEHOLDER, (_, name) => encodeURIComponent(parts[name] ?? ''));
}
