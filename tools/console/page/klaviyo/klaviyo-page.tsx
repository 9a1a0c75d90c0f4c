import { Head } from '../kit/basics.tsx';
import { Search } from '../kit/search.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { linkTo, place } from '../router.ts';
import { Catalog } from './catalog.tsx';
import { Profiles, search } from './profiles.tsx';

/** What Klaviyo holds: people with their history, and the catalog. */
export function KlaviyoPage() {
  const isCatalog = place.value.rest[0] === 'catalog';
  return (
    <>
      <Head
        title="Klaviyo"
        tools={!isCatalog && <Search label="Filter profiles" value={search} placeholder="name, e-mail, id" />}
      >
        What Klaviyo holds now, as flows, segments and recommendations see it.
      </Head>
      <div class="inset">
        <Tabs
          label="Parts of Klaviyo"
          tabs={[
            { name: 'Profiles', link: linkTo('klaviyo'), isHere: !isCatalog },
            { name: 'Catalog', link: linkTo('klaviyo', 'catalog'), isHere: isCatalog },
          ]}
        />
      </div>
      {isCatalog ? <Catalog /> : <Profiles id={place.value.rest[1]} />}
    </>
  );
}
