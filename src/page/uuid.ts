import type { Page } from './page.ts'

/** A random UUID (version 4). `crypto.randomUUID` exists in secure contexts only, `getRandomValues` everywhere. */
export const uuid = ({ crypto }: Page): string =>
  'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () =>
    ((crypto.getRandomValues(new Uint8Array(1))[0] as number) & 15).toString(16),
  )
