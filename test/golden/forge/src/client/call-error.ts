/** How a call failed, as its client sees it. */

import { type ServiceError as GrpcError, Metadata, type status as Status } from '@grpc/grpc-js';
import { type Detail, decodeDetails } from '../server/details.ts';
import { STATUS_DETAILS } from '../server/errors.ts';

/**
 * Not the ServiceError that a handler throws to answer with a status: thrown on by a handler, this one is an error
 * like any other, and its own client sees INTERNAL.
 */
export class CallError extends Error {
  readonly code: Status;
  readonly details: readonly Detail[];
  readonly trailer: Metadata;

  constructor(code: Status, message: string, details: readonly Detail[], trailer: Metadata) {
    super(message);
    this.name = 'CallError';
    this.code = code;
    this.details = details;
    this.trailer = trailer;
  }
}

/** Wraps grpc-js's errors; leaves others, such as those of the caller's own stream of requests, alone. */
export function toCallError(error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error && 'metadata' in error)) return error;
  const { code, details: message, metadata = new Metadata() } = error as GrpcError;
  const [status] = metadata.get(STATUS_DETAILS);
  return new CallError(code, message, status instanceof Buffer ? decodeDetails(status) : [], metadata);
}
