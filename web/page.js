// Runs once the interview's pane is there: `element` is the pane, `props` and `watch` are Gradio's.
// The other parts of the page may come later, so events are taken at the document.
const pane = element.closest('#tx');
const onPhone = () => matchMedia('(max-width: 760px)').matches;
let opener = null; // what had the focus before the sheet came up

function showSheet(open) {
  document.body.classList.toggle('tx-open', open);
  document.querySelector('#showtx')?.setAttribute('aria-expanded', open);
  if (!open && opener) { opener.focus(); opener = null; }
}

// Mark sentence `number` and bring it into view; `byHand` when a person asked for it.
function goTo(number, byHand) {
  element.querySelectorAll('.s.hit').forEach(s => { s.classList.remove('hit'); s.removeAttribute('aria-current'); });
  const sentence = number >= 0 ? element.querySelector('#s' + number) : null;
  if (!sentence) return;
  sentence.classList.add('hit');
  sentence.setAttribute('aria-current', 'true');
  if (byHand && onPhone()) { opener = document.activeElement; showSheet(true); }
  const top = sentence.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop - pane.clientHeight * .35;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches || Math.abs(top - pane.scrollTop) > 3 * pane.clientHeight;
  pane.scrollTo({ top, behavior: calm ? 'auto' : 'smooth' });
  if (byHand) { sentence.tabIndex = -1; sentence.focus({ preventScroll: true }); }
}

async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const box = document.createElement('textarea'); // a page without https has no clipboard
  box.value = text;
  document.body.append(box);
  box.select();
  const copied = document.execCommand('copy');
  box.remove();
  if (!copied) throw new Error('not allowed');
}

async function copyQuote(button) {
  const sentence = element.querySelector('#' + button.value);
  const title = element.querySelector('#tx-title').textContent;
  try {
    await copy(`${sentence.textContent}\n(from: ${title}; ${sentence.dataset.place})`); // letter for letter, and not put into a mouth
    button.textContent = 'Copied';
  } catch {
    button.textContent = 'Copying is not allowed here';
  }
  setTimeout(() => { button.textContent = 'Copy quote'; }, 1500);
}

const theme = localStorage.getItem('theme');
if (theme) document.body.classList.toggle('dark', theme === 'dark');

watch('active', () => goTo(parseInt(props.active), false));

pane.setAttribute('role', 'region');
pane.setAttribute('aria-label', 'Interview text');
pane.tabIndex = 0;

document.addEventListener('click', event => {
  const target = event.target.closest?.('a.jump, .copyq, #showtx, #closetx, #themebtn');
  if (!target) return;
  if (target.matches('a.jump')) {
    event.preventDefault();
    goTo(parseInt(target.getAttribute('href').slice(2)), true);
  } else if (target.matches('.copyq')) {
    copyQuote(target);
  } else if (target.id === 'showtx') {
    const open = !document.body.classList.contains('tx-open');
    if (open) opener = target;
    showSheet(open);
    if (open) pane.focus();
  } else if (target.id === 'closetx') {
    showSheet(false);
  } else {
    localStorage.setItem('theme', document.body.classList.toggle('dark') ? 'dark' : 'light');
  }
});
document.addEventListener('keydown', event => { if (event.key === 'Escape' && document.body.classList.contains('tx-open')) showSheet(false); });

// Gradio's own parts name themselves badly for a screen reader; they are drawn again with every answer.
const mend = () => {
  document.querySelectorAll('#chat [data-testid][aria-label]').forEach(e => e.removeAttribute('aria-label'));
  document.querySelectorAll('#ask .submit-button:not([aria-label])').forEach(e => e.setAttribute('aria-label', 'Send question'));
  document.querySelectorAll('#chat .examples[role=list]').forEach(e => {
    e.setAttribute('role', 'group');
    e.setAttribute('aria-label', 'Example questions');
  });
};
mend();
new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
