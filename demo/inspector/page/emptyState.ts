import { html, type TemplateResult } from 'lit-html'

/** What to do while nothing has arrived. In a frame beside the shop it points there. */
export function emptyState(): TemplateResult {
  const isBeside = window.parent !== window
  return html`<section class="empty" aria-labelledby="empty-title">
    <h2 id="empty-title">Nothing has arrived yet</h2>
    <p>Beacons show up here the moment the receiver has stored them.</p>
    <ol>
      ${
        isBeside
          ? html`<li>Click anything in the shop beside this.</li>`
          : html`<li>Open <a href="/shop/" target="crum-shop">the shop</a> in another tab, or <a href="/">side by side</a>.</li>
              <li>Click anything.</li>`
      }
      <li>Its beacon arrives at the end of the sample, five seconds later at most.</li>
    </ol>
    <p class="soft">A page of your own reports here too: let it load its script from <code>${location.origin}/rum</code>.</p>
  </section>`
}
