// Runs once the interview's pane is there: `element` is the pane; `props`, `watch` and `trigger` are Gradio's.
// The other parts of the page may come later, so events are taken at the document.
const pane = element.closest('#tx');
const onPhone = () => matchMedia('(max-width: 760px)').matches;
const shown = () => parseInt(element.querySelector('#tx-title').dataset.number);
const SOON = 50; // milliseconds
let opener = null; // what had the focus before the sheet came up
let sheetAt = history.state?.sheet && location.href; // the address at which it did
let marked = null; // the sentence that is marked: { interview, number }; `seen` where a person went there, and it is no source
let wanted = { interview: shown(), number: -1 }; // what is to be shown, and once it is there (`due`) marked: by a `hand`?

// Do something once an element is there.
function whenThere(selector, act) {
  const found = document.querySelector(selector);
  if (found) return act(found);
  const watcher = new MutationObserver(() => {
    const come = document.querySelector(selector);
    if (come) { watcher.disconnect(); act(come); }
  });
  watcher.observe(document.body, { childList: true, subtree: true });
}

// Why nobody may get into the conversation just now.
const closed = { sheet: false, restoring: false };
function keepOut(why) {
  Object.assign(closed, why);
  document.querySelector('#left').inert = closed.sheet || closed.restoring;
}

const sentenceAt = number => element.querySelector(`#i${shown() + 1}-s${number + 1}`);

function showSheet(open) {
  document.body.classList.toggle('tx-open', open);
  document.querySelector('#showtx')?.setAttribute('aria-expanded', open);
  if (open) {
    sheetAt = location.href;
    if (!history.state?.sheet) history.pushState({ sheet: true }, '');
  }
  keepOut({ sheet: open }); // Tab must not lead under the sheet
  if (!open && opener) { opener.focus(); opener = null; }
}

function unmark() {
  marked = null;
  element.querySelectorAll('.s.hit').forEach(s => { s.classList.remove('hit', 'seen'); s.removeAttribute('aria-current'); });
}

function showMark(sentence) {
  sentence.classList.add('hit', ...(marked.seen ? ['seen'] : []));
  sentence.setAttribute('aria-current', 'true');
}

// Mark sentence `number` of the interview that is shown, and bring it into view; `focus` it for a person who asked for it.
function mark(number, focus, seen) {
  unmark();
  const sentence = sentenceAt(number);
  if (!sentence) { pane.scrollTop = 0; if (focus) pane.focus(); return; }
  marked = { interview: shown(), number, seen };
  showMark(sentence);
  const top = sentence.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop - pane.clientHeight * .35;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches || Math.abs(top - pane.scrollTop) > 3 * pane.clientHeight;
  pane.scrollTo({ top, behavior: calm ? 'auto' : 'smooth' });
  if (focus) { sentence.tabIndex = -1; sentence.focus({ preventScroll: true }); }
}

// Show sentence `number` of `interview`, which the server is asked for where another is shown.
function goTo(interview, number, hand, seen = false) {
  seen &&= !props.active.startsWith(`${interview}:${number}:`); // it may be the source all the same
  if (hand && onPhone() && !document.body.classList.contains('tx-open')) { opener = document.activeElement; showSheet(true); }
  const due = interview !== shown();
  wanted = { interview, number, hand, seen, due };
  if (!due) return mark(number, hand, seen);
  unmark();
  trigger('select', { interview });
}

// What was asked for earlier may come later, and is shown then in place of what is wanted.
function catchUp() {
  if (wanted.interview !== shown()) goTo(wanted.interview, wanted.number, wanted.hand, wanted.seen);
}

// Once another interview is there, mark what is wanted of it; where the same comes anew, its mark stays.
function arrive() {
  const look = document.querySelector('#look');
  if (look) look.value = shown();
  const newest = document.querySelector('#newest');
  if (newest) newest.hidden = +newest.value === shown();
  const again = marked?.interview === shown() && !element.querySelector('.s.hit') && sentenceAt(marked.number);
  if (again) showMark(again);
  if (wanted.interview !== shown()) return setTimeout(catchUp, SOON);
  if (!wanted.due) return;
  wanted.due = false;
  mark(wanted.number, wanted.hand, wanted.seen);
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
  const due = interview !== shown();
  wanted = { interview, number, hand: due && wanted.due && wanted.interview === interview && wanted.hand, due };
  if (due) setTimeout(catchUp, SOON); // unless it comes with this
  else mark(number, false);
});
// interviews that are built alike differ in letters and in this number alone
new MutationObserver(arrive).observe(element, { childList: true, subtree: true, attributeFilter: ['data-number'] });

pane.setAttribute('role', 'region');
pane.setAttribute('aria-label', 'Interview text');
pane.tabIndex = 0;

document.addEventListener('click', event => {
  if (document.body.classList.contains('tx-open') && !event.target.closest?.('#right, #bar')) return showSheet(false);
  const target = event.target.closest?.('a.jump, .copyq, #newest, #showtx, #closetx, #themebtn');
  if (!target) return;
  if (target.matches('a.jump')) {
    event.preventDefault();
    const [, interview, sentence] = target.getAttribute('href').match(/^#i(\d+)-s(\d+)$/);
    goTo(interview - 1, sentence - 1, true); // an address counts from 1
  } else if (target.matches('.copyq')) {
    copyQuote(target);
  } else if (target.id === 'newest') {
    goTo(+target.value, -1, false);
    document.querySelector('#look').focus(); // the button goes
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
// What was wrong with a question is over once another is typed, until that is sent and the server says what it thinks.
let isTyped = false; // since the last one was sent
const showNotice = () => document.querySelectorAll('#notice p').forEach(e => { e.hidden = isTyped; });
document.addEventListener('input', event => {
  if (!event.target.matches?.('#ask textarea')) return;
  isTyped = true;
  showNotice();
});
document.addEventListener('asking', () => { isTyped = false; });
document.addEventListener('answered', showNotice);
matchMedia('(max-width: 760px)').addEventListener('change', () => showSheet(false));
// Back takes the sheet away; where it is away, Back goes on, as if the sheet had never been there.
addEventListener('popstate', () => {
  if (history.state?.sheet || location.href !== sheetAt) return;
  if (document.body.classList.contains('tx-open')) showSheet(false);
  else history.back();
});
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
  // It goes once it is scrolled to, and would take the keyboard's place along; the keyboard scrolls by itself.
  document.querySelectorAll('#chat .scroll-down-button-container button').forEach(e => { e.tabIndex = -1; });
};
mend();
new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
