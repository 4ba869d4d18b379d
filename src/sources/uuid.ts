import type { Page } from './page'

/** A random UUID (version 4). `crypto.randomUUID` exists in secure contexts only, `getRandomValues` everywhere. */
export const uuid = ({ crypto }: Page): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const hex = [...bytes].map((byte, at) =>
    (at === 6 ? (byte & 15) | 64 : at === 8 ? (byte & 63) | 128 : byte).toString(16).padStart(2, '0'),
  )
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
