/** How a handler refuses a call, and what the client is told of any error. */

import { Metadata, status as Status } from '@grpc/grpc-js';
import type { CallContext } from './context.ts';
import { type Detail, encodeStatus } from './details.ts';

export { Status };

/** Ends the call with this status. `message` and `details` go to the client. */
export class ServiceError extends Error {
  readonly code: Status;
  readonly details: readonly Detail[];

  constructor(code: Status, message: string, details: readonly Detail[] = []) {
    super(message);
    this.name = 'ServiceError';
    this.code = code;
    this.details = details;
  }
}

/** Throws a ServiceError: `fail(Status.NOT_FOUND, 'no such order')`. */
export function fail(code: Status, message: string, ...details: readonly Detail[]): never {
  throw new ServiceError(code, message, details);
}

/** For a method that is not written yet. */
export function unimplemented(call: CallContext): never {
  throw new ServiceError(Status.UNIMPLEMENTED, `${call.method} is not implemented`);
}

export const STATUS_DETAILS = 'grpc-status-details-bin';

/**
 * The error as a ServiceError. Any other error is the server's own fault: the client learns INTERNAL and nothing
 * more, for messages tell of hosts, queries and paths; the log has it whole. That includes errors of calls made
 * *by* a handler: a NOT_FOUND from another service is not ours to repeat.
 */
export function toServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  return new ServiceError(Status.INTERNAL, 'internal error');
}

/** Trailing metadata that carries the details, as google.rpc.Status. */
export function withDetails(error: ServiceError, trailer: Metadata | undefined): Metadata | undefined {
  if (error.details.length === 0) return trailer;
  const metadata = trailer ?? new Metadata();
  metadata.set(STATUS_DETAILS, encodeStatus(error.code, error.message, error.details));
  return metadata;
}
