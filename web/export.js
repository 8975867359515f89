// The menu that saves the conversation. The server sends the file as text, and only here does it become one.
const menu = () => element.querySelector('details');
const say = text => { element.querySelector('[role=status]').textContent = text; };

function save({ name, type, data }) {
  const bytes = Uint8Array.from(atob(data), letter => letter.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // once the browser has surely taken it
  say(`Export ready: ${name}`);
}

watch('file', () => save(props.file));

document.addEventListener('click', event => {
  if (menu().open && !menu().contains(event.target)) menu().open = false;
  const button = event.target.closest?.('#export button');
  if (!button) return;
  menu().open = false;
  menu().querySelector('summary').focus();
  say('');
  trigger('select', { kind: button.value });
});
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape' || !menu().open) return;
  menu().open = false;
  menu().querySelector('summary').focus();
});
document.addEventListener('focusin', event => { if (menu().open && !menu().contains(event.target)) menu().open = false; });
