/** Text of a stranger, short and without the control characters that would steer the terminal. */
export function plain(text: string, length: number): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '�')
  return line.length > length ? `${line.slice(0, length - 1)}…` : line
}
