/** library.v1.LibraryService: a method answers UNIMPLEMENTED until it is written here. */

import { LibraryServiceDefinition } from '../../gen/library/v1/library.ts';
import { service, unimplemented } from '../../server/index.ts';

export default service(LibraryServiceDefinition, {
  async getBook(request, call) {
    return unimplemented(call);
  },
  async buyBooks(request, call) {
    return unimplemented(call);
  },
  async *readBook(request, call) {
    yield unimplemented(call);
  },
});
