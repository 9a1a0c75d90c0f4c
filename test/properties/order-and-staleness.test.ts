import * as fc from 'fast-check';
import { test } from 'vitest';
import { EVENT_IDENTITIES } from '../doubles/klaviyo/settings.ts';
import {
  categoryStory,
  deletedCategoryStory,
  deletedProductStory,
  productStory,
  stockStory,
} from './catalog-stories.ts';
import { customerStory } from './customer-story.ts';
import { identityStory } from './identity-story.ts';
import { storyProperty } from './interleavings.ts';
import { runs } from './runs.ts';
import { worldForAll } from './world.ts';

const world = await worldForAll();

test.each([
  ['a customer signs up and changes', customerStory],
  ['a product is published and unpublished', productStory],
  ['a product is deleted', deletedProductStory],
  ['stock goes up and down', stockStory],
  ['a category is deleted', deletedCategoryStory],
  ['categories are renamed while a product is published', categoryStory],
])('Klaviyo ends up as the shop is when %s', async (_, story) => {
  await fc.assert(await storyProperty(world, story), runs(20));
});

test.each(EVENT_IDENTITIES)(
  'Klaviyo ends up as the shop is when customers exchange their e-mail addresses and order, if events go by: %s',
  async (eventIdentity) => {
    world.klaviyo.eventIdentity = eventIdentity;
    await fc.assert(await storyProperty(world, identityStory), runs(20));
  },
);
