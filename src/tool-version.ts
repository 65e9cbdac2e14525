/** Which version of create-grpc-aws this is. */

/** Put in place by `scripts/build.ts`, from package.json. */
declare const GRPC_AWS_VERSION: string | undefined;

/** A run from the source is no release, and says so. */
export const toolVersion: string = typeof GRPC_AWS_VERSION === 'string' ? GRPC_AWS_VERSION : '0.0.0-source';
