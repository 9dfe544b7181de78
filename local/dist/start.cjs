// First of all, so that an old Node says that it is old, and not that it does not understand.
const OLDEST = 24;
if (Number.parseInt(process.versions.node, 10) < OLDEST) {
  console.error(`hubs needs Node ${OLDEST} or newer; ${process.execPath} is ${process.version}.`);
  process.exit(69);
}
// Next's server is a program of its own; everything else is the command's.
const [first, second, ...rest] = process.argv.slice(2);
const isWeb = first === 'run' && second === 'web' && rest.length === 0;
void import(isWeb ? '../web/server.js' : './main.mjs');
