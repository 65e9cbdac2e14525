/** The `.proto` of a service that is only a name so far: one method, in the style of the sample and as `buf lint` wants it. */
import { exitCode, UserError } from '../errors.ts';
import type { ProtoFile } from './contract.ts';

/** A package and a version, as PACKAGE_LOWER_SNAKE_CASE and PACKAGE_VERSION_SUFFIX of buf want them, then SERVICE_SUFFIX. */
const packagePattern =
  /^(?:[a-z][a-z0-9]*(?:_[a-z0-9]+)*\.)+v[1-9]\d*(?:(?:p[1-9]\d*)?(?:alpha|beta)(?:[1-9]\d*)?|test\w*)?$/;
const servicePattern = /^(?:[A-Z][A-Za-z0-9]*)?[A-Za-z0-9]Service$/;

/**
 * A file whose path is free. Its messages take names that the package has not given away yet.
 * @throws {UserError} (usage) with a name that would do, refused where the file is there already
 */
export function stubService(fullName: string, protos: readonly ProtoFile[]): ProtoFile {
  refuseOtherNames(fullName);
  const [pkg, name] = splitName(fullName);
  const subject = name.replace(/Service$/, '');
  const folder = pkg.replaceAll('.', '/');
  const taken = new Set(protos.map(({ path }) => path.toLowerCase()));
  const path = [subject, name].map((one) => `${folder}/${nameSnake(one)}.proto`).find((one) => !taken.has(one));
  if (path === undefined) {
    const at = `proto/${folder}/${nameSnake(subject)}.proto`;
    const hint = `Declare ${name} in it yourself, or name another service.`;
    throw new UserError(exitCode.refused, { at, message: `it is there already, and declares no ${name}`, hint });
  }
  const prefix = isTaken(['GetRequest', 'GetResponse'], pkg, protos) ? name : '';
  return { path, text: writeStub({ pkg, name, prefix }) };
}

/** `orders.v1.OrdersService` → `orders.v1` and `OrdersService`. */
function splitName(fullName: string): [pkg: string, name: string] {
  const end = fullName.lastIndexOf('.');
  return [fullName.slice(0, Math.max(end, 0)), fullName.slice(end + 1)];
}

function refuseOtherNames(fullName: string): void {
  const [pkg, name] = splitName(fullName);
  if (packagePattern.test(pkg) && servicePattern.test(name)) return;
  const better = suggestName(pkg, name);
  throw new UserError(exitCode.usage, {
    at: fullName,
    message: 'is no name for a new service: a package that ends with a version, then a name that ends with Service',
    hint: better === undefined ? 'For example: add service orders.v1.RefundsService' : `Say: add service ${better}`,
  });
}

/** The nearest name that would do. */
function suggestName(pkg: string, name: string): string | undefined {
  const bare = pascal(name).replace(/(?:Service)?$/i, '');
  const parts = pkg
    .split('.')
    .map((part) => nameSnake(part.replaceAll('-', '_')))
    .filter((part) => part !== '');
  const versioned = /^v[1-9]\d*$/.test(parts.at(-1) ?? '') ? parts : [...parts, 'v1'];
  const whole = versioned.length > 1 ? versioned : [nameSnake(bare), ...versioned];
  const [better, service] = [whole.join('.'), `${bare}Service`];
  return packagePattern.test(better) && servicePattern.test(service) ? `${better}.${service}` : undefined;
}

function pascal(word: string): string {
  return word
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}

/** `RefundsHTTPApi` → `refunds_http_api`: as FILE_LOWER_SNAKE_CASE of buf wants it. */
function nameSnake(word: string): string {
  return word
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}

/** By their text: a Contract knows only the messages that methods name. */
function isTaken(names: readonly string[], pkg: string, protos: readonly ProtoFile[]): boolean {
  const declares = new RegExp(`^\\s*(?:message|enum)\\s+(?:${names.join('|')})\\b`, 'm');
  const isSame = new RegExp(`^\\s*package\\s+${pkg.replaceAll('.', '\\s*\\.\\s*')}\\s*;`, 'm');
  return protos.some(({ text }) => isSame.test(text) && declares.test(text));
}

/** RPC_REQUEST_STANDARD_NAME of buf takes the method's name with and without the service's in front. */
function writeStub({ pkg, name, prefix }: { pkg: string; name: string; prefix: string }): string {
  return `syntax = "proto3";

package ${pkg};

// ${name} has one RPC to begin with.
service ${name} {
  // Get answers one request with one response.
  rpc Get(${prefix}GetRequest) returns (${prefix}GetResponse);
}

message ${prefix}GetRequest {
  // Must not be empty.
  string id = 1;
}

message ${prefix}GetResponse {
  string id = 1;
}
`;
}
