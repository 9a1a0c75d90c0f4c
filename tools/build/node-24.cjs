// Loaded before a program of tools/: an older Node cannot read TypeScript, and says so in twenty lines about something else.
const LEAST = 24;

if (Number.parseInt(process.versions.node, 10) < LEAST) {
  const brought = 'npm ci brings it, unless its scripts are switched off (ignore-scripts)';
  console.error(
    `This needs Node ${LEAST} and runs on ${process.versions.node}: ${brought}; else install Node ${LEAST} yourself.`,
  );
  process.exit(1);
}
