// A question waits, is refused, or the server is gone: that is told above the question, in our words; the question is kept.
{
  const GONE = 'The program that answers cannot be reached. Your question is kept, and this page loads anew once it is back.';
  const BACK = 'The program is back. Your question is in the box; files that you had opened must be opened again.';
  const LEFT = 'What you had opened was forgotten when the page was loaded anew. Open your files again to ask about them.';
  const BUSY = 'Too much is waiting just now, so this was not done. Try it again in a moment.';
  const FAILED = 'Something went wrong here. Try it again; if this goes on, restart the program.';
  const WAITS = 'Others are being answered. Your question waits for its turn …';
  const NEXT = 'Your next question is asked as soon as this one is answered.';
  const PATIENCE = 1500; // milliseconds before that is said
  const EVERY = 2000; // milliseconds between two looks whether the server is back
  const box = () => document.querySelector('#ask textarea');
  const rows = () => document.querySelectorAll('#chat .user-row');
  const area = () => document.querySelector('#trouble .told');
  let kept = sessionStorage.getItem('question'); // of this page before it loaded anew
  let opened = sessionStorage.getItem('opened'); // files, in this page before it loaded anew
  let gone = false;
  let leaving = false; // the page is left, which breaks off what is under way: nothing is gone
  let patience = 0; // the timer of a question that has set out
  let sent = ''; // the question that set out
  let stood = Infinity; // so many stood in the conversation then; once it stands there itself, that is over
  let next = null; // asks what was sent off while another was being answered, which Gradio would lose

  const rest = () => {
    clearTimeout(patience);
    next = null;
    document.body.classList.remove('asking');
  };
  const calm = () => {
    rest();
    if (!gone) area()?.replaceChildren();
  };
  const inform = (role, text) => {
    const told = document.createElement('p');
    told.setAttribute('role', role);
    told.textContent = text;
    area()?.replaceChildren(told);
  };

  // Nothing that is done here reaches the server any more.
  const lose = () => {
    if (gone || leaving) return;
    gone = true;
    rest();
    document.body.classList.add('gone');
    inform('alert', GONE);
    const waits = document.querySelector('#chat .qa.wait') && [...rows()].at(-1)?.textContent.trim();
    const asked = stood < Infinity ? sent : waits;
    if (!box().value && asked) fill(asked);
    addEventListener('pagehide', () => sessionStorage.setItem('question', box().value));
    const look = () => fetch(location.href, { cache: 'no-store' }).then(() => location.reload(), () => setTimeout(look, EVERY));
    setTimeout(look, EVERY);
  };

  // Gradio tells errors in a corner of its own, and in its own words.
  const heard = new WeakSet(); // it stays a while after it is closed
  const hear = message => {
    if (heard.has(message)) return;
    heard.add(message);
    message.closest('.toast-body').querySelector('.toast-close').click();
    rest();
    if (/connection|stopped/i.test(message.textContent)) setTimeout(lose); // once it is known whether the page is left
    else inform('alert', /busy/i.test(message.textContent) ? BUSY : FAILED);
  };

  addEventListener('beforeunload', () => {
    leaving = true;
    setTimeout(() => { leaving = false; }, EVERY); // it was a file that was saved
  });

  const greet = () => {
    if (kept !== null) fill(kept);
    inform('status', kept !== null ? BACK : LEFT);
    kept = opened = null;
    ['question', 'opened'].forEach(name => sessionStorage.removeItem(name));
  };

  // Once it stands in the conversation it leaves the box, unless something else is being typed there.
  const emptyBox = () => {
    stood = Infinity;
    if (box().value === sent) fill('');
  };

  new MutationObserver(() => {
    if (rows().length > stood) emptyBox();
    if ((kept ?? opened) !== null && box() && area()) greet();
    document.querySelectorAll('.toast-body.error .toast-message-text').forEach(hear);
  }).observe(document.body, { childList: true, subtree: true });

  // What was told is over once something else is asked.
  const setOut = question => {
    calm();
    sent = question;
    stood = rows().length;
    document.body.classList.add('asking');
    document.dispatchEvent(new Event('asking'));
    patience = setTimeout(() => { if (!document.querySelector('#chat .qa.wait')) inform('status', WAITS); }, PATIENCE);
  };
  const sendOff = (event, question, { isTyped = false, ...wished } = {}) => {
    if (gone) return;
    if (!document.body.classList.contains('asking')) {
      if (isTyped) setOut(question);
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.detail > 1 || !question || (isTyped && question === sent)) return; // the same once more
    next = () => askNow(question, wished);
    clearTimeout(patience);
    patience = setTimeout(() => inform('status', NEXT), PATIENCE);
  };
  document.addEventListener('keydown', event => {
    const isSent = event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.target === box();
    if (isSent) sendOff(event, box().value, { isTyped: true });
  }, true);
  document.addEventListener('click', event => {
    const button = event.target.closest?.('#ask .submit-button, #chat .example, #chat .next, #chat .astyped');
    if (!button) return;
    if (button.matches('.submit-button')) sendOff(event, box().value, { isTyped: true });
    else if (button.matches('.example')) sendOff(event, button.textContent.trim(), { isTyped: true });
    else sendOff(event, button.value, wish(button));
  }, true);
  document.addEventListener('forget', () => { next = null; }); // it goes with the conversation
  document.addEventListener('inquire', event => { if (!gone) setOut(event.detail); });
  document.addEventListener('answered', () => {
    const ask = next;
    calm();
    if (ask) setTimeout(ask); // once Gradio is done with the one before
  });
}
