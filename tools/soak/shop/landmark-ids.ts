/** The group of the landmark customer, and the only one. */
export const GROUP = { id: '1a000000-0000-4000-8000-000000000009', key: 'guides', name: 'Guides-xq' };

/** Ids of what is the same in every soak. */
export const LANDMARKS = {
  customer: '1a000000-0000-4000-8000-000000000001',
  women: '1a000000-0000-4000-8000-000000000002',
  pants: '1a000000-0000-4000-8000-000000000003',
  product: '1a000000-0000-4000-8000-000000000004',
  order: '1a000000-0000-4000-8000-000000000005',
  line: '1a000000-0000-4000-8000-000000000006',
  payment: '1a000000-0000-4000-8000-000000000007',
  refund: '1a000000-0000-4000-8000-000000000008',
};
