// The page works without this script: it only keeps the progress of indexing moving and prevents a question from being sent twice.
const banner = document.querySelector('[data-sync]');

async function refresh() {
  try {
    const status = await (await fetch('/status', { headers: { accept: 'application/json' } })).json();
    if (!status.running) {
      banner.remove();
      return;
    }
    banner.querySelector('[data-sync-source]').textContent = status.source;
    banner.querySelector('[data-sync-text]').textContent = status.text;
    const bar = banner.querySelector('[data-sync-bar]');
    if (status.expected) {
      bar.max = status.expected;
      bar.value = status.seen;
    } else {
      bar.removeAttribute('value');
    }
  } catch {
    // The server is away; the next round tries again.
  }
  setTimeout(refresh, 1000);
}

if (banner) {
  setTimeout(refresh, 1000);
}

const form = document.querySelector('form.ask');
if (form) {
  const button = form.querySelector('button');
  form.addEventListener('submit', () => {
    button.textContent = 'Looking ...';
    setTimeout(() => { button.disabled = true; }, 0);
  });
  window.addEventListener('pageshow', () => {
    button.disabled = false;
    button.textContent = 'Ask';
  });
  form.querySelector('textarea').addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
}
