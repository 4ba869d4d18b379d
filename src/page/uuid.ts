import type { Page } from './page.ts'

/** A random UUID (version 4). `crypto.randomUUID` exists in secure contexts only, `getRandomValues` everywhere. */
export const uuid = ({ crypto }: Page): string => {
  const random = crypto.getRandomValues(new Uint8Array(36))
  return 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, (_, at) => ((random[at] as number) & 15).toString(16))
}
