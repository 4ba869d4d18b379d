import manifest from '../package.json' with { type: 'json' }

/** The clients that ours is compared with: how each is set up is in the file of its name, beside this one. */
export const peerNames = ['web-vitals', 'elastic', 'datadog'] as const

export type PeerName = (typeof peerNames)[number]

const packages: Record<PeerName, keyof typeof manifest.dependencies> = {
  'web-vitals': 'web-vitals',
  elastic: '@elastic/apm-rum',
  datadog: '@datadog/browser-rum',
}

/** `@elastic/apm-rum@5.17.5` */
export const versionOf = (name: PeerName): string => `${packages[name]}@${manifest.dependencies[packages[name]]}`
