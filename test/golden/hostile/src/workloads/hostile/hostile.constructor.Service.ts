/** hostile.constructor.Service: a method answers UNIMPLEMENTED until it is written here. */

import { ServiceDefinition } from '../../gen/hostile/constructor/names.ts';
import { service, unimplemented } from '../../server/index.ts';

export default service(ServiceDefinition, {
  async constructor(request, call) {
    return unimplemented(call);
  },
  async delete(request, call) {
    return unimplemented(call);
  },
  async *close(request, call) {
    yield unimplemented(call);
  },
  async cancel(requests, call) {
    return unimplemented(call);
  },
  async *toString(requests, call) {
    yield unimplemented(call);
  },
  async hasOwnProperty(request, call) {
    return unimplemented(call);
  },
  async then(request, call) {
    return unimplemented(call);
  },
  async prototype(request, call) {
    return unimplemented(call);
  },
  async makeUnaryRequest(request, call) {
    return unimplemented(call);
  },
  async waitForReady(request, call) {
    return unimplemented(call);
  },
});
