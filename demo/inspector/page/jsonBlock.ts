import { html, type TemplateResult } from 'lit-html'

/** A value as JSON to read and to copy, under a title. */
export function jsonBlock(title: string, value: unknown, close: (event: Event) => void): TemplateResult {
  const text = JSON.stringify(value, null, 2)
  return html`<aside class="json" aria-label=${title}>
    <header>
      <h4>${title}</h4>
      <button class="button small" type="button" @click=${() => navigator.clipboard?.writeText(text)}>Copy</button>
      <button class="button small" type="button" aria-label="Close" @click=${close}>×</button>
    </header>
    <pre tabindex="0">${text}</pre>
  </aside>`
}
