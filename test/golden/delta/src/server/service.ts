/** Binds handlers, typed by a service's definition, to that service. */

import type { CallContext } from './context.ts';
import {
  type ByKind,
  type Kind,
  kindOf,
  type MethodDefinition,
  methodsOf,
  pathOf,
  type RequestOf,
  type ResponseOf,
  type ServiceDefinition,
} from './definition.ts';

/**
 * What answers one method: a promise where the response is one message, an async iterable where it is a stream.
 * A stream of requests comes as an async iterable too, and ends when the client has sent its last.
 */
export type Handler<Method extends MethodDefinition> = ByKind<
  Method,
  (request: RequestOf<Method>, call: CallContext) => Promise<ResponseOf<Method>>,
  (request: RequestOf<Method>, call: CallContext) => AsyncIterable<ResponseOf<Method>>,
  (requests: AsyncIterable<RequestOf<Method>>, call: CallContext) => Promise<ResponseOf<Method>>,
  (requests: AsyncIterable<RequestOf<Method>>, call: CallContext) => AsyncIterable<ResponseOf<Method>>
>;

export type Handlers<Definition extends ServiceDefinition> = {
  readonly [Key in keyof Definition['methods']]: Handler<Definition['methods'][Key]>;
};

/** A method with its handler, the message types forgotten: what the server routes calls to. */
export interface BoundMethod {
  readonly service: string;
  readonly name: string;
  readonly path: string;
  readonly kind: Kind;
  readonly definition: MethodDefinition;
  handle(input: unknown, call: CallContext): unknown;
}

export interface Service<Definition extends ServiceDefinition = ServiceDefinition> {
  readonly definition: Definition;
  readonly methods: readonly BoundMethod[];
}

/** A service ready to be served: every method of `definition` with its handler. */
export function service<Definition extends ServiceDefinition>(
  definition: Definition,
  handlers: Handlers<Definition>,
): Service<Definition> {
  // The one place where message types are dropped: `Handlers` has just proved that each handler fits its method.
  const untyped = handlers as unknown as Readonly<Record<string, BoundMethod['handle']>>;
  const methods = methodsOf(definition).map(([key, method]) => {
    const handle = untyped[key];
    if (typeof handle !== 'function') throw new TypeError(`${definition.fullName} has no handler for ${key}`);
    return {
      service: definition.fullName,
      name: method.name,
      path: pathOf(definition, method),
      kind: kindOf(method),
      definition: method,
      handle: handle.bind(handlers),
    };
  });
  return { definition, methods };
}
