/** hostile.constructor.Object_: a method answers UNIMPLEMENTED until it is written here. */

import { Object_Definition } from '../../gen/hostile/constructor/names.ts';
import { service, unimplemented } from '../../server/index.ts';

export default service(Object_Definition, {
  async new(request, call) {
    return unimplemented(call);
  },
});
