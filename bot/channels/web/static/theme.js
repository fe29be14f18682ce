// Runs before the first paint, so that a dark room sees no white flash.
// The choice of colours is the only thing this site leaves in the browser for good.
(() => {
  const KEY = 'antt.theme';
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const read = () => {
    try {
      return localStorage.getItem(KEY) ?? 'system';
    } catch {
      return 'system'; // storage is switched off
    }
  };
  /** @param {string} chosen */
  const show = (chosen) => {
    const bySystem = dark.matches ? 'dark' : 'light';
    document.documentElement.dataset.theme = chosen === 'system' ? bySystem : chosen;
  };
  dark.addEventListener('change', () => show(read()));
  window.anttTheme = {
    get: read,
    set(value) {
      try {
        localStorage.setItem(KEY, value);
      } catch {
        // storage is switched off: the choice lasts as long as the page
      }
      show(value);
    },
  };
  show(read());
})();
