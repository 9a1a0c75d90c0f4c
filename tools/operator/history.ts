/** Runs `backfill` or `reconcile` as one file, for a job: the first argument says which. */
const [command] = process.argv.slice(2);
console.log('Usage: node history.cjs backfill|reconcile [options]');
process.exitCode = command === '--help' ? 0 : 2;
