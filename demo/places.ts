import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Whether this runs as `npm start` runs it: built, with nothing to translate. Else it runs as it is written, by tsx. */
export const isBuilt = import.meta.filename.endsWith('.js')

/** The folder of the project. */
export const root = folderAbove(import.meta.dirname)

/** Pages, pictures and whatever else is served as it is written. */
export const demo = join(root, 'demo')

function folderAbove(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : folderAbove(dirname(folder))
}
