/** hostile.constructor.Service: a method answers UNIMPLEMENTED until it is written here. */

import { ServiceDefinition } from '../../gen/hostile/constructor/names.ts';
import { service, unimplemented } from '../../server/index.ts';

export default service(ServiceDefinition, {
  async constructor(request, call) {
    unimplemented(call);
  },
  async delete(request, call) {
    unimplemented(call);
  },
  async *close(request, call) {
    unimplemented(call);
  },
  async cancel(requests, call) {
    unimplemented(call);
  },
  async *toString(requests, call) {
    unimplemented(call);
  },
  async hasOwnProperty(request, call) {
    unimplemented(call);
  },
  async then(request, call) {
    unimplemented(call);
  },
  async prototype(request, call) {
    unimplemented(call);
  },
  async makeUnaryRequest(request, call) {
    unimplemented(call);
  },
  async waitForReady(request, call) {
    unimplemented(call);
  },
});
