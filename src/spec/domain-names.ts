/** Names in the public DNS: their form, and the name in what somebody pasted. */

/** Two or more labels of RFC 1123 in lower case; the last begins with a letter, so no address of IPv4 is one. */
export const domainPattern = '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$';

/** How to mend a text that is no domain: the one in a URL, `host:port`, a wildcard, or another case or script. */
export function suggestDomain(value: string): string {
  const domain = findDomain(value);
  return domain ? `Use ${domain}` : 'Give the name that clients dial, such as grpc.example.com';
}

function findDomain(value: string): string | undefined {
  const address = value.trim().replace(/^[a-z][a-z0-9+.-]*:\/+/i, '');
  let host: string;
  try {
    host = new URL(`https://${address}`).hostname;
  } catch {
    return undefined;
  }
  const domain = host.replace(/^\*\./, '').replace(/\.$/, '').replaceAll('_', '-');
  return domain.length <= 253 && new RegExp(domainPattern).test(domain) ? domain : undefined;
}

/** The domain without its first label, as long as two are left: where a name like `grpc.example.com` is usually managed. */
export function findParentDomain(domain: string): string {
  const labels = domain.split('.');
  return labels.length > 2 ? labels.slice(1).join('.') : domain;
}

/** What clients of an environment dial: in the last, which is production, the domain itself. */
export function nameHost(environment: string, environments: readonly string[], domain: string): string {
  return environment === environments.at(-1) ? domain : `${environment}.${domain}`;
}

/** Whether a domain is a zone's own name or lies in it. */
export function liesIn(domain: string, zone: string): boolean {
  return domain === zone || domain.endsWith(`.${zone}`);
}

/**
 * The last labels that nobody can own, so that no public certificate is ever issued for a name below them.
 * Source: https://www.iana.org/assignments/special-use-domain-names, and `internal`, which ICANN reserved in 2024.
 */
export const unownedDomains: readonly string[] = [
  ...['alt', 'example', 'internal', 'invalid', 'local', 'localhost', 'onion', 'test'],
];
