// Runs before the page's own scripts, and notes in `measures` what a person would feel.
window.measures = { boxAt: 0, answers: [], shifts: [], moved: [] };
(() => {
  const { measures } = window;
  const isOf = (node, selector) => Boolean((node?.nodeType === 1 ? node : node?.parentElement)?.closest(selector));

  // When the question box is there.
  const look = () => {
    if (document.querySelector('#ask textarea')?.getClientRects().length) measures.boxAt = performance.now();
    else requestAnimationFrame(look);
  };
  look();

  // From Enter until an answer is painted.
  let sent = 0;
  let count = 0;
  document.addEventListener('keydown', event => { if (event.key === 'Enter') sent = performance.now(); }, true);
  new MutationObserver(() => {
    const now = document.querySelectorAll('#chat .qa:not(.wait)').length;
    if (now > count) requestAnimationFrame(() => setTimeout(() => measures.answers.push(performance.now() - sent)));
    count = now;
  }).observe(document, { childList: true, subtree: true });

  // What moved without being asked to; that the conversation grows is no fault.
  new PerformanceObserver(list => list.getEntries().forEach(entry => {
    const inside = entry.sources.filter(source => isOf(source.node, '#chat'));
    measures.shifts.push({ value: entry.value, outside: inside.length < entry.sources.length, at: entry.startTime });
  })).observe({ type: 'layout-shift', buffered: true });

  // What was animated: transitions, animations of any kind, and smooth scrolling.
  const note = what => { if (!measures.moved.includes(what)) measures.moved.push(what); };
  const name = element => `${element?.id ? `#${element.id}` : ''} ${element?.className ?? ''}`.trim();
  const watch = () => {
    document.getAnimations().forEach(a => {
      if (a.effect.getTiming().duration < 20) return; // that is no motion: Gradio has a bar change its colour in 10 ms
      note(`${a.animationName ?? a.transitionProperty ?? 'animate'} of ${name(a.effect?.target)} ${a.effect?.pseudoElement ?? ''}`.trim());
    });
    requestAnimationFrame(watch);
  };
  watch();
  for (const method of ['scroll', 'scrollTo', 'scrollBy', 'scrollIntoView']) {
    const before = Element.prototype[method];
    Element.prototype[method] = function (...given) {
      if (given[0]?.behavior === 'smooth') note(`${method} of ${name(this)}`);
      return before.apply(this, given);
    };
  }
})();
