/** The part of a string's interface that reading a number needs. */
export interface Characters {
  readonly length: number;
  charCodeAt(index: number): number;
}

const [PLUS, MINUS, ZERO, NINE, UPPER_E, LOWER_E] = [..."+-09Ee"].map((character) => character.charCodeAt(0));

/**
 * Whether the whole of a text is a decimal number: [+-] (digits [point digits?] | point digits) [e [+-] digits].
 * It examines each character once, whereas a regular expression may backtrack and take quadratic time.
 */
export function isDecimal(text: Characters, point = "."): boolean {
  const start = pastSign(text, 0);
  const whole = pastDigits(text, start);
  const hasPoint = text.charCodeAt(whole) === point.charCodeAt(0);
  const fraction = hasPoint ? pastDigits(text, whole + 1) : whole;
  const digits = fraction - start - (hasPoint ? 1 : 0);
  return digits > 0 && pastExponent(text, fraction) === text.length;
}

function pastSign(text: Characters, at: number): number {
  const code = text.charCodeAt(at);
  return code === PLUS || code === MINUS ? at + 1 : at;
}

function pastDigits(text: Characters, at: number): number {
  let end = at;
  for (let code = text.charCodeAt(end); code >= ZERO && code <= NINE; code = text.charCodeAt(end)) end++;
  return end;
}

/** The index after "e", a sign and digits; `at` itself if there is no complete exponent. */
function pastExponent(text: Characters, at: number): number {
  const code = text.charCodeAt(at);
  if (code !== LOWER_E && code !== UPPER_E) return at;
  const digits = pastSign(text, at + 1);
  const end = pastDigits(text, digits);
  return end > digits ? end : at;
}
