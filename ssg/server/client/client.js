// The preview's part in the browser: hears that something has changed and asks for it.
import { Bar } from './bar.js'
import { Twin } from './morph.js'

const SCRIPT = 'script[src="/_ssg/client.js"]'
const facts = () => document.querySelector(SCRIPT).dataset
const status = (digest) => digest.split('-')[0]
const address = (name, more = {}) =>
  `/_ssg/${name}?${new URLSearchParams({ path: location.pathname, ...more })}`

const twin = new Twin(document)
const bar = new Bar(facts().lang)
let stream
let pause = 500
let renewing = false
let again = false

bar.show(facts())
connect()
// A browser opens few connections to one server: a page that nobody sees needs none.
document.addEventListener('visibilitychange', () => (document.hidden ? disconnect() : connect()))
addEventListener('pageshow', (event) => event.persisted && connect())
addEventListener('pagehide', disconnect)

function connect() {
  if (stream || document.hidden) return
  stream = new EventSource(address('events', { digest: facts().digest }))
  stream.onopen = () => {
    pause = 500
    bar.connected(true)
  }
  stream.onmessage = ({ data }) => (data === 'changed' ? renew() : complaints())
  stream.onerror = () => {
    disconnect()
    bar.connected(false)
    setTimeout(connect, pause)
    pause = Math.min(pause * 2, 4000)
  }
}

function disconnect() {
  stream?.close()
  stream = undefined
}

// One at a time; what changes meanwhile is fetched afterwards.
async function renew() {
  again = renewing
  if (renewing) return
  renewing = true
  await take().catch(() => {}) // a server that has gone is noticed by the stream
  renewing = false
  if (again) renew()
}

async function take() {
  const answer = await fetch(location.href, { cache: 'no-store' })
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const [before, after] = [facts().digest, next.querySelector(SCRIPT)?.dataset.digest ?? '']
  if (before === after) return
  if (status(after) === '404' && status(before) === '200') {
    facts().digest = after
    bar.gone()
  } else if (status(before) !== status(after) || twin.needsReload(next)) {
    location.reload()
  } else {
    await twin.become(next)
    bar.show(facts())
  }
}

async function complaints() {
  const answer = await fetch(address('problems'), { cache: 'no-store' })
  bar.problems(await answer.json())
}
