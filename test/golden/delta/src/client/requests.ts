/** The requests of a call, read from the JSON of a command line. */

import type { JsonMethod } from './methods.ts';
import { blameUsage, UsageError } from './usage-error.ts';

/** Messages that can be sent: what is wrong with them is found here, where it is the caller's fault. */
export function readRequests(texts: readonly string[], method: JsonMethod): readonly unknown[] {
  const values = texts.map((text) =>
    blameUsage(
      () => JSON.parse(text) as unknown,
      () => `This is not JSON: ${text}`,
    ),
  );
  if (!method.requestStream && values.length > 1) throw new UsageError(`${method.name} takes one request.`);
  const [first = {}] = values;
  if (!method.requestStream) return [readRequest(first, method)];
  const requests = values.length === 1 && Array.isArray(first) ? first : values;
  return requests.map((request) => readRequest(request, method));
}

function readRequest(json: unknown, { name, requestType }: JsonMethod): unknown {
  const text = JSON.stringify(json);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new UsageError(`A request of ${name} is a JSON object, which this is not: ${text}`);
  }
  const { tracked, listUnread } = trackReads(json);
  blameUsage(
    () => requestType.encode(requestType.fromJSON(tracked)).finish(),
    (message) => `This is no request of ${name}: ${text}\n${message}`,
  );
  const unread = listUnread();
  if (unread.length > 0) throw new UsageError(`A request of ${name} has no place for ${unread.join(', ')}: ${text}`);
  return requestType.fromJSON(json);
}

/**
 * src/gen ignores keys that it does not know. It asks for each that it knows, though: what nobody has read, down to the
 * innermost object, will not be sent.
 */
function trackReads(json: object) {
  const unread = new Set<string>();
  const proxies = new Map<object, unknown>();

  function track(value: unknown, path: string): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const known = proxies.get(value);
    if (known !== undefined) return known;
    const paths = new Map(Object.keys(value).map((key) => [key, path === '' ? key : `${path}.${key}`]));
    for (const each of paths.values()) unread.add(each);
    const proxy = new Proxy(value, {
      get(target, key) {
        const found: unknown = Reflect.get(target, key);
        const inner = paths.get(String(key));
        if (inner === undefined) return found;
        unread.delete(inner);
        return track(found, inner);
      },
    });
    proxies.set(value, proxy);
    return proxy;
  }

  return { tracked: track(json, ''), listUnread: () => [...unread] };
}
