import { follow, inspectorLink } from './follow.js'

/** What each button of the lab provokes. It says afterwards what it has done, and follows the readings of it. */
const toast = document.querySelector('[data-said]')
const stage = document.querySelector('[data-stage]')

/** New elements each time: other text in the same ones could be a layout shift. */
const said = {
  recorded: (field) => [element('span', `${field.split('.').at(-1)} recorded, not yet sent`)],
  sent: (field, beacon) => [
    element('a', `${field.split('.').at(-1)} in beacon #${beacon.seq}`, {
      href: inspectorLink(beacon, field),
      target: 'crum-inspector',
    }),
  ],
  dropped: (field) => [element('span', `${field.split('.').at(-1)} did not get through`)],
  nothing: (field) => [element('span', `${field.split('.').at(-1)}: nothing new`)],
  waiting: (field) => [element('span', `${field.split('.').at(-1)} still not sent, no longer followed`)],
}

const element = (name, textContent, more) => Object.assign(document.createElement(name), { textContent, ...more })

const provoke = {
  nothing: () => 'Your click was recorded by its name.',

  async slowPicture() {
    say('The receiver takes its two seconds …')
    await showPicture('/slow/2000/pictures/banner.svg')
    return 'The picture is there, two seconds late.'
  },
  async missingPicture() {
    await showPicture(`/shop/pictures/missing-${Date.now()}.svg`).catch(() => {})
    return 'There is no such picture: 404.'
  },
  async manyFetches() {
    // read to their end: an answer that nobody reads has no entry on the timeline
    await Promise.all(Array.from({ length: 120 }, async (_, n) => (await fetch(`/api/echo?n=${n}`)).json()))
    return '120 answers came. Three beacons with reason “entries” follow.'
  },

  async longTask() {
    await later(100)
    block(200)
    return 'The main thread was busy for 200 ms.'
  },
  slowClick() {
    block(400)
    return 'This answer took 400 ms.'
  },
  async layoutShift() {
    say('In a second …')
    await later(1000)
    const banner = document.querySelector('[data-shift]')
    banner.hidden = !banner.hidden
    return banner.hidden ? 'The cards moved up again.' : 'The cards were pushed down.'
  },
  async stutter() {
    stage.classList.add('moving')
    const end = performance.now() + 3000
    for (let frame = 0; performance.now() < end; frame++) {
      await new Promise(requestAnimationFrame)
      if (frame % 2) block(90)
    }
    stage.classList.remove('moving')
    return 'Three seconds of about fifteen frames each.'
  },

  uncaught() {
    say('An error was thrown, and nobody caught it.')
    setTimeout(() => {
      throw new TypeError('The lab threw this on purpose')
    })
  },
  rejection() {
    Promise.reject(new Error('The lab rejected this on purpose'))
    return 'A promise was rejected, and nobody waited for it.'
  },
  consoleError() {
    console.error('The lab says error', { code: 42 })
    return 'console.error was called.'
  },
  consoleWarn() {
    console.warn('The lab says warn', ['a', 'b'])
    return 'console.warn was called.'
  },
  consoleDebug() {
    console.debug('The lab says debug', document.body)
    return 'console.debug was called, with an element.'
  },
  consoleCircular() {
    const circle = { name: 'circle' }
    circle.self = circle
    console.error('The lab says', circle)
    return 'An object that contains itself was written.'
  },

  event: () => call('addEvent', 'logout'),
  eventWithContext: () => call('addEvent', 'addToBasket', { product: 'iPhone', variant: [13, 14], soldout: false }),
  label: () => call('addToLabels', 'env=lab'),
  viewId: () => call('setViewId', 'laboratory'),
  stop: () => call('stop'),
  mark() {
    performance.mark('HE-lab')
    return 'HE-lab was marked.'
  },
  markWithDetail() {
    performance.mark('HE-lab', { detail: { button: 'with detail', at: new Date().toISOString() } })
    return 'HE-lab was marked, with a detail.'
  },

  push() {
    history.pushState(null, '', `/shop/lab?route=${Date.now() % 1000}`)
    return `Now at ${location.pathname}${location.search}`
  },
  replace() {
    history.replaceState(null, '', `/shop/lab?replaced=${Date.now() % 1000}`)
    return `Now at ${location.pathname}${location.search}`
  },
  back() {
    history.back()
    return 'One step back.'
  },
}

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-provoke], [data-shadow]')
  const name = button?.dataset.provoke
  if (button) followReadings(button.closest('.experiment'))
  const done = name && (await provoke[name]())
  if (done) say(done)
})

for (const place of document.querySelectorAll('[data-shadow]')) {
  const root = place.attachShadow({ mode: 'open' })
  root.innerHTML = `
    <link rel="stylesheet" href="/shop/shop.css">
    <button class="button quiet" type="button" crum-action="lab-shadow-button">Click in the shadow</button>`
  root.querySelector('button').addEventListener('click', () => say('The click was recorded through the shadow root.'))
}

const ends = new Map()

/** Says below the fields of an experiment how far their readings have come, with a link to where they arrived. */
function followReadings(experiment) {
  const trail = experiment.querySelector('[data-trail]')
  if (!trail) return
  for (const end of ends.get(experiment) ?? []) end()
  trail.replaceChildren()
  const fields = [...experiment.querySelectorAll('.fields code')].map((code) => code.textContent)
  ends.set(
    experiment,
    fields.map((field) => {
      const line = trail.appendChild(document.createElement('span'))
      return follow(field, (state, beacon) => line.replaceChildren(...said[state](field, beacon)))
    }),
  )
}

let hush

/** Says it in a new element each time: other text in the same one would be a layout shift. */
function say(text) {
  toast.replaceChildren(Object.assign(document.createElement('span'), { textContent: text }))
  clearTimeout(hush)
  hush = setTimeout(() => toast.replaceChildren(), 6000)
}

/** Calls a function of the client, which is there some time after the page, or not at all. */
function call(name, ...args) {
  if (typeof window.CRUM?.[name] !== 'function') return `CRUM.${name} is not there: the client has not started.`
  window.CRUM[name](...args)
  return `CRUM.${name}(${args.map((arg) => JSON.stringify(arg)).join(', ')}) was called.`
}

/** Resolves when a picture has loaded; it is seen from then on for a while, or until the next one. */
async function showPicture(src) {
  const picture = new Image(320, 240)
  picture.alt = ''
  picture.style.visibility = 'hidden'
  picture.src = `${src}?${Date.now()}`
  stage.querySelector('img')?.remove()
  stage.append(picture)
  setTimeout(() => picture.remove(), 6000)
  await picture.decode()
  picture.style.visibility = ''
}

function block(ms) {
  const end = performance.now() + ms
  while (performance.now() < end);
}

function later(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
