// The link of a sentence: it is offered in the margin where the sentence is clicked, or has the focus while Enter is
// pressed. Runs after page.js.
{
  const offer = document.createElement('div');
  offer.id = 'link';
  offer.innerHTML = '<button type="button" title="Copy the link to this sentence"><svg viewBox="0 0 16 16" aria-hidden="true">'
    + '<path class="chain" d="M6.5 9.5a3 3 0 0 0 4.3 0l2.3-2.3A3 3 0 0 0 8.8 3L7.7 4.1M9.5 6.5a3 3 0 0 0-4.3 0L2.9 8.8A3 3 0 0 0 7.2 13l1.1-1.1"/>'
    + '<path class="tick" d="m3 8.5 3.5 3.5L13 4.5"/></svg></button><span role="status"></span>';
  const button = offer.querySelector('button');
  const status = offer.querySelector('span');
  let offered = null; // the sentence
  let over = 0; // the timer after which it is no longer told that the link is copied

  function offerLink(sentence) {
    if (shown() >= props.started) return; // what a visitor opened has no address
    const number = parseInt(sentence.id.split('-s')[1]);
    offered = sentence;
    button.value = shown() ? `#i${shown() + 1}-s${number}` : `#s${number}`;
    button.setAttribute('aria-label', `Copy the link to sentence ${number}`);
    offer.classList.remove('done');
    status.textContent = '';
    const line = sentence.getClientRects()[0];
    offer.style.top = `${line.top + line.height / 2 - pane.getBoundingClientRect().top + pane.scrollTop}px`;
    pane.append(offer);
  }

  button.addEventListener('click', async () => {
    try {
      await copy(location.origin + location.pathname + button.value);
      offer.classList.add('done');
      status.textContent = 'Link copied';
      clearTimeout(over);
      over = setTimeout(() => { offer.classList.remove('done'); status.textContent = ''; }, 2500);
    } catch {
      status.textContent = 'Copying is not allowed here';
    }
  });
  pane.addEventListener('click', event => {
    if (offer.contains(event.target)) return;
    const sentence = event.target.closest('.s');
    if (sentence && getSelection().isCollapsed) offerLink(sentence);
    else offer.remove();
  });
  pane.addEventListener('keydown', event => {
    if (event.key === 'Enter' && event.target.matches('.s')) {
      event.preventDefault();
      offerLink(event.target);
      button.focus({ preventScroll: true });
    } else if (event.key === 'Escape' && offer.isConnected) {
      event.stopPropagation(); // the sheet stays
      offer.remove();
      offered.focus({ preventScroll: true });
    }
  });
  new MutationObserver(() => offer.remove()).observe(element, { childList: true, subtree: true, attributeFilter: ['data-number'] });
  new ResizeObserver(() => offer.remove()).observe(element);
}
