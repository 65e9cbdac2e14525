/** The Google protos that many APIs share (google/api, rpc, type, longrunning), which the tool brings along. */

/** Text by path; loaded when the first proto asks for one. */
export async function loadGoogleProtos(): Promise<ReadonlyMap<string, string>> {
  const { default: data } = await import('./google-protos.json', { with: { type: 'json' } });
  return new Map(Object.entries(data.files));
}

const folders = /^google\/(?:api|rpc|rpc\/context|type|longrunning)\/[^/]+$/;

/** Whether a path may be one of them: loading tells for sure. */
export function mayBeGoogleProto(path: string): boolean {
  return folders.test(path);
}
