// Runs once the interview's pane is there: `element` is the pane; `props`, `watch` and `trigger` are Gradio's.
// The other parts of the page may come later, so events are taken at the document.
const pane = element.closest('#tx');
const onPhone = () => matchMedia('(max-width: 760px)').matches;
const shown = () => parseInt(element.querySelector('#tx-title').dataset.number);
let opener = null; // what had the focus before the sheet came up
let wanted = null; // what to mark once its interview is there: { interview, number, hand }

function showSheet(open) {
  document.body.classList.toggle('tx-open', open);
  document.querySelector('#showtx')?.setAttribute('aria-expanded', open);
  document.querySelector('#left').inert = open; // Tab must not lead under the sheet
  if (!open && opener) { opener.focus(); opener = null; }
}

function unmark() {
  element.querySelectorAll('.s.hit').forEach(s => { s.classList.remove('hit'); s.removeAttribute('aria-current'); });
}

// Mark sentence `number` of the interview that is shown, and bring it into view; `focus` it for a person who asked for it.
function mark(number, focus) {
  unmark();
  const sentence = element.querySelector('#s' + number);
  if (!sentence) { pane.scrollTop = 0; if (focus) pane.focus(); return; }
  sentence.classList.add('hit');
  sentence.setAttribute('aria-current', 'true');
  const top = sentence.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop - pane.clientHeight * .35;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches || Math.abs(top - pane.scrollTop) > 3 * pane.clientHeight;
  pane.scrollTo({ top, behavior: calm ? 'auto' : 'smooth' });
  if (focus) { sentence.tabIndex = -1; sentence.focus({ preventScroll: true }); }
}

// Show sentence `number` of `interview`, which the server is asked for where another is shown.
function goTo(interview, number, hand) {
  if (hand && onPhone() && !document.body.classList.contains('tx-open')) { opener = document.activeElement; showSheet(true); }
  if (interview === shown()) return mark(number, hand);
  unmark();
  wanted = { interview, number, hand };
  trigger('select', { interview, sentence: number });
}

// Once another interview is there, mark what is wanted of it.
function arrive() {
  const look = document.querySelector('#look');
  if (look) look.value = shown();
  if (wanted?.interview !== shown()) return;
  const { number, hand } = wanted;
  wanted = null;
  mark(number, hand);
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
  try {
    await copy(button.value);
    button.textContent = 'Copied';
  } catch {
    button.textContent = 'Copying is not allowed here';
  }
  setTimeout(() => { button.textContent = 'Copy quote'; }, 1500);
}

const theme = localStorage.getItem('theme');
if (theme) document.body.classList.toggle('dark', theme === 'dark');

watch('active', () => {
  const [interview, number] = props.active.split(':').map(Number);
  if (interview < 0) return unmark();
  if (interview === shown()) return mark(number, false);
  if (wanted?.interview === interview) return; // it comes with this
  wanted = { interview, number, hand: false };
  setTimeout(() => { if (wanted) goTo(interview, number, false); }, 50); // unless it comes with this, too
});
new MutationObserver(arrive).observe(element, { childList: true, subtree: true });

pane.setAttribute('role', 'region');
pane.setAttribute('aria-label', 'Interview text');
pane.tabIndex = 0;

document.addEventListener('click', event => {
  if (document.body.classList.contains('tx-open') && !event.target.closest?.('#right, #bar')) return showSheet(false);
  const target = event.target.closest?.('a.jump, .copyq, #showtx, #closetx, #themebtn');
  if (!target) return;
  if (target.matches('a.jump')) {
    event.preventDefault();
    const [, interview, sentence] = target.getAttribute('href').match(/^#i(\d+)-s(\d+)$/);
    goTo(+interview, +sentence, true);
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
document.addEventListener('change', event => {
  if (event.target.id === 'look') goTo(+event.target.value, -1, false);
});
// A button that goes away when it is pressed would take the keyboard's place along; a finger has none.
document.addEventListener('click', event => {
  const isPressed = !event.detail && event.target.closest?.('#chat .example, #chat [aria-label=Clear], #sending .stop');
  if (isPressed) document.querySelector('#ask textarea').focus();
}, true);
matchMedia('(max-width: 760px)').addEventListener('change', () => showSheet(false));
document.addEventListener('keydown', event => {
  if (event.key === 'Escape' && document.body.classList.contains('tx-open')) showSheet(false);
});

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
