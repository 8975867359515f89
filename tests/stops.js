// Numbers what the keyboard should come to, in the order of the page, and tells how many there are.
() => {
  const stops = 'a[href], button:not([disabled], [tabindex="-1"]), input:not([disabled]), select, textarea, summary, [tabindex="0"]';
  document.querySelectorAll('[data-stop]').forEach(e => e.removeAttribute('data-stop'));
  const shown = [...document.querySelectorAll(stops)].filter(e => e.checkVisibility({ visibilityProperty: true }) && !e.closest('[inert]'));
  shown.forEach((e, number) => { e.dataset.stop = number; });
  return shown.length;
}
