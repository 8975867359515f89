// The map beside the text: a line a sentence, in proportion to its length, coloured by its fit to the last question.
// It is a slider whose value is the marked sentence, and a frame shows what is in sight. Runs after page.js.
whenThere('#map .map', map => {
  const TALLEST = .2; // pixels a character, so that a short text does not fill the height
  const GOOD = 5; // of 9; as in map.py
  const INSET = 3; // pixels at either side of a line; the marked one has none
  const REACH = 4; // pixels by which a hand may miss a line that fits
  const FITS = ['does not fit', 'does not fit', 'does not fit', 'fits a little', 'fits a little', 'fits', 'fits',
    'fits well', 'fits well', 'fits well'];
  const canvas = map.querySelector('canvas');
  const frame = map.querySelector('.frame');
  const peek = map.querySelector('.peek');
  let sentences = [];
  let starts = [0]; // where each begins, in characters; at the end the sum
  let fits = ''; // a digit a sentence; none without a question
  let hit = -1; // the marked sentence
  let scale = 0; // pixels a character
  let held = null; // where the frame was taken: { y, top, moved }
  let due = 0; // what to do before the next picture: 1 frame, 2 and colours, 3 and the text is another

  // The last sentence of which this is so, where it is so of the first ones alone.
  function last(isSo) {
    let low = 0, high = sentences.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (isSo(middle)) low = middle; else high = middle - 1;
    }
    return low;
  }

  // Places in the text (characters) and in the pane (pixels from its top) are made from each other inside a sentence.
  const at = place => last(n => starts[n] <= place);
  function box(n) {
    const { top, height } = sentences[n].getBoundingClientRect();
    return { top: top - pane.getBoundingClientRect().top + pane.scrollTop, height: height || 1 };
  }
  function placeAt(pixel) {
    const n = last(k => box(k).top <= pixel);
    const { top, height } = box(n);
    return starts[n] + Math.min(1, Math.max(0, (pixel - top) / height)) * (starts[n + 1] - starts[n]);
  }
  function pixelAt(place) {
    const n = at(place);
    const { top, height } = box(n);
    return top + (place - starts[n]) / (starts[n + 1] - starts[n]) * height;
  }

  function measure() {
    sentences = [...element.querySelectorAll('.s')];
    starts = [0];
    sentences.forEach((s, n) => starts.push(starts[n] + (s.textContent.length || 1)));
    map.setAttribute('aria-valuemax', Math.max(1, sentences.length));
  }

  function draw() {
    const [number, digits = ''] = props.fits.split(':');
    fits = +number === shown() && digits.length === sentences.length ? digits : '';
    hit = sentences.indexOf(element.querySelector('.s.hit'));
    const { width, height } = map.getBoundingClientRect();
    const ratio = devicePixelRatio || 1;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    scale = Math.min(height / starts.at(-1), TALLEST);
    const pen = canvas.getContext('2d');
    const style = getComputedStyle(document.body);
    const line = (n, least, inset) => {
      const top = Math.round(starts[n] * scale * ratio);
      const tall = Math.round(starts[n + 1] * scale * ratio) - top;
      const gap = tall < 5 * ratio ? 0 : sentences[n].parentNode === sentences[n + 1]?.parentNode ? 1 : 3;
      pen.fillRect(inset * ratio, top, canvas.width - 2 * inset * ratio, Math.max(tall - gap * ratio, least * ratio));
    };
    const alike = Array.from({ length: 10 }, () => []);
    sentences.forEach((_, n) => alike[fits ? +fits[n] : 0].push(n));
    alike.forEach((numbers, level) => { // the best come last, and are seen however long the text is
      pen.fillStyle = style.getPropertyValue(fits ? `--fit-${level}` : '--fit-none').trim();
      numbers.forEach(n => line(n, level < GOOD ? 1 : level < 7 ? 2 : 3, INSET));
    });
    if (hit < 0) return;
    pen.fillStyle = style.getPropertyValue(marked?.seen ? '--ink' : '--fit-hit').trim();
    line(hit, 4, 0);
  }

  function showFrame() {
    const scrolls = pane.scrollHeight > pane.clientHeight + 1;
    frame.hidden = !scrolls;
    if (!scrolls) return;
    const top = placeAt(pane.scrollTop) * scale;
    const bottom = placeAt(pane.scrollTop + pane.clientHeight) * scale;
    frame.style.transform = `translateY(${top}px)`;
    frame.style.height = `${Math.max(8, bottom - top)}px`;
  }

  const now = () => hit < 0 ? at(placeAt(pane.scrollTop)) : hit;
  const words = n => {
    const text = sentences[n].textContent;
    return text.length > 90 ? `${text.slice(0, 90)}…` : text;
  };
  function say() {
    const n = now();
    map.setAttribute('aria-valuenow', n + 1);
    const fit = fits ? `, ${FITS[fits[n]]}` : '';
    map.setAttribute('aria-valuetext', `Sentence ${n + 1} of ${sentences.length}${fit}: ${words(n)}`);
  }

  function update(what) {
    if (!due) requestAnimationFrame(() => {
      const todo = due;
      due = 0;
      if (todo > 2) measure();
      if (!sentences.length) return;
      if (todo > 1) draw();
      showFrame();
      say();
    });
    due = Math.max(due, what);
  }

  // The sentence at a height of the map, or one that fits and is barely missed; none below the text.
  function near(y) {
    if (y > starts.at(-1) * scale + REACH) return -1;
    let best = at(y / scale);
    for (let n = at((y - REACH) / scale); fits && n <= at((y + REACH) / scale); n += 1) {
      if (fits[n] >= GOOD && fits[n] > fits[best]) best = n;
    }
    return best;
  }

  const height = event => event.clientY - map.getBoundingClientRect().top;
  map.addEventListener('pointerdown', event => {
    if (event.button) return;
    map.setPointerCapture(event.pointerId);
    held = { y: height(event), top: placeAt(pane.scrollTop) * scale, moved: false };
    peek.textContent = '';
  });
  map.addEventListener('pointermove', event => {
    const y = height(event);
    if (held) {
      held.moved ||= Math.abs(y - held.y) > 3;
      if (held.moved) pane.scrollTop = pixelAt(Math.max(0, held.top + y - held.y) / scale);
    } else if (event.pointerType === 'mouse') {
      const n = near(y);
      peek.textContent = n < 0 ? '' : `${n + 1} · ${words(n)}`;
      peek.style.top = `${Math.min(y, map.clientHeight - 50)}px`;
    }
  });
  map.addEventListener('pointerup', () => {
    const { y, moved } = held || { moved: true };
    held = null;
    const n = moved ? -1 : near(y);
    if (n >= 0) goTo(shown(), n, true, true);
  });
  map.addEventListener('pointercancel', () => { held = null; });
  map.addEventListener('pointerleave', () => { peek.textContent = ''; });

  // The next sentence that fits, or, where none does, the next of all.
  function step(by) {
    const from = hit < 0 && by > 0 ? now() - 1 : now();
    const fitting = sentences.map((_, n) => n).filter(n => fits[n] >= GOOD);
    const stops = fitting.length ? fitting : [...sentences.keys()];
    return by > 0 ? stops.find(n => n > from) : stops.findLast(n => n < from);
  }
  map.addEventListener('keydown', event => {
    if (event.key === 'Enter') return goTo(shown(), now(), true, true);
    const end = sentences.length - 1;
    const to = {
      ArrowDown: () => step(1), ArrowRight: () => step(1), ArrowUp: () => step(-1), ArrowLeft: () => step(-1),
      PageDown: () => Math.min(end, now() + 10), PageUp: () => Math.max(0, now() - 10), Home: () => 0, End: () => end,
    }[event.key];
    if (!to) return;
    event.preventDefault();
    const n = to();
    if (n === undefined) return;
    goTo(shown(), n, false, true);
    hit = n; // the next key may come before the next picture
  });

  const changes = { childList: true, characterData: true, subtree: true, attributeFilter: ['aria-current', 'data-number'] };
  new MutationObserver(records => update(records.every(r => r.attributeName === 'aria-current') ? 2 : 3)).observe(element, changes);
  new MutationObserver(() => update(2)).observe(document.body, { attributeFilter: ['class'] }); // light or dark
  const sizes = new ResizeObserver(() => update(2));
  sizes.observe(map);
  sizes.observe(element);
  pane.addEventListener('scroll', () => update(1), { passive: true });
  watch('fits', () => update(2));
  pane.dataset.mapped = '';
  update(3);
});
