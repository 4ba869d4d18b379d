/** A Markdown table: the first column to the left, figures to the right. */
export function table(head: string[], rows: string[][]): string {
  const ruler = head.map((_, i) => (i === 0 ? ':--' : '--:'))
  return [head, ruler, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** `12,345.6`; a dash where there is no number. */
export function number(value: number, digits: number): string {
  if (!Number.isFinite(value)) return '–'
  // no minus before what is rounded to nothing
  const rounded = Number(value.toFixed(digits)) + 0
  return rounded.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}
