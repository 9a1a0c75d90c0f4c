import { measureSurge } from './bench/surge.ts';
const [,, folder = '.', orders = '2000', processes = '1'] = process.argv;
console.log(await measureSurge(folder, { orders: +orders, processes: +processes }, 50));
process.exit(0);
