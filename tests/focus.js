// The number of what has the focus, null for none, and what is wrong with how that is shown.
() => {
  const e = document.activeElement;
  if (e === document.body) return [null, ''];
  const number = e.dataset.stop === undefined ? -1 : +e.dataset.stop;
  const shown = e.closest('#ask') && e.matches('textarea') ? e.closest('#ask') : e; // the box around it has a ring
  const { outlineStyle, outlineWidth, outlineOffset, boxShadow } = getComputedStyle(shown);
  const name = e.id || e.getAttribute('aria-label') || e.textContent.trim().slice(0, 30) || `${e.tagName} ${e.className}`;
  if (outlineStyle === 'none' && (shown === e || boxShadow === 'none')) return [number, `${name} does not show it`];
  const beyond = outlineStyle === 'none' ? 2 : Math.max(0, parseFloat(outlineWidth) + parseFloat(outlineOffset));
  const box = shown.getBoundingClientRect();
  for (let outer = shown.parentElement; outer; outer = outer.parentElement) {
    const { overflowX } = getComputedStyle(outer);
    const room = outer.getBoundingClientRect();
    if (overflowX === 'visible' || !room.width) continue;
    if (box.left - beyond < room.left - .5 || box.right + beyond > room.right + .5) {
      return [number, `${name}: ${outer.id || outer.className} cuts off what shows it`];
    }
  }
  const { left, top, width, height } = e.getClientRects()[0];
  const over = [.1, .5, .9].map(part => document.elementFromPoint(left + width * part, top + height / 2));
  const isSeen = over.some(found => e.contains(found) || found?.contains(e)); // a part of it is enough
  return [number, isSeen ? '' : `${name} is under ${over[1]?.outerHTML.slice(0, 60)}`];
}
