/** What the tests of this room put behind the markers. */
export const labels = { ours: 'yours', base: '0.1.0', theirs: '0.2.0' };
