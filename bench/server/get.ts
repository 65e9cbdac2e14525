/** The sample's Get as grpc-js wants it, from the emitted repo's generated code. */
import { pathToFileURL } from 'node:url';
import type { MethodDefinition } from '@grpc/grpc-js';

export interface GetRequest {
  id: string;
}

export interface GetResponse {
  id: string;
  replica: string;
}

interface Codec<Message> {
  encode(message: Message): { finish(): Uint8Array };
  decode(bytes: Uint8Array): Message;
}

interface Definitions {
  OrdersServiceDefinition: {
    methods: { get: { requestType: Codec<GetRequest>; responseType: Codec<GetResponse> } };
  };
}

/** `definition`: the module of the sample's proto, bundled. */
export async function loadGet(definition: string): Promise<MethodDefinition<GetRequest, GetResponse>> {
  const { OrdersServiceDefinition } = (await import(pathToFileURL(definition).href)) as Definitions;
  const { requestType, responseType } = OrdersServiceDefinition.methods.get;
  return {
    path: '/orders.v1.OrdersService/Get',
    requestStream: false,
    responseStream: false,
    requestSerialize: (message) => Buffer.from(requestType.encode(message).finish()),
    requestDeserialize: (bytes) => requestType.decode(bytes),
    responseSerialize: (message) => Buffer.from(responseType.encode(message).finish()),
    responseDeserialize: (bytes) => responseType.decode(bytes),
  };
}
