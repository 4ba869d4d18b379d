import { type Site, site } from './site.ts'

/** A fixture of vitest: opens sites for a test, and closes them when it ends. */
// biome-ignore lint/correctness/noEmptyPattern: vitest reads a fixture's needs off this pattern
export const openSites = async ({}, use: (open: typeof site) => Promise<void>): Promise<void> => {
  const open: Site[] = []
  await use(async (...args) => {
    const opened = await site(...args)
    open.push(opened)
    return opened
  })
  await Promise.all(open.map((opened) => opened.close()))
}
