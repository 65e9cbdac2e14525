/** parts.PartsService: a method answers UNIMPLEMENTED until it is written here. */

import { PartsServiceDefinition } from '../../gen/parts/parts.ts';
import { service, unimplemented } from '../../server/index.ts';

export default service(PartsServiceDefinition, {
  async *list(request, call) {
    yield unimplemented(call);
  },
});
