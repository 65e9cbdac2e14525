/** fleet.v1.parts.WheelService: a method answers UNIMPLEMENTED until it is written here. */

import { WheelServiceDefinition } from '../../gen/fleet/v1/parts/wheel.ts';
import { service, unimplemented } from '../../server/index.ts';

export default service(WheelServiceDefinition, {
  async turn(request, call) {
    return unimplemented(call);
  },
});
