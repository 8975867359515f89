// A question that stands on a button, or in the address, is asked beside what is being typed. Runs after page.js.
function askNow(question, { alone = false, of = -1 } = {}) {
  document.dispatchEvent(new CustomEvent('inquire', { detail: question }));
  trigger('inquire', { question, alone, of });
}

// What a button asks for beside its question: as typed, or of one interview.
const wish = button => ({ alone: button.matches('.astyped'), of: parseInt(button.className.match(/\bof-(\d+)/)?.[1] ?? -1) });

// Put a text into the box.
function fill(text) {
  const box = document.querySelector('#ask textarea');
  box.value = text;
  box.dispatchEvent(new Event('input', { bubbles: true })); // so that Gradio knows
}

document.addEventListener('click', event => {
  const button = event.target.closest?.('#chat .next, #chat .astyped');
  if (!button) return;
  askNow(button.value, wish(button));
  if (!onPhone()) document.querySelector('#ask textarea').focus();
});

// A question that was sent before the conversation was cleared goes with it: each tells after how many it came.
document.body.dataset.cleared = 0;
document.addEventListener('forget', () => { document.body.dataset.cleared = +document.body.dataset.cleared + 1; });

// A question that is asked comes to the top of the conversation, and its answer with it, to be read from its beginning.
{
  let seen = '';
  const count = what => document.querySelectorAll(`#chat ${what}`).length;
  new MutationObserver(() => {
    const now = `${count('.user-row')} ${count('.qa:not(.wait)')}`;
    if (now === seen) return;
    seen = now;
    const row = [...document.querySelectorAll('#chat .user-row')].at(-1);
    const room = row?.closest('.panel-wrap');
    if (room) room.scrollTop += row.getBoundingClientRect().top - room.getBoundingClientRect().top;
  }).observe(document.body, { childList: true, subtree: true });
}

// What is unfolded in the conversation comes into view, as far as there is room.
document.addEventListener('click', event => {
  const part = event.target.closest?.('#chat summary')?.parentElement;
  const room = part?.closest('.panel-wrap');
  if (room) setTimeout(() => { // once it is open
    const [inner, outer] = [part, room].map(e => e.getBoundingClientRect());
    if (part.open) room.scrollTop += Math.max(0, Math.min(inner.bottom - outer.bottom, inner.top - outer.top));
  });
});
