// What a visitor comes with: an address that names a sentence (#s42, #i2-s42) or asks a question (?q=…), and the
// conversation from before the page was loaded again, of which the questions are kept as long as this tab is open: the
// server, which decides what may be kept, is asked them anew. Runs last.
{
  const PLACE = /^#(i\d+-)?s\d+$/;

  // Go where the address leads.
  function followAddress() {
    if (!PLACE.test(location.hash)) return;
    led = true;
    trigger('follow', { place: location.hash });
  }

  // Ask what the address holds, once: loaded again, it does not.
  function askAddress() {
    const address = new URL(location.href);
    const question = address.searchParams.get('q');
    if (question === null) return;
    address.searchParams.delete('q');
    history.replaceState(history.state, '', address);
    fill(question); // where it stays if it cannot be asked
    askNow(question);
  }

  let led = false; // a link is being followed
  watch('active', () => {
    if (led && onPhone() && !props.active.startsWith('-1')) showSheet(true);
    led = false;
  });
  document.addEventListener('asking', () => { led = false; }); // the link led nowhere
  addEventListener('hashchange', followAddress);

  const PATIENCE = 15; // seconds without a sign of life
  const KEPT = 'conversation';

  function keep(asked) {
    try {
      if (asked?.length) sessionStorage.setItem(KEPT, JSON.stringify({ of: props.fingerprint, asked }));
      else sessionStorage.removeItem(KEPT);
    } catch { /* a browser that keeps nothing */ }
  }

  // What was asked of the interviews that are served now; what was asked of others is forgotten.
  function keptBefore() {
    try {
      const { of, asked } = JSON.parse(sessionStorage.getItem(KEPT));
      if (of === props.fingerprint && Array.isArray(asked) && asked.length) return asked;
    } catch { /* nothing, or not ours */ }
    keep(null);
    return null;
  }

  watch('kept', () => keep(JSON.parse(props.kept)));
  document.addEventListener('forget', () => keep(null));

  // Have the conversation come back, and meanwhile no question be asked, since it would be lost in between.
  function comeBack(asked, then) {
    const left = document.querySelector('#left');
    let sign = Date.now();
    let isOver = false;
    keepOut({ restoring: true });
    left.classList.add('restoring');
    const waiting = setInterval(() => { if (Date.now() - sign > PATIENCE * 1000) end(); }, 1000);
    function end() {
      clearInterval(waiting);
      if (isOver) return;
      isOver = true;
      keepOut({ restoring: false });
      left.classList.remove('restoring');
      if (!onPhone() && document.activeElement === document.body) document.querySelector('#ask textarea').focus();
      then();
    }
    watch('arrived', () => {
      sign = Date.now();
      if (props.arrived === 'done') end();
    });
    trigger('restore', { asked });
  }

  whenThere('#ask textarea', () => setTimeout(() => {
    const asked = keptBefore();
    const then = () => { followAddress(); askAddress(); };
    if (asked) comeBack(asked, then);
    else then();
  }));
}
