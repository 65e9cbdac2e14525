/** A program: the least that a gRPC server can be, Node's own HTTP/2 with one empty answer. */
import { createServer } from 'node:http2';

createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'application/grpc' });
  response.addTrailers({ 'grpc-status': '0' });
  response.end(Buffer.alloc(5));
}).listen(Number(process.env.PORT), '127.0.0.1');
