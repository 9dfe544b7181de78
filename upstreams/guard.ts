// Which addresses of the network Hubs may connect to for somebody else's link: public ones. Names are resolved once, at
// connect, and the connection goes to the very address that was checked, so a name that changes its mind gains nothing.
import { type LookupAddress, lookup as lookUp } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';

/** The address is not one of the public internet. */
export class PrivateAddress extends Error {
  constructor() {
    super('leads to an address that is not public');
    this.name = 'PrivateAddress';
  }
}

/** IANA's special-purpose registries (RFC 6890), multicast and reserved ranges among them. */
const special4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** Within the one global range: what carries an IPv4 address (Teredo, 6to4) or is for documents. */
const special6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

function listOf(ranges: string[], type: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [net = '', bits] = range.split('/');
    list.addSubnet(net, Number(bits), type);
  }
  return list;
}

const refused4 = listOf(special4, 'ipv4');
const refused6 = listOf(special6, 'ipv6');
const global6 = listOf(['2000::/3'], 'ipv6');

/** Whether the address is one of the public internet: not loopback, private, link-local, shared, mapped, multicast. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !refused4.check(address, 'ipv4');
  return isIP(address) === 6 && global6.check(address, 'ipv6') && !refused6.check(address, 'ipv6');
}

type Resolver = (
  name: string,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

interface Rules {
  resolve?: Resolver;
  isPublic?: (address: string) => boolean;
}

const CONNECT_MS = 5_000;

/** A dispatcher for undici's fetch that connects to public addresses only. A name with one that is not is refused. */
export function openGuard({
  resolve = (name, done) => lookUp(name, { all: true }, done),
  isPublic = isPublicAddress,
}: Rules = {}): Agent {
  const lookup: LookupFunction = (name, options, done) =>
    resolve(name, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return done(error ?? new Error('no address'), []);
      if (!addresses.every(({ address }) => isPublic(address))) return done(new PrivateAddress(), []);
      if (options.all) done(null, addresses);
      else done(null, first.address, first.family);
    });
  const connect = buildConnector({ lookup, timeout: CONNECT_MS });
  return new Agent({
    connect(options, done) {
      // Names go through the lookup above; a literal address never does.
      const host = options.hostname.replace(/^\[|\]$/g, '');
      if (isIP(host) && !isPublic(host)) return done(new PrivateAddress(), null);
      connect(options, done);
    },
  });
}
