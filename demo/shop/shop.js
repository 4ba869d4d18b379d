/** On every page: the basket's count, and where one is. */
import { showCount } from './basket.js'

showCount()
addEventListener('pageshow', showCount)
addEventListener('storage', showCount)

for (const link of document.querySelectorAll('.top nav a')) {
  const here =
    link.pathname === '/shop/'
      ? /^\/shop\/($|products\/)/.test(location.pathname)
      : location.pathname.startsWith(link.pathname)
  if (here) link.setAttribute('aria-current', 'page')
}
