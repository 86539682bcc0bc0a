// Brings a page up to date by the difference between two versions that the server sent. What the
// reader or a script has changed since (open folds, a chosen theme, typed text) is left alone.

const isElement = (node) => node.nodeType === Node.ELEMENT_NODE
const isStyle = (node) => node.nodeName === 'LINK' && node.rel === 'stylesheet'

export class Twin {
  // `sent` is the page as the server sent it; `shown` leads from its nodes to those of the page.
  constructor(page) {
    this.page = page
    this.sent = page.documentElement.cloneNode(true)
    this.shown = new WeakMap()
    this.tie(this.sent, page.documentElement)
  }

  tie(copy, node) {
    this.shown.set(copy, node)
    copy.childNodes.forEach((child, index) => this.tie(child, node.childNodes[index]))
  }

  // Whether a new version runs other scripts, which only a new start of the page can do.
  needsReload(next) {
    const [before, after] = [this.sent, next].map(scripts)
    return before !== after
  }

  async become(next) {
    const root = next.documentElement
    const page = this.shown.get(this.sent)
    if (page.lang !== root.lang) page.lang = root.lang
    this.shown.set(root, page) // its other attributes are the scripts' to set
    const loading = []
    this.children(this.sent, root, loading, (node) => node.nodeName === 'HEAD')
    await Promise.all(loading)
    this.children(this.sent, root, loading, (node) => node.nodeName !== 'HEAD')
    this.sent = root
  }

  children(before, after, loading, wanted = () => true) {
    const parent = this.shown.get(before)
    const [olds, news] = [before, after].map((node) => [...node.childNodes].filter(wanted))
    const pairs = matched(olds, news)
    const kept = new Set(pairs.values())
    for (const old of olds) if (!kept.has(old)) this.shown.get(old)?.remove()
    let following = null
    for (const node of news.reverse()) {
      const old = pairs.get(node)
      if (old) this.update(old, node, loading)
      else this.insert(parent, node, following)
      following = this.shown.get(node)
    }
  }

  insert(parent, node, following) {
    const fresh = this.page.importNode(node, true)
    this.tie(node, fresh)
    parent.insertBefore(fresh, following?.parentNode === parent ? following : null)
  }

  update(before, after, loading) {
    const node = this.shown.get(before)
    this.shown.set(after, node)
    if (!isElement(after)) {
      if (before.data !== after.data) node.data = after.data
    } else if (isStyle(after) && before.href !== after.href) {
      loading.push(this.restyle(node, after))
    } else {
      attributes(before, after, node)
      if (after.nodeName !== 'NOSCRIPT') this.children(before, after, loading)
    }
  }

  // The old style sheet goes when the new one is there, so that the page is never bare.
  restyle(node, after) {
    const fresh = this.page.importNode(after)
    this.shown.set(after, fresh)
    node.after(fresh)
    return new Promise((done) => {
      fresh.onload = fresh.onerror = () => done(node.remove())
    })
  }
}

function scripts(root) {
  const found = [...root.querySelectorAll('script')].filter(
    (script) => !script.src.includes('/_ssg/') && /^(|module|.*javascript)$/.test(script.type)
  )
  return found.map((script) => script.outerHTML).join('\n')
}

function attributes(before, after, node) {
  for (const { name } of [...before.attributes]) {
    if (!after.hasAttribute(name)) node.removeAttribute(name)
  }
  for (const { name, value } of after.attributes) {
    if (before.getAttribute(name) !== value) node.setAttribute(name, value)
  }
}

// --- which node is which -----------------------------------------------------------------

// The old node of each new one, in the same order: the same at both ends, then the longest row of
// the same between them, then what is of one kind in the gaps.
function matched(olds, news) {
  const pairs = new Map()
  let start = 0
  let [oldEnd, newEnd] = [olds.length, news.length]
  while (start < oldEnd && start < newEnd && olds[start].isEqualNode(news[start])) {
    pairs.set(news[start], olds[start++])
  }
  while (oldEnd > start && newEnd > start && olds[oldEnd - 1].isEqualNode(news[newEnd - 1])) {
    pairs.set(news[--newEnd], olds[--oldEnd])
  }
  let [i, j] = [start, start]
  for (const [old, fresh] of common(olds, news, start, oldEnd, newEnd)) {
    alike(olds.slice(i, old), news.slice(j, fresh), pairs)
    pairs.set(news[fresh], olds[old])
    ;[i, j] = [old + 1, fresh + 1]
  }
  alike(olds.slice(i, oldEnd), news.slice(j, newEnd), pairs)
  return pairs
}

const MOST = 400 // nodes beside each other that are compared with each other

function common(olds, news, start, oldEnd, newEnd) {
  const [height, width] = [oldEnd - start, newEnd - start]
  if (height > MOST || width > MOST) return []
  const [a, b] = [olds.slice(start, oldEnd), news.slice(start, newEnd)].map((l) => l.map(mark))
  const longest = Array.from({ length: height + 1 }, () => new Uint16Array(width + 1))
  for (let i = height - 1; i >= 0; i--) {
    for (let j = width - 1; j >= 0; j--) {
      const [skipOld, skipNew] = [longest[i + 1][j], longest[i][j + 1]]
      longest[i][j] = a[i] === b[j] ? longest[i + 1][j + 1] + 1 : Math.max(skipOld, skipNew)
    }
  }
  const found = []
  for (let i = 0, j = 0; i < height && j < width; ) {
    if (a[i] === b[j]) found.push([start + i++, start + j++])
    else if (longest[i + 1][j] >= longest[i][j + 1]) i++
    else j++
  }
  return found
}

function mark(node) {
  if (!isElement(node)) return `${node.nodeName} ${node.data}`
  return node.id ? `${node.nodeName}#${node.id}` : node.outerHTML
}

function alike(olds, news, pairs) {
  let from = 0
  for (const node of news) {
    const at = olds.findIndex(
      (old, index) => index >= from && old.nodeName === node.nodeName && old.id === node.id
    )
    if (at < 0) continue
    pairs.set(node, olds[at])
    from = at + 1
  }
}
