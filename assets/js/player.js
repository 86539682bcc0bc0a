// A click on a video's link puts the player in its place; nothing is fetched before.
for (const player of document.querySelectorAll('.player[data-youtube]')) {
  const link = player.querySelector('a')
  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    const frame = document.createElement('iframe')
    frame.src = `https://www.youtube-nocookie.com/embed/${encodeURIComponent(player.dataset.youtube)}?autoplay=1&start=${player.dataset.start || 0}`
    frame.title = player.dataset.title || link.textContent.trim()
    frame.allow = 'autoplay; encrypted-media; fullscreen; picture-in-picture'
    frame.allowFullscreen = true
    player.replaceChildren(frame)
    frame.focus()
  })
}
