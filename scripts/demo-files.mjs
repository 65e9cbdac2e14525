/** What the demo's team brings: a proto, and the handler that an engineer writes. */

export const proto = `syntax = "proto3";

package demo.v1;

service GreeterService {
  rpc Greet(GreetRequest) returns (GreetResponse);
  rpc Count(CountRequest) returns (stream CountResponse);
}

message GreetRequest {
  string name = 1;
}

message GreetResponse {
  string text = 1;
}

message CountRequest {
  uint32 to = 1;
}

message CountResponse {
  uint32 number = 1;
}
`;

export const handler = `import { GreeterServiceDefinition } from '../../gen/demo/v1/greeter.ts';
import { service } from '../../server/index.ts';

export default service(GreeterServiceDefinition, {
  async greet({ name }) {
    return { text: \`Hello, \${name}.\` };
  },

  async *count({ to }) {
    for (let number = 1; number <= to; number += 1) yield { number };
  },
});
`;
