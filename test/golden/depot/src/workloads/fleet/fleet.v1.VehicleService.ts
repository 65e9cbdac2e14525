/** fleet.v1.VehicleService: a method answers UNIMPLEMENTED until it is written here. */

import { VehicleServiceDefinition } from '../../gen/fleet/v1/vehicle.ts';
import { service, unimplemented } from '../../server/index.ts';

export default service(VehicleServiceDefinition, {
  async find(request, call) {
    return unimplemented(call);
  },
  async change(requests, call) {
    return unimplemented(call);
  },
  async *inspect(request, call) {
    yield unimplemented(call);
  },
});
