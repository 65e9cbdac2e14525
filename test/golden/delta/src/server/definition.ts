/** A service as src/gen describes it: the one shape to which both server and client bind. */

export interface Codec<Message> {
  encode(message: Message): { finish(): Uint8Array };
  decode(bytes: Uint8Array): Message;
}

export interface MethodDefinition<Request = unknown, Response = unknown> {
  /** As the proto declares it. */
  readonly name: string;
  readonly requestType: Codec<Request>;
  readonly requestStream: boolean;
  readonly responseType: Codec<Response>;
  readonly responseStream: boolean;
}

export interface ServiceDefinition {
  /** With its package: `orders.v1.OrdersService`. */
  readonly fullName: string;
  /** By name with a small first letter. */
  readonly methods: { readonly [key: string]: MethodDefinition };
}

export type RequestOf<Method extends MethodDefinition> =
  Method['requestType'] extends Codec<infer Message> ? Message : never;
export type ResponseOf<Method extends MethodDefinition> =
  Method['responseType'] extends Codec<infer Message> ? Message : never;

/** One type for each of the four kinds of RPC, chosen by what a method streams. */
export type ByKind<
  Method extends MethodDefinition,
  Unary,
  ServerStream,
  ClientStream,
  BidiStream,
> = Method['requestStream'] extends true
  ? Method['responseStream'] extends true
    ? BidiStream
    : ClientStream
  : Method['responseStream'] extends true
    ? ServerStream
    : Unary;

export type Kind = 'unary' | 'server_stream' | 'client_stream' | 'bidi_stream';

export function kindOf({ requestStream, responseStream }: MethodDefinition): Kind {
  if (requestStream) return responseStream ? 'bidi_stream' : 'client_stream';
  return responseStream ? 'server_stream' : 'unary';
}

/** The `:path` under which a method is called. */
export function pathOf(service: ServiceDefinition, method: MethodDefinition): string {
  return `/${service.fullName}/${method.name}`;
}

/** Each method with its key; also one named `__proto__`, which an object literal makes its prototype. */
export function methodsOf({ methods }: ServiceDefinition): (readonly [string, MethodDefinition])[] {
  const prototype: MethodDefinition | null = Object.getPrototypeOf(methods);
  const own = Object.entries(methods);
  return prototype === null || prototype === (Object.prototype as unknown) ? own : [...own, ['__proto__', prototype]];
}
