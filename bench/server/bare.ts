/** A program: grpc-js alone, which answers what the sample's Get answers. Argument: the sample's definition, bundled. */
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from '@grpc/grpc-js';
import { type GetRequest, type GetResponse, loadGet } from './get.ts';

const get = await loadGet(process.argv[2] ?? '');
const server = new Server();
server.addService(
  { get },
  {
    get({ request }: ServerUnaryCall<GetRequest, GetResponse>, answer: sendUnaryData<GetResponse>) {
      answer(null, { id: request.id, replica: 'a' });
    },
  },
);
server.bindAsync(`127.0.0.1:${process.env.PORT}`, ServerCredentials.createInsecure(), () => {});
