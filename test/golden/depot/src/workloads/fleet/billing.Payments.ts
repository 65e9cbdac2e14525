/** billing.Payments: a method answers UNIMPLEMENTED until it is written here. */

import { PaymentsDefinition } from '../../gen/billing/billing.ts';
import { service, unimplemented } from '../../server/index.ts';

export default service(PaymentsDefinition, {
  async take(request, call) {
    return unimplemented(call);
  },
  async *watch(request, call) {
    yield unimplemented(call);
  },
});
