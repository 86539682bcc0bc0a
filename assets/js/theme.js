// The switch in the header: light or dark; the system's own choice is not stored.
const root = document.documentElement
const button = document.querySelector('.scheme')
const system = matchMedia('(prefers-color-scheme: dark)')

const dark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : system.matches)

function show() {
  button.setAttribute('aria-pressed', dark())
  const paper = getComputedStyle(document.body).backgroundColor
  for (const meta of document.querySelectorAll('meta[name=theme-color]')) meta.content = paper
}

function choose(wish) {
  if (wish === system.matches) delete root.dataset.theme
  else root.dataset.theme = wish ? 'dark' : 'light'
  try {
    if (root.dataset.theme) localStorage.scheme = root.dataset.theme
    else localStorage.removeItem('scheme')
  } catch {}
  show()
}

button.addEventListener('click', () => choose(!dark()))
system.addEventListener('change', show)
show()

// On a phone the menu scrolls sideways: the entry of this page comes into view.
const here = document.querySelector('.menu [aria-current]')
if (here) here.closest('.menu').scrollLeft = here.offsetLeft - here.offsetWidth
