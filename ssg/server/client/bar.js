// The bar at the foot of a previewed page, and the sheet of mistakes above it.

const WORDS = {
  ja: {
    bar: 'プレビュー',
    characters: (n) => `${n.toLocaleString('ja')}文字`,
    draft: '下書き',
    future: '公開日前',
    expired: '期限切れ',
    held: 'ssg build では出ません',
    errors: (n) => `誤り ${n}`,
    warnings: (n) => `注意 ${n}`,
    title: (n) => `直すところが${n}件あります`,
    noticed: (n) => `注意が${n}件あります`,
    below: '下に見えているのは、前に正しくできたページです。直して保存すると、この表示は消えます。',
    none: '直して保存すると、ページが現れます。',
    calm: '公開はできます。',
    hint: 'ヒント',
    fold: 'バーをたたむ',
    unfold: 'プレビューのバーを開く',
    close: '閉じる',
    gone: 'このページはなくなりました',
    goneMore: '元のファイルが消されたか、アドレスが変わりました。見えているのは、なくなる前の姿です。',
    home: 'トップページへ',
    lost: '接続が切れました',
  },
  en: {
    bar: 'Preview',
    characters: (n) => `${n.toLocaleString('en')} characters`,
    draft: 'Draft',
    future: 'Future',
    expired: 'Expired',
    held: 'ssg build leaves it out',
    errors: (n) => `Errors ${n}`,
    warnings: (n) => `Warnings ${n}`,
    title: (n) => (n === 1 ? 'One thing to mend' : `${n} things to mend`),
    noticed: (n) => (n === 1 ? 'One warning' : `${n} warnings`),
    below: 'Below is the last good page. Mend and save, and this goes away.',
    none: 'Mend and save, and the page appears.',
    calm: 'The site can be published.',
    hint: 'Hint',
    fold: 'Fold the bar',
    unfold: 'Open the bar of the preview',
    close: 'Close',
    gone: 'This page is gone',
    goneMore: 'Its file was removed, or its address has changed. What you see is how it was.',
    home: 'To the home page',
    lost: 'Connection lost',
  },
}
const FOLDED = 'ssg-preview-folded'

export class Bar {
  constructor(lang) {
    this.words = WORDS[lang] ?? WORDS.en
    this.missing = false
    this.host = element('ssg-preview', { lang })
    const root = this.host.attachShadow({ mode: 'open' })
    const style = element('link', { rel: 'stylesheet', href: '/_ssg/client.css' })
    this.stripe = element('div', { class: 'stripe', hidden: '' })
    this.sheet = element('section', { class: 'sheet', role: 'alert', hidden: '' })
    this.bar = element('div', { class: 'bar', role: 'region', 'aria-label': this.words.bar })
    this.toggle = element('button', { class: 'mark', type: 'button' }, ...skewer())
    this.held = element('span', { class: 'held', hidden: '' })
    this.chip = element('button', { class: 'chip', type: 'button', hidden: '' })
    this.source = element('span', { class: 'source' })
    this.count = element('span', { class: 'count' })
    this.lost = element('span', { class: 'lost', hidden: '' }, this.words.lost)
    this.bar.append(this.toggle, this.held, this.chip, this.lost, this.source, this.count)
    root.append(style, this.stripe, this.sheet, this.bar)
    this.host.style.display = 'none'
    style.onload = () => this.host.style.removeProperty('display')
    this.toggle.onclick = () => this.fold(!this.folded)
    this.chip.onclick = () => this.open(this.sheet.hidden)
    root.addEventListener('keydown', (event) => event.key === 'Escape' && this.open(false))
    document.addEventListener('keydown', (event) => event.key === 'Escape' && this.open(false))
    this.fold(stored() === 'yes')
    document.documentElement.append(this.host)
  }

  show({ source = '', characters = '', held = '' }) {
    // The end of an address says most: it is the start that is cut when there is no room.
    this.source.replaceChildren(element('bdi', {}, source || this.words.bar))
    this.source.title = source
    this.count.textContent = source && this.words.characters(Number(characters))
    this.held.textContent = held && this.words[held]
    this.held.title = held && this.words.held
    this.held.hidden = this.stripe.hidden = !held
  }

