/** A DNS label in the words of other languages. */

/** `my-orders` → `my_orders`: as part of a proto package. */
export function namePackagePart(label: string): string {
  return label.replaceAll('-', '_');
}

/** `my-orders` → `MyOrders`: as the name of a proto service. */
export function namePascal(label: string): string {
  return label
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}
