// A question that stands on a button, or in the address, is asked beside what is being typed. Runs after page.js.
function askNow(question, alone = false) {
  document.dispatchEvent(new CustomEvent('inquire', { detail: question }));
  trigger('inquire', { question, alone });
}

// Put a text into the box.
function fill(text) {
  const box = document.querySelector('#ask textarea');
  box.value = text;
  box.dispatchEvent(new Event('input', { bubbles: true })); // so that Gradio knows
}

document.addEventListener('click', event => {
  const button = event.target.closest?.('#chat .next, #chat .astyped');
  if (!button) return;
  askNow(button.value, button.matches('.astyped'));
  if (!onPhone()) document.querySelector('#ask textarea').focus();
});

// A question that was sent before the conversation was cleared goes with it: each tells after how many it came.
document.body.dataset.cleared = 0;
document.addEventListener('forget', () => { document.body.dataset.cleared = +document.body.dataset.cleared + 1; });
