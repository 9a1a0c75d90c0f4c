/** Parts of a page to choose from, each with an address. */
export const Tabs = ({
  label,
  tabs,
}: {
  label: string;
  tabs: { name: string; link: string; count?: string; isHere: boolean }[];
}) => (
  <nav class="tabs" aria-label={label}>
    {tabs.map(({ name, link, count, isHere }) => (
      <a key={name} href={link} aria-current={isHere ? 'true' : undefined}>
        {name}
        {count !== undefined && <span class="soft small">{count}</span>}
      </a>
    ))}
  </nav>
);
