/** Builds a page in a process of its own, and hands it to the parent. Vite takes 100 MB, and gives none back. */
import { bundlePage } from './bundlePage.ts'

const [root = '', base = ''] = process.argv.slice(2)
const bundle = await bundlePage(root, base)
process.send?.([...bundle], () => process.disconnect())
