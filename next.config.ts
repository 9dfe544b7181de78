import type { NextConfig } from 'next';
import { PHASE_PRODUCTION_BUILD } from 'next/constants.js';

/** Scripts stay open to Next's inline ones; everything else is what a page of Hubs needs and no more. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: https: http:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'self'",
].join('; ');

/** Everything but the API and the outputs (app/outputs), which say for themselves who may keep and who may frame them. */
const pages = '/((?!api/|secret/|stream/feed\\.|[tu]/[^/]+/(?:feed\\.|meetings\\.|card)).*)';

const forNobodyElse = [
  // `same-origin`, for without a referrer at all browsers don't say of a form that it was sent from here.
  { key: 'referrer-policy', value: 'same-origin' },
  { key: 'x-robots-tag', value: 'noindex' },
];

const makeConfig = (phase: string): NextConfig => ({
  // For `npm run dist`: a server with all that it needs, in .next/standalone. `next start` runs the build beside it.
  ...(phase === PHASE_PRODUCTION_BUILD ? { output: 'standalone' as const } : {}),
  // Images are not made smaller here: no page uses Next's own.
  images: { unoptimized: true },
  outputFileTracingExcludes: { '/*': ['node_modules/sharp/**', 'node_modules/@img/**'] },
  // They open sockets, load native code or read files beside themselves.
  serverExternalPackages: [
    'pg',
    'mongodb',
    'memjs',
    'graphile-worker',
    'ioredis',
    'kerberos',
    'zeromq',
    'pino',
    'prom-client',
  ],
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run check` does it for the whole tree; a build would do it again.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'x-content-type-options', value: 'nosniff' },
        { key: 'permissions-policy', value: 'camera=(), microphone=(), geolocation=()' },
      ],
    },
    {
      source: pages,
      headers: [
        { key: 'content-security-policy', value: contentSecurityPolicy },
        { key: 'referrer-policy', value: 'strict-origin-when-cross-origin' },
      ],
    },
    // What somebody sees who is signed in, over http and over https (hubs/sessions.ts).
    ...['hubs', '__Host-hubs'].map((key) => ({
      source: pages,
      has: [{ type: 'cookie' as const, key }],
      headers: forNobodyElse,
    })),
    {
      source: '/api/:path*',
      headers: [
        { key: 'referrer-policy', value: 'no-referrer' },
        { key: 'x-robots-tag', value: 'noindex' },
      ],
    },
  ],
});

export default makeConfig;
