/** hostile.constructor.Client: a method answers UNIMPLEMENTED until it is written here. */

import { ClientDefinition } from '../../gen/hostile/constructor/names.ts';
import { service, unimplemented } from '../../server/index.ts';

export default service(ClientDefinition, {
  async server(request, call) {
    return unimplemented(call);
  },
});
