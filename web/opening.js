// Files are opened, by the button or by dropping them, and the interviews to ask are chosen. Runs after page.js.
let lots = Promise.resolve(); // one lot of files is sent after the other
let sending = null; // the request that sends a file
let stopped = false;

function tell(text) {
  const area = document.querySelector('#sending');
  area.classList.toggle('on', text !== '');
  area.querySelector('[role=status]').textContent = text;
}

// Send one file; what became of it is told as { name, path, status }.
function send(file, progress) {
  const sent = { name: file.name, path: '', status: 0 };
  if (file.isFolder) return { ...sent, status: 'folder' };
  if (file.size > props.largest) return { ...sent, status: 413 };
  // a name that nobody can guess, since whoever knows it could have the file
  const secret = Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, '0')).join('');
  const form = new FormData();
  form.append('files', file, secret);
  return new Promise(done => {
    sending = new XMLHttpRequest();
    sending.open('POST', 'gradio_api/upload');
    sending.upload.onprogress = event => progress(event.lengthComputable ? event.loaded / event.total : 0);
    sending.onloadend = () => {
      try {
        if (sending.status === 200) sent.path = JSON.parse(sending.responseText)[0];
      } catch { /* told as broken off */ }
      done({ ...sent, status: sending.status });
    };
    sending.send(form);
  });
}

async function sendLot(files, place) {
  const sent = [];
  stopped = false;
  for (const [number, file] of files.entries()) {
    const which = files.length > 1 ? `${number + 1} of ${files.length}: ${file.name}` : file.name;
    const progress = share => tell(`Sending ${which} … ${Math.round(share * 100)} %`);
    progress(0);
    sent.push(stopped || number >= props.most ? { name: file.name, path: '', status: 0 } : await send(file, progress));
  }
  tell('');
  trigger('upload', { files: sent, place });
}

function open(files) {
  if (!files.length) return;
  trigger('submit'); // a question that is asked from now on waits for them
  const place = +(document.body.dataset.lots ?? 0);
  document.body.dataset.lots = place + 1;
  lots = lots.catch(() => {}).then(() => sendLot(files, place));
}

whenThere('#newest', () => { // which is there once something is opened
  try { sessionStorage.setItem('opened', true); } catch { /* a browser that keeps nothing */ }
});

const carriesFiles = event => event.dataTransfer?.types.includes('Files');
const dropping = on => document.body.classList.toggle('dropping', on);
document.addEventListener('dragover', event => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = 'copy';
  dropping(true);
}, true);
document.addEventListener('dragleave', event => { if (!event.relatedTarget) dropping(false); }, true);
document.addEventListener('drop', event => {
  dropping(false);
  if (!carriesFiles(event)) return;
  event.preventDefault();
  event.stopPropagation();
  open(Array.from(event.dataTransfer.items).filter(item => item.kind === 'file').map(item => {
    const file = item.getAsFile();
    if (item.webkitGetAsEntry?.()?.isDirectory) file.isFolder = true;
    return file;
  }).filter(Boolean));
}, true);

document.addEventListener('click', event => {
  const chooser = document.querySelector('#choose details');
  if (chooser?.open && !chooser.contains(event.target)) chooser.open = false;
  const target = event.target.closest?.('#open, #sending .stop, #opened .dismiss');
  if (!target) return;
  if (target.id === 'open') {
    const input = document.querySelector('#files');
    input.accept = props.kinds;
    input.click();
  } else if (target.matches('.stop')) {
    stopped = true;
    sending?.abort();
  } else {
    target.closest('.note').remove();
    trigger('clear');
    document.querySelector('#ask textarea').focus();
  }
});

// A box that was touched keeps its state when Gradio writes the choice anew, which it does into what stands there.
whenThere('#choose', chooser => {
  new MutationObserver(() => {
    chooser.querySelectorAll('.rows input').forEach(box => { box.checked = box.hasAttribute('checked'); });
  }).observe(chooser, { subtree: true, attributeFilter: ['data-key'] });
});

function choose(box) {
  const boxes = [...document.querySelectorAll('#choose .rows input')];
  const [all, ...each] = boxes;
  if (box === all) each.forEach(e => { e.checked = false; });
  const chosen = each.filter(e => e.checked);
  all.checked = !chosen.length;
  const named = chosen.length === 1 ? chosen[0].nextElementSibling.textContent : `${chosen.length} of ${each.length} interviews`;
  document.querySelector('#choose summary b').textContent =
    chosen.length && chosen.length < each.length ? named : `all ${each.length} interviews`;
}

document.addEventListener('change', event => {
  if (event.target.id === 'files') {
    open([...event.target.files]);
    event.target.value = ''; // so that the same file can be opened again
  } else if (event.target.closest?.('#choose .rows')) {
    choose(event.target);
  }
});
document.addEventListener('input', event => {
  if (!event.target.matches?.('#choose [type=search]')) return;
  const sought = event.target.value.toLowerCase();
  document.querySelectorAll('#choose .rows label').forEach(e => { e.hidden = !e.textContent.toLowerCase().includes(sought); });
});
document.addEventListener('focusin', event => {
  const chooser = document.querySelector('#choose details');
  if (chooser?.open && !chooser.contains(event.target)) chooser.open = false; // it would cover what has the focus
});
document.addEventListener('keydown', event => {
  const chooser = document.querySelector('#choose details');
  if (event.key !== 'Escape' || !chooser?.open) return;
  chooser.open = false;
  chooser.querySelector('summary').focus();
});
