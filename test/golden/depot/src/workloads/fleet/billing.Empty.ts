/** billing.Empty: a method answers UNIMPLEMENTED until it is written here. */

import { EmptyDefinition } from '../../gen/billing/billing.ts';
import { service, unimplemented } from '../../server/index.ts';

export default service(EmptyDefinition, {
});
