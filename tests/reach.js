// What of the page a person cannot get at, a sentence each. A menu may cover what Escape brings back.
() => {
  const faults = [];
  const name = e => e.id || e.getAttribute('aria-label') || e.textContent.trim().slice(0, 30) || e.tagName;
  const isShown = e => e.checkVisibility({ visibilityProperty: true }) && !e.closest('[inert]');

  // Why a control cannot be pressed once it is scrolled to the middle, the end or the beginning of what is seen.
  const hindrance = (control, block) => {
    control.scrollIntoView({ block, behavior: 'instant' });
    for (let e = control.parentElement; e; e = e.parentElement) { // what only a program can scroll is out of reach
      if (getComputedStyle(e).overflowY !== 'hidden') continue;
      const isFar = e.scrollTop > 1 || e.scrollLeft > 1;
      e.scrollTo(0, 0);
      if (isFar) return `cut off in ${name(e)}`;
    }
    const box = control.getClientRects()[0];
    if (box.left < -1 || box.right > innerWidth + 1 || box.top < -1 || box.bottom > innerHeight + 1) return 'outside';
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return control.contains(top) || top?.closest('.menu') ? '' : `under ${top && name(top)}`;
  };

  if (document.documentElement.scrollWidth > innerWidth) faults.push('the page scrolls sideways');
  for (const e of document.querySelectorAll('body *')) {
    const { overflowX, textOverflow } = getComputedStyle(e);
    const isCut = ['hidden', 'clip'].includes(overflowX) && textOverflow !== 'ellipsis' && e.clientWidth > 1;
    if (isCut && isShown(e) && e.scrollWidth > e.clientWidth + 1) faults.push(`${name(e)} is cut off`);
  }
  for (const control of document.querySelectorAll('a[href], button, input:not([type=file]), select, textarea, summary')) {
    if (!isShown(control) || control.disabled) continue;
    const found = ['center', 'end', 'start'].map(block => hindrance(control, block));
    if (found.every(Boolean)) faults.push(`${name(control)} is ${found[0]}`);
  }
  return faults;
}
