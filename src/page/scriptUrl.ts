import { native } from '../payload/native.ts'
import type { Page } from './page.ts'

/**
 * Where the drop-in script came from, without query and hash: the address of the script element with the id `CRUM`, else of
 * the script that runs at this moment. Nothing where neither has one. (Other elements may have the id as well.)
 */
export const scriptUrl = ({ document }: Page): string | undefined => {
  const script =
    native(document, 'querySelector').call(document, 'script#CRUM[src]') ?? native(document, 'currentScript')
  return (script as HTMLScriptElement | null)?.src?.split(/[?#]/)[0]
}
