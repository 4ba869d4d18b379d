/** The codings that a script is kept in, best first. */
export type Encoding = 'br' | 'gzip' | 'identity'

/** Chooses a coding by an `Accept-Encoding` header: the one with the highest weight, brotli before gzip before none. */
export function acceptedEncoding(header = ''): Encoding {
  const weights = new Map(header.split(',').map(weight))
  const rank = (encoding: Encoding) =>
    weights.get(encoding) ?? weights.get('*') ?? (encoding === 'identity' ? 0.001 : 0)
  const [best] = (['br', 'gzip', 'identity'] as const).toSorted((a, b) => rank(b) - rank(a))
  return best && rank(best) > 0 ? best : 'identity'
}

function weight(part: string): [string, number] {
  const [coding = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase())
  const q = parameters.find((parameter) => parameter.startsWith('q='))
  return [coding, q === undefined ? 1 : Number(q.slice(2)) || 0]
}
