import { render } from 'lit-html'
import { connect } from './connection.ts'
import { framed } from './framed.ts'
import { Inspector } from './inspector.ts'
import { Receiver } from './receiver.ts'
import { shell } from './shell.ts'
import { SpreadChart } from './spreadChart.ts'
import { TimeLine } from './timeLine.ts'
import { VirtualList } from './virtualList.ts'

customElements.define('virtual-list', VirtualList)
customElements.define('time-line', TimeLine)
customElements.define('spread-chart', SpreadChart)

const root = document.querySelector<HTMLElement>('#inspector') as HTMLElement
let isAsked = false

/** Draws once for all that changes before the next frame; a page in the background has no frames. */
const draw = () => {
  if (isAsked) return
  isAsked = true
  requestAnimationFrame(() => {
    isAsked = false
    render(shell(inspector), root)
    inspector.drawn(root)
  })
}

const inspector = new Inspector(new Receiver('/inspector/api'), draw)
addEventListener('hashchange', () => inspector.goTo(location.hash))
inspector.goTo(location.hash)
connect('/inspector/api/stream', framed(inspector))
draw()
