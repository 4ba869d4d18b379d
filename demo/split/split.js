/** The shop and the inspector side by side; on a narrow screen one in front of the other, with a count of what is new. */
const main = document.querySelector('main')
const divider = document.querySelector('.divider')
const inspector = document.querySelector('[name="crum-inspector"]')
const badge = document.querySelector('[data-new]')
let fresh = 0

divider.addEventListener('pointerdown', ({ pointerId }) => {
  divider.setPointerCapture(pointerId)
  main.classList.add('dragging')
})
divider.addEventListener('pointermove', ({ clientX, pointerId }) => {
  if (divider.hasPointerCapture(pointerId)) place((clientX / main.clientWidth) * 100)
})
divider.addEventListener('lostpointercapture', () => main.classList.remove('dragging'))
divider.addEventListener('keydown', (event) => {
  const step = { ArrowLeft: -2, ArrowRight: 2, PageDown: -10, PageUp: 10 }[event.key]
  if (!step) return
  event.preventDefault()
  place(Number(divider.getAttribute('aria-valuenow')) + step)
})

for (const button of document.querySelectorAll('[data-show]')) {
  button.addEventListener('click', () => show(button.dataset.show))
}

// a link in the shop that leads into the inspector
inspector.addEventListener('load', () => {
  inspector.contentWindow.addEventListener('hashchange', () => show('inspector'))
})

// the inspector says how many beacons came: its own connection is enough for both
addEventListener('message', ({ source, origin, data }) => {
  if (source !== inspector.contentWindow || origin !== location.origin) return
  if (document.body.dataset.front === 'inspector') return
  fresh += data.came
  badge.textContent = String(fresh)
})

/** Puts the divider at so many percent of the width. */
function place(percent) {
  const at = Math.round(Math.min(80, Math.max(20, percent)))
  main.style.setProperty('--left', `${at}%`)
  divider.setAttribute('aria-valuenow', String(at))
}

/** Brings one to the front, where they lie on each other. */
function show(name) {
  document.body.dataset.front = name
  for (const button of document.querySelectorAll('[data-show]')) {
    button.setAttribute('aria-pressed', String(button.dataset.show === name))
  }
  if (name !== 'inspector') return
  fresh = 0
  badge.textContent = ''
}
