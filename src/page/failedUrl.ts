import { attribute, native } from '../payload/native.ts'
import { tryOr } from '../payload/tryOr.ts'

/** The elements that can fail to load, in HTML and SVG: each has some of these. */
type Loading = Partial<
  Pick<HTMLImageElement, 'currentSrc' | 'src'> &
    Pick<HTMLObjectElement, 'data'> &
    Pick<HTMLMediaElement, 'networkState'> &
    Pick<ProcessingInstruction, 'sheet'> & { href: string | SVGAnimatedString }
>

/**
 * The URL that an element was to load and could not, of whatever document it is; empty if it tells of none. An image tells
 * which one it took of its `srcset`, or of the sources of its `<picture>`. An `<?xml-stylesheet?>`, which is no element, has
 * that of its style sheet.
 */
export const failedUrl = (element: Element & Loading): string => {
  // a player that was released keeps in `currentSrc` what it has played
  if (native(element, 'networkState') !== undefined && attribute(element, 'src') === '') return ''
  const href = native(element, 'href')
  if (typeof href === 'object') return tryOr(() => new URL(href.baseVal, native(element, 'baseURI')).href, href.baseVal)
  if (!native(element, 'getAttribute')) return native(element, 'sheet')?.href ?? ''
  const taken = native(element, 'currentSrc')
  const isEmpty = taken === native(element, 'src') && !attribute(element, 'src')
  if (taken && !isEmpty) return taken
  // a preload does not tell which one it took
  if (attribute(element, 'imagesrcset')) return ''
  // an empty attribute stands for the page itself, which nobody asks for
  const name = (['src', 'data', 'href'] as const).find((name) => attribute(element, name))
  return name ? (native(element, name) as string) : ''
}
