/** grpc.reflection.v1 and v1alpha: shows tools such as grpcurl the services of this whole repo. */

import type { ServerReflectionRequest, ServerReflectionResponse } from '../gen/grpc/reflection/v1/reflection.ts';
import { ServerReflectionDefinition as V1 } from '../gen/grpc/reflection/v1/reflection.ts';
import { type Descriptors, indexDescriptors } from './descriptors.ts';
import { Status } from './errors.ts';
import { type Handlers, type Service, service } from './service.ts';

/** The same messages, so the same code reads and writes them. */
const V1Alpha = { ...V1, fullName: 'grpc.reflection.v1alpha.ServerReflection' } as const;

type Answer = NonNullable<ServerReflectionResponse['messageResponse']>;

/** Both versions. The descriptors are read when someone first asks. */
export function createReflection(load: () => Descriptors = indexDescriptors): readonly Service[] {
  let descriptors: Descriptors | undefined;
  const handlers: Handlers<typeof V1> = {
    async *serverReflectionInfo(requests) {
      for await (const request of requests) {
        descriptors ??= load();
        yield { validHost: request.host, originalRequest: request, messageResponse: answer(descriptors, request) };
      }
    },
  };
  return [service(V1, handlers), service<typeof V1Alpha>(V1Alpha, handlers)];
}

function answer(descriptors: Descriptors, { messageRequest: request }: ServerReflectionRequest): Answer {
  switch (request?.$case) {
    case 'listServices':
      return { $case: 'listServicesResponse', value: { service: descriptors.services.map((name) => ({ name })) } };
    case 'fileByFilename':
      return filesFrom(descriptors, request.value, request.value);
    case 'fileContainingSymbol':
      return filesFrom(descriptors, descriptors.fileOf(request.value), request.value);
    case 'fileContainingExtension': {
      const { containingType, extensionNumber } = request.value;
      const file = descriptors.extensionsOf(containingType).get(extensionNumber);
      return filesFrom(descriptors, file, `extension ${extensionNumber} of ${containingType}`);
    }
    case 'allExtensionNumbersOfType': {
      const type = request.value;
      if (descriptors.fileOf(type) === undefined) return refuse(Status.NOT_FOUND, `${type} not found`);
      const extensionNumber = [...descriptors.extensionsOf(type).keys()].sort((a, b) => a - b);
      return { $case: 'allExtensionNumbersResponse', value: { baseTypeName: type, extensionNumber } };
    }
    default:
      return refuse(Status.UNIMPLEMENTED, 'unknown kind of request');
  }
}

function filesFrom(descriptors: Descriptors, file: string | undefined, wanted: string): Answer {
  const fileDescriptorProto = file === undefined ? undefined : descriptors.withImports(file);
  if (fileDescriptorProto === undefined) return refuse(Status.NOT_FOUND, `${wanted} not found`);
  return { $case: 'fileDescriptorResponse', value: { fileDescriptorProto: [...fileDescriptorProto] } };
}

function refuse(errorCode: Status, errorMessage: string): Answer {
  return { $case: 'errorResponse', value: { errorCode, errorMessage } };
}
