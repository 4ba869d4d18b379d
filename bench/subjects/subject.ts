/** What is measured: a client, or the page without one. */
export interface Subject {
  name: string
  kind: 'none' | 'ours' | 'peer'
  /** Of a peer, as its package says; of ours, the path of the build. */
  version: string
  /** The text of its script. */
  script: string
}

/** The page without a client, which every other subject is compared with. */
export const alone: Subject = { name: 'page alone', kind: 'none', version: '', script: '' }
