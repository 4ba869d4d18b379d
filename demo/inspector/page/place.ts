/** What the address asks the inspector to show. */
export interface Place {
  tab: 'views' | 'pages'
  /** The number of a view. */
  view?: number
  /** The id of a beacon, to find its view by. */
  beacon?: string
  /** The payload field to point at: `view.errors`, `metrics.inp`. */
  field?: string
}

/** Reads `#view=12`, `#beacon=…&field=view.errors` or `#pages`. */
export function readPlace(hash: string): Place {
  const params = new URLSearchParams(hash.replace(/^#/, ''))
  const view = params.get('view')
  const beacon = params.get('beacon')
  const field = params.get('field')
  return {
    tab: params.has('pages') ? 'pages' : 'views',
    ...(view && /^\d{1,9}$/.test(view) && { view: Number(view) }),
    ...(beacon && { beacon }),
    ...(field && { field }),
  }
}
