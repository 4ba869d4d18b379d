import { native } from '../payload/native.ts'
import type { Page } from './page.ts'

/**
 * Where the drop-in script came from, without query and hash: the address of the element with the id `CRUM`, else of the
 * script that runs at this moment. Nothing where neither has one.
 */
export const scriptUrl = ({ document }: Page): string | undefined => {
  const script = native(document, 'getElementById').call(document, 'CRUM') ?? native(document, 'currentScript')
  return (script as HTMLScriptElement | null)?.src?.split(/[?#]/)[0]
}