  fold(folded) {
    this.folded = folded
    this.bar.classList.toggle('folded', folded)
    this.toggle.setAttribute('aria-expanded', !folded)
    this.toggle.setAttribute('aria-label', folded ? this.words.unfold : this.words.fold)
    this.toggle.title = folded ? this.words.unfold : this.words.fold
    try {
      localStorage.setItem(FOLDED, folded ? 'yes' : 'no')
    } catch {} // a browser may keep nothing
  }

  open(open) {
    this.sheet.hidden = !open
    this.chip.setAttribute('aria-expanded', open)
  }

  connected(yes) {
    this.lost.hidden = yes
    this.bar.classList.toggle('off', !yes)
  }

  problems(found) {
    const errors = found.filter((row) => row.severity === 'error')
    this.chip.hidden = !found.length
    this.chip.classList.toggle('calm', !errors.length)
    this.chip.textContent = errors.length
      ? this.words.errors(errors.length)
      : this.words.warnings(found.length)
    if (errors.length) this.fill(errors, true)
    else if (this.missing) this.gone()
    else this.fill(found, false)
    this.open(errors.length > 0 || this.missing)
  }

  fill(rows, broken) {
    const title = broken ? this.words.title(rows.length) : this.words.noticed(rows.length)
    const bare = !document.body?.childElementCount
    const foot = broken ? (bare ? this.words.none : this.words.below) : this.words.calm
    this.sheet.className = broken ? 'sheet' : 'sheet calm'
    const list = element('ol', {}, ...rows.map((row) => this.row(row)))
    const area = element('div', { class: 'rows', tabindex: '0' }, list)
    this.sheet.replaceChildren(this.head(title), area, element('p', { class: 'foot' }, foot))
  }

  gone() {
    this.missing = true
    this.sheet.className = 'sheet gone'
    const home = element('a', { href: '/' }, this.words.home)
    const text = element('p', {}, this.words.goneMore)
    this.sheet.replaceChildren(this.head(this.words.gone), text, element('p', {}, home))
    this.open(true)
  }

  head(title) {
    const cross = '✕'
    const close = element('button', { class: 'close', type: 'button', 'aria-label': this.words.close }, cross)
    close.onclick = () => this.open(false)
    return element('header', {}, element('h2', {}, title), close)
  }

  row({ place, text, hint, excerpt, line, column, code }) {
    const parts = [element('p', { class: 'place' }, element('b', {}, place), element('i', {}, code))]
    parts.push(element('p', { class: 'text' }, text))
    if (excerpt.length) parts.push(quotation(excerpt, line, column))
    if (hint) parts.push(element('p', { class: 'hint' }, element('b', {}, this.words.hint), hint))
    return element('li', {}, ...parts)
  }
}

function quotation(excerpt, line, column) {
  const rows = excerpt.map(([number, text]) => {
    const here = number === line
    const cut = Math.max(column - 1, text.search(/\S|$/))
    const parts = here ? [text.slice(0, cut), element('mark', {}, text.slice(cut) || ' ')] : [text]
    const code = element('code', {}, ...parts)
    return element('div', here ? { class: 'here' } : {}, element('span', {}, String(number)), code)
  })
  return element('div', { class: 'code' }, ...rows)
}

// The mark of the house: a circle, a square and a triangle on a stick.
function skewer() {
  const space = 'http://www.w3.org/2000/svg'
  const shape = (name, attributes) => {
    const node = document.createElementNS(space, name)
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value)
    return node
  }
  const svg = shape('svg', { viewBox: '0 0 40 16', width: 40, height: 16, 'aria-hidden': 'true' })
  svg.append(
    shape('path', { d: 'M0 8h40', class: 'stick' }),
    shape('circle', { cx: 9, cy: 8, r: 5, class: 'circle' }),
    shape('rect', { x: 16, y: 3, width: 10, height: 10, rx: 2, class: 'square' }),
    shape('path', { d: 'M34 2.5l5.5 10.5h-11z', class: 'triangle' })
  )
  return [svg]
}

function stored() {
  try {
    return localStorage.getItem(FOLDED)
  } catch {
    return null
  }
}

function element(name, attributes = {}, ...children) {
  const node = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value)
  node.append(...children)
  return node
}
