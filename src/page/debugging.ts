import type { Page } from './page.ts'

/** What the address asks for: `1` prints each step of the client, `dry` prints them and sends nothing. */
export const debugging = ({ location }: Page): string | undefined => /[?&]debug=(1|dry)\b/.exec(location.search)?.[1]
