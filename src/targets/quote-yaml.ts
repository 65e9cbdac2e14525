/** A text as YAML has it between quotes, and as CloudFormation's `Fn::Sub` leaves it alone. */

/** What a reader of YAML 1.1 refuses, or breaks a line at, unless it is escaped. */
const unprintable = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/**
 * A double-quoted string whose value is exactly this text.
 * Source: https://yaml.org/spec/1.1/#id907281 (double-quoted style), which holds JSON's escapes
 * @throws Error for a text that YAML cannot hold: half a character
 */
export function quoteYaml(text: string): string {
  if (/\p{Cs}/u.test(text)) throw new Error(`YAML has no string for ${JSON.stringify(text)}`);
  return JSON.stringify(text).replace(
    unprintable,
    (sign) => `\\u${sign.codePointAt(0)!.toString(16).padStart(4, '0')}`,
  );
}

/**
 * For what stands inside `!Sub`, where `${` then begins nothing. Not quoted yet: texts that are meant for it may stand around.
 * Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
 * @throws Error where `${` is not closed, or has another in it: how those are read is written nowhere
 */
export function escapeSub(text: string): string {
  const escaped = text.replace(/\$\{([^{}]*)\}/g, '$${!$1}');
  if (/\$\{/.test(escaped.replace(/\$\{![^{}]*\}/g, '')))
    throw new Error(`Fn::Sub has no word for ${JSON.stringify(text)}`);
  return escaped;
}
