/** What every account of the tests holds before its repo comes. */

/** The value of each of its secrets; no plan may know it. */
export const secretValue = 'held-by-nobody-but-the-account';
