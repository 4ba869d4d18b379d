import { tryOr } from './tryOr.ts'

/** The elements that can fail to load, in HTML and SVG: each has some of these. */
type Loading = Partial<
  Pick<HTMLImageElement, 'currentSrc' | 'src'> & Pick<HTMLObjectElement, 'data'> & { href: string | SVGAnimatedString }
>

/**
 * The URL that an element was to load and could not, of whatever document it is; empty if it tells of none. An image tells
 * which one it took of its `srcset`, or of the sources of its `<picture>`.
 */
export const failedUrl = (element: Element): string => {
  const { currentSrc, src, data, href = '' } = element as Loading
  if (typeof href === 'object') return tryOr(() => new URL(href.baseVal, element.baseURI).href, href.baseVal)
  // a preload with `imagesrcset` does not tell
  return currentSrc || src || data || (element.hasAttribute('imagesrcset') ? '' : href)
}
