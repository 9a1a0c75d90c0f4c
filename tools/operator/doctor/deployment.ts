import type { LaneResources } from '../support/lanes.ts';

/** Which deployment is looked at. */
export interface Deployment {
  project: string;
  /** Prefix of all names, `name` in Terraform. */
  name: string;
  /** One lane that takes everything, or that of orders and that of the catalog. */
  lanes: readonly [LaneResources, ...LaneResources[]];
  /** Where its schedule is; where its topic keeps messages when left out. */
  region?: string;
  /** Resource types that are left out on purpose. */
  skip: readonly string[];
  /** Whether it is an application of commercetools Connect: Google is not asked, and Connect knows its topic. */
  isConnect?: boolean;
}
