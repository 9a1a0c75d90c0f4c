import * as z from 'zod';
import type { RawAnswer } from '../../../../shared/klaviyo/raw.ts';
import { ToolError } from '../../support/cli.ts';
import { read, taken } from '../answers.ts';
import type { Lab } from '../lab.ts';
import { emailOf, placeOf } from '../names.ts';

/** Attributes of a profile by Klaviyo's names. */
export type Attributes = Readonly<Record<string, unknown>>;

const profile = z.looseObject({ id: z.string(), attributes: z.record(z.string(), z.unknown()) });
const one = z.looseObject({ data: profile });
const many = z.looseObject({ data: z.array(profile) });

/** A profile as Klaviyo shows it. */
export type Shown = z.output<typeof profile>;

/** Returns the identifiers of a person whom nobody knows. */
export function person(lab: Lab): { external_id: string; email: string } {
  const name = lab.name();
  return { external_id: name, email: emailOf(name) };
}

/** Asks for a profile to be created. */
export const post = ({ klaviyo }: Lab, attributes: Attributes): Promise<RawAnswer> =>
  klaviyo({ method: 'POST', path: '/api/profiles', body: { data: { type: 'profile', attributes } } });

/** Asks for a profile to be changed. */
export const patch = ({ klaviyo }: Lab, id: string, attributes: Attributes): Promise<RawAnswer> =>
  klaviyo({ method: 'PATCH', path: `/api/profiles/${id}`, body: { data: { type: 'profile', id, attributes } } });

/** Asks for a profile to be created or changed, whichever Klaviyo finds. */
export const importOne = ({ klaviyo }: Lab, attributes: Attributes): Promise<RawAnswer> =>
  klaviyo({ method: 'POST', path: '/api/profile-import', body: { data: { type: 'profile', attributes } } });

/** Asks for a profile to become part of another. */
export function merge({ klaviyo }: Lab, source: string, destination: string): Promise<RawAnswer> {
  const profiles = { data: [{ type: 'profile', id: source }] };
  const data = { type: 'profile-merge', id: destination, relationships: { profiles } };
  return klaviyo({ method: 'POST', path: '/api/profile-merge', body: { data } });
}

/** Returns the profile of an answer. */
export const profileIn = (answer: RawAnswer): Shown => read(one, answer).data;

/** Creates a profile, and returns Klaviyo's id. */
export const create = async (lab: Lab, attributes: Attributes): Promise<string> =>
  profileIn(await post(lab, attributes)).id;

/** Returns a profile by Klaviyo's id; undefined when there is none. */
export async function profileOf({ klaviyo }: Lab, id: string): Promise<Shown | undefined> {
  const answer = await klaviyo({ method: 'GET', path: `/api/profiles/${id}` });
  return answer.status === 404 ? undefined : profileIn(answer);
}

/** Returns the profiles that a filter finds, such as `equals(email,"a@probe.example.org")`; at most 100. */
export const search = async ({ klaviyo }: Pick<Lab, 'klaviyo'>, filter: string): Promise<Shown[]> =>
  read(many, await klaviyo({ method: 'GET', path: '/api/profiles', query: { filter, 'page[size]': '100' } })).data;

/** Returns the profile that has an identifier; undefined when there is none. */
export async function holderOf(lab: Lab, field: string, value: string): Promise<Shown | undefined> {
  const [holder] = await search(lab, `equals(${field},${JSON.stringify(value)})`);
  return holder;
}

/** Waits for a profile to have an identifier, and returns the profile. */
export const awaitHolder = (lab: Lab, field: string, value: string): Promise<Shown> =>
  lab.awaited(`a profile with this ${field}`, () => holderOf(lab, field, value));

/** Fictional numbers: of each area code 555-0100 to 555-0199 are nobody's. https://en.wikipedia.org/wiki/555_(telephone_number) */
const AREAS = [202, 212, 303, 312, 404, 415, 503, 617, 702, 713, 804, 919];
const OF_AN_AREA = 100;
const DRAWS = 10;

/**
 * Returns a fictional phone number in E.164 that no profile has.
 *
 * @throws ToolError when profiles have those that were drawn
 */
export async function freeNumber(lab: Lab): Promise<string> {
  for (let draw = 0; draw < DRAWS; draw++) {
    const place = placeOf(lab.name(), AREAS.length * OF_AN_AREA);
    const number = `+1${AREAS[Math.floor(place / OF_AN_AREA)]}55501${String(place % OF_AN_AREA).padStart(2, '0')}`;
    if ((await holderOf(lab, 'phone_number', number)) === undefined) return number;
  }
  throw new ToolError('no fictional phone number is free in this account');
}

/** Asks for an erasure of whom an identifier names: Klaviyo's id, or an address. */
export const requestErasure = (
  { klaviyo }: Pick<Lab, 'klaviyo'>,
  { id, attributes = {} }: { id?: string; attributes?: Attributes },
): Promise<RawAnswer> => {
  const data = { type: 'profile', id, attributes };
  const body = { data: { type: 'data-privacy-deletion-job', attributes: { profile: { data } } } };
  return klaviyo({ method: 'POST', path: '/api/data-privacy-deletion-jobs', body });
};

/** Has a profile erased with its history, later. */
export const erase = async (lab: Pick<Lab, 'klaviyo'>, id: string): Promise<void> => {
  taken(await requestErasure(lab, { id }));
};
