/** A call without a gRPC library, to see what is on the wire. */
import { once } from 'node:events';
import { connect, type IncomingHttpHeaders } from 'node:http2';

const endsStream = 0x01;

export interface RawAnswer {
  headers: IncomingHttpHeaders;
  /** Nothing follows them, as gRPC wants it of errors at once. */
  isAlone: boolean;
}

/** What answers an empty request. */
export async function openRawCall(port: number, path: string): Promise<RawAnswer> {
  const session = connect(`http://127.0.0.1:${port}`);
  try {
    const stream = session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    stream.end(Buffer.alloc(5));
    const [headers, flags] = (await once(stream, 'response')) as [IncomingHttpHeaders, number];
    stream.resume();
    await once(stream, 'close');
    return { headers, isAlone: (flags & endsStream) !== 0 };
  } finally {
    session.close();
  }
}
