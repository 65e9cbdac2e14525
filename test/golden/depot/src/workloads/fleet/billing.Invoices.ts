/** billing.Invoices: a method answers UNIMPLEMENTED until it is written here. */

import { InvoicesDefinition } from '../../gen/billing/billing.ts';
import { service, unimplemented } from '../../server/index.ts';

export default service(InvoicesDefinition, {
  async send(request, call) {
    return unimplemented(call);
  },
});
