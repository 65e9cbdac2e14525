/** hostile.constructor.constructor_: a method answers UNIMPLEMENTED until it is written here. */

import { constructor_Definition } from '../../gen/hostile/constructor/names.ts';
import { service, unimplemented } from '../../server/index.ts';

export default service(constructor_Definition, {
  async isPrototypeOf(request, call) {
    return unimplemented(call);
  },
});
