// Runs before the first paint, so that a chosen scheme does not flash.
{
  const root = document.documentElement.dataset
  root.script = ''
  try { if (localStorage.scheme) root.theme = localStorage.scheme } catch {}
}
