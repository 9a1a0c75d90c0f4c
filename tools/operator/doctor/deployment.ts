/** Which deployment is looked at; topics and subscriptions by their full names. */
export interface Deployment {
  project: string;
  /** Prefix of all names, `name` in Terraform. */
  name: string;
  topic: string;
  /** Delivers to the function. */
  subscription: string;
  deadLetterTopic: string;
  deadLetterSubscription: string;
  /** Resource types that are left out on purpose. */
  skip: readonly string[];
}
