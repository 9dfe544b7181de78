// What no feed may keep: the raw headers of webhooks, and whatever is or looks like a secret.

/** Of a webhook's headers only those that name the event, and the site it comes from, say something of the message. */
const eventHeader = /^x-[a-z]+-(event|event-type|instance)$/i;

const secretName =
  /(^|_)(tokens?|secrets?|password|passwd|passphrase|authorization|cookies?|credentials?|signature|private_key|api_?key|access_key)$/;

/** Most names and texts have nothing of the kind, which is found out at once. */
const maybeSecretName = /token|secret|passw|passphrase|authorization|cookie|credential|signature|key/i;
const maybeSecret = /:\/\/|[?&]|gh[pousr]_|github_pat_|glpat-/;

/** `accessToken`, `access-token` and `access_token` are one name. */
const isSecretName = (name: string): boolean =>
  maybeSecretName.test(name) &&
  secretName.test(
    name
      .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
      .replaceAll('-', '_')
      .toLowerCase(),
  );

/** Secrets in the midst of a text: in addresses, and the tokens that forges give out. */
const inTexts: [RegExp, string][] = [
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s@:]*:[^/\s@]+@/gi, '$1'],
  [
    /([?&](?:access_token|private_token|auth_token|token|secret|password|api_?key|signature)=)[^&\s#"'<>)]+/gi,
    '$1…',
  ],
  [/\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,})/g, '…'],
];

/** A copy of any JSON value without them; what names the event of a webhook stays. */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string' && !maybeSecret.test(value)) return value;
  if (typeof value === 'string')
    return inTexts.reduce((text, [secret, instead]) => text.replace(secret, instead), value);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).flatMap(([name, item]): [string, unknown][] => {
    if (/headers$/i.test(name)) return [[name, eventHeaders(item)]];
    return isSecretName(name) ? [] : [[name, withoutSecrets(item)]];
  });
  return Object.fromEntries(kept);
}

const eventHeaders = (headers: unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(headers ?? {}).filter(([name]) => eventHeader.test(name)));
