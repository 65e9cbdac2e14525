/** greeter.v1.GreeterService: a method answers UNIMPLEMENTED until it is written here. */

import { GreeterServiceDefinition } from '../../gen/greeter/v1/greeter.ts';
import { service, unimplemented } from '../../server/index.ts';

export default service(GreeterServiceDefinition, {
  async greet(request, call) {
    return unimplemented(call);
  },
  async *greetOften(request, call) {
    yield unimplemented(call);
  },
  async greetAll(requests, call) {
    return unimplemented(call);
  },
  async *chat(requests, call) {
    yield unimplemented(call);
  },
});
