// A question that stands on a button is asked as if it were typed. Runs after page.js.
function askNow(question, alone) {
  const box = document.querySelector('#ask textarea');
  box.value = question;
  box.dispatchEvent(new Event('input', { bubbles: true }));
  if (alone) document.body.dataset.alone = 'yes'; // taken away when the question sets out
  setTimeout(() => {
    document.querySelector('#ask .submit-button').click();
    if (!onPhone()) box.focus();
  });
}

document.addEventListener('click', event => {
  const button = event.target.closest?.('#chat .next, #chat .astyped');
  if (button) askNow(button.value, button.matches('.astyped'));
});
