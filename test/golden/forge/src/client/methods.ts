/** Finds what this repo's protos declare by its full name: the descriptors tell the file, src/gen has the code. */

import { existsSync } from 'node:fs';
import { type Codec, type MethodDefinition, methodsOf, type ServiceDefinition } from '../server/definition.ts';
import { type Descriptors, findDescriptors, indexDescriptors } from '../server/descriptors.ts';
import { UsageError } from './usage-error.ts';

/** A codec that also speaks JSON, as all in src/gen do. */
export interface JsonCodec extends Codec<unknown> {
  fromJSON(json: unknown): unknown;
  toJSON(message: unknown): unknown;
}

export interface JsonMethod extends MethodDefinition {
  readonly requestType: JsonCodec;
  readonly responseType: JsonCodec;
}

export interface FoundMethod {
  readonly service: ServiceDefinition;
  readonly key: string;
  readonly method: JsonMethod;
}

/** Each as it is called: `orders.v1.OrdersService/Get`. */
export async function listMethods(): Promise<readonly string[]> {
  const services = await Promise.all(readDescriptors().services.map(findService));
  return services.flatMap((service) =>
    service ? methodsOf(service).map(([, { name }]) => `${service.fullName}/${name}`) : [],
  );
}

export async function findMethod(path: string): Promise<FoundMethod | undefined> {
  const [serviceName = '', methodName] = path.replace(/^\//, '').split('/');
  const service = await findService(serviceName);
  if (service === undefined) return undefined;
  const [key, method] = methodsOf(service).find(([, { name }]) => name === methodName) ?? [];
  return key === undefined ? undefined : { service, key, method: method as JsonMethod };
}

export async function findMessage(name: string): Promise<JsonCodec | undefined> {
  const exports = await importFileOf(name);
  // A nested message is exported with its parents' names ahead: Outer_Inner.
  const entry = Object.entries(exports).find(
    ([key, value]) => isCodec(value) && `.${name}`.endsWith(`.${key.replaceAll('_', '.')}`),
  );
  return entry?.[1] as JsonCodec | undefined;
}

async function findService(name: string): Promise<ServiceDefinition | undefined> {
  const exports = Object.values(await importFileOf(name));
  return exports.find((value): value is ServiceDefinition => isObject(value) && value.fullName === name);
}

async function importFileOf(symbol: string): Promise<Readonly<Record<string, unknown>>> {
  const file = readDescriptors().fileOf(symbol);
  return file === undefined ? {} : import(`../gen/${file.replace('.proto', '.ts')}`);
}

let descriptors: Descriptors | undefined;

function readDescriptors(): Descriptors {
  if (!existsSync(findDescriptors())) throw new UsageError('There is no src/gen/descriptors.binpb: npm run generate');
  descriptors ??= indexDescriptors();
  return descriptors;
}

function isCodec(value: unknown): boolean {
  return isObject(value) && 'toJSON' in value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
