import type { Attributes } from './anyValue.ts'

/** The properties of an object as attributes: `{ blockingDuration: 5 }` under `crum.frame` is `crum.frame.blocking_duration`. */
export const under = (prefix: string, properties: object): Attributes =>
  Object.fromEntries(Object.entries(properties).map(([name, value]) => [`${prefix}.${snakeCase(name)}`, value]))

/** `domContentLoadedEventStart` as `dom_content_loaded_event_start`, `sourceURL` as `source_url`. */
export const snakeCase = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
