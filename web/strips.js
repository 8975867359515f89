// Small maps of all interviews, those that fit the last question best first; each shows its interview. Runs after map.js.
whenThere('#strips .strips', strips => {
  const says = digits => {
    const best = Math.max(...digits);
    return best < 3 ? 'no sentence fits' : best < 5 ? 'a sentence fits a little' : best < 7 ? 'a sentence fits' : 'a sentence fits well';
  };

  // Stretches of one colour each, which follow the theme by themselves.
  function gradient(digits) {
    const stops = [];
    for (let from = 0, to = 1; from < digits.length; from = to, to += 1) {
      while (digits[to] === digits[from]) to += 1;
      stops.push(`var(--fit-${digits[from]}) ${from / digits.length * 100}% ${to / digits.length * 100}%`);
    }
    return `linear-gradient(90deg, ${stops.join(', ')})`;
  }

  function strip(told) {
    const [number, best, digits] = told.split(':');
    const button = document.createElement('button');
    const [name, bar, fit] = ['span', 'i', 'small'].map(tag => button.appendChild(document.createElement(tag)));
    button.type = 'button';
    Object.assign(button.dataset, { number, best });
    name.textContent = document.querySelector(`#look option[value="${number}"]`)?.textContent ?? '';
    bar.style.backgroundImage = gradient(digits);
    fit.textContent = `: ${says(digits)}`;
    return button;
  }

  // Tell the one that is shown from the others, and have it in sight.
  function point() {
    strips.querySelectorAll('button').forEach(button => {
      if (+button.dataset.number !== shown()) return button.removeAttribute('aria-current');
      button.setAttribute('aria-current', 'true');
      const [row, frame] = [button, strips].map(e => e.getBoundingClientRect());
      strips.scrollTop += Math.min(0, row.top - frame.top) + Math.max(0, row.bottom - frame.bottom);
    });
  }

  watch('strips', () => {
    strips.replaceChildren(...props.strips.split(',').filter(Boolean).map(strip));
    strips.scrollTop = 0;
    point();
  });
  new MutationObserver(point).observe(element, { childList: true, subtree: true, attributeFilter: ['data-number'] });
  strips.addEventListener('click', event => {
    const button = event.target.closest('button');
    if (button) goTo(+button.dataset.number, +button.dataset.best, false, true);
  });
});
