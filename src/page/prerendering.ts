import { native } from '../payload/native.ts'
import type { Page } from './page.ts'

/** Whether the page is prerendered: loaded ahead of a visit that may never come. `false` outside Chromium. */
export const isPrerendering = ({ document }: Page): boolean =>
  native(document as Document & { prerendering?: boolean }, 'prerendering') === true
