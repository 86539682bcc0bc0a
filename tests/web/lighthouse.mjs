// usage: node lighthouse.mjs FOLDER: Lighthouse's four scores of the home page, a post and a brief.
import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { launch } from 'chrome-launcher'
import lighthouse from 'lighthouse'

const folder = process.argv[2]
const onlyCategories = ['performance', 'accessibility', 'best-practices', 'seo']
const types = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.xml': 'application/xml',
}

async function send(request, response) {
  const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname)
  const file = path.endsWith('/') ? `${path}index.html` : path
  try {
    const body = await readFile(join(folder, file))
    response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream')
    response.setHeader('Content-Encoding', 'gzip')
    response.setHeader('Cache-Control', 'max-age=31536000')
    response.end(gzipSync(body))
  } catch {
    response.writeHead(404).end()
  }
}

async function newest() {
  const sitemap = await readFile(join(folder, 'sitemap.xml'), 'utf8')
  const post = sitemap.match(/<loc>[^<]*?(\/posts\/[^<\/]+\/)<\/loc>/)
  const news = sitemap.match(/<loc>[^<]*?(\/news\/(?!important|page)[^<\/]+\/)<\/loc>/)
  return [post, news].filter(Boolean).map((found) => found[1])
}

const find = (name) => {
  try {
    return execFileSync('which', [name], { encoding: 'utf8' }).trim()
  } catch {
    return ''
  }
}

const server = createServer(send).listen(0, '127.0.0.1')
await new Promise((ready) => server.once('listening', ready))
const chrome = await launch({
  chromePath: ['chromium', 'chromium-browser', 'google-chrome'].map(find).find(Boolean),
  chromeFlags: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic'],
})
for (const path of ['/', ...(await newest())]) {
  const url = `http://127.0.0.1:${server.address().port}${path}`
  const { lhr } = await lighthouse(url, { port: chrome.port, logLevel: 'error', onlyCategories })
  const scores = Object.values(lhr.categories)
  console.log(path, ...scores.map(({ title, score }) => `  ${title} ${Math.round(score * 100)}`))
  for (const { auditRefs } of scores)
    for (const { id, weight } of auditRefs)
      if (weight && lhr.audits[id].score !== null && lhr.audits[id].score < 0.9)
        console.log(`    ${id}: ${lhr.audits[id].title} ${lhr.audits[id].displayValue ?? ''}`)
}
chrome.kill()
server.close()
