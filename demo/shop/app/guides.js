/** A single-page corner: the route is `/shop/app/<guide>?step=<n>`; a guide pushes a state, a step replaces it. */
const guides = await (await fetch('/shop/app/guides.json')).json()
performance.mark('HE-response-guides', { detail: { guides: guides.length } })

const list = document.querySelector('[data-guides]')
const article = document.querySelector('[data-guide]')

list.replaceChildren(
  ...guides.map(({ id, title }) => {
    const link = Object.assign(document.createElement('a'), { href: `/shop/app/${id}`, textContent: title })
    link.setAttribute('crum-action', `guide-${id}`)
    const item = document.createElement('li')
    item.append(link)
    return item
  }),
)

list.addEventListener('click', (event) => {
  const link = event.target.closest('a')
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return
  event.preventDefault()
  history.pushState(null, '', link.href)
  show()
  article.focus({ preventScroll: true })
})

article.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-step]')
  if (!button) return
  history.replaceState(null, '', `?step=${button.dataset.step}`)
  show()
  article.querySelector('button:not(:disabled)')?.focus()
})

addEventListener('popstate', show)
show()

function show() {
  const id = location.pathname.split('/')[3]
  const guide = guides.find((each) => each.id === id) ?? guides[0]
  const asked = Number(new URLSearchParams(location.search).get('step')) || 1
  const step = Math.min(Math.max(Math.trunc(asked), 1), guide.steps.length)

  for (const link of list.querySelectorAll('a')) {
    if (link.pathname === `/shop/app/${guide.id}`) link.setAttribute('aria-current', 'page')
    else link.removeAttribute('aria-current')
  }
  document.title = `${guide.title} · Largo`
  article.innerHTML = `
    <div class="tile wide" style="--tint: ${guide.tint}">
      <img src="/shop/pictures/${guide.picture}.svg" alt="" width="400" height="400">
    </div>
    <h1>${guide.title}</h1>
    <ol class="steps">${guide.steps.map((text, index) => `<li${index + 1 === step ? ' aria-current="step"' : ''}>${text}</li>`).join('')}</ol>
    <p class="buttons">
      <button class="button quiet" type="button" data-step="${step - 1}" ${step === 1 ? 'disabled' : ''}>Step back</button>
      <button class="button" type="button" data-step="${step + 1}" crum-action="guide-next-step" ${step === guide.steps.length ? 'disabled' : ''}>Next step</button>
    </p>
    <p class="hint">A guide is a route of its own (<code>pushState</code>), a step only changes the address (<code>replaceState</code>), and the browser's back button works (<code>popstate</code>).</p>`
}
