// The button below a post that copies its address.
for (const button of document.querySelectorAll('[data-copy]')) {
  const words = button.querySelector('[role=status]')
  const before = words.textContent
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy)
      words.textContent = button.dataset.done
    } catch {
      words.textContent = button.dataset.failed
    }
    setTimeout(() => { words.textContent = before }, 3000)
  })
}
