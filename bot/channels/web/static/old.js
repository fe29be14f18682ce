// Says so when this browser is too old for the page, instead of "opening" for ever.
//
// It is no module and in the oldest JavaScript, so that every browser reads it. What it asks for
// came with the oldest browsers that the page serves, or is used by it. A browser that has all of
// it and still cannot read the modules is found when the page has loaded and nothing has started.
(function () {
  var AGAIN_MS = 3000;
  var root = document.documentElement;
  var lost = false;

  function hasWhatThePageUses() {
    return (
      'noModule' in document.createElement('script') &&
      typeof BigInt === 'function' &&
      typeof Promise.allSettled === 'function' &&
      typeof AbortController === 'function' &&
      typeof EventSource === 'function' &&
      typeof IntersectionObserver === 'function' &&
      typeof ResizeObserver === 'function' &&
      'addEventListener' in window.matchMedia('all') &&
      window.CSS.supports('width', 'max(1px, 2px)')
    );
  }

  function isTooOld() {
    try {
      return !hasWhatThePageUses();
    } catch (error) {
      return Boolean(error); // so old that even asking fails
    }
  }

  /** @param {string} name of the sentence, which the page has in an attribute */
  function say(name) {
    var splash = document.getElementById('splash');
    var text = document.getElementById('splash-text');
    if (splash && text) text.textContent = splash.getAttribute(name);
  }

  // app.js looks for it and does not start.
  if (isTooOld()) root.setAttribute('data-old', '');

  // A file that did not come is no sign of age. These errors do not rise: they are caught here.
  window.addEventListener(
    'error',
    /** @param {Event} event */
    function (event) {
      if (event.target instanceof Element && event.target.tagName === 'SCRIPT') lost = true;
    },
    true
  );

  // Modules run before this, where they are known.
  window.addEventListener('load', function () {
    if (root.hasAttribute('data-started')) return;
    if (!lost || root.hasAttribute('data-old')) {
      say('data-old');
      return;
    }
    say('data-broken');
    setTimeout(function () {
      location.reload();
    }, AGAIN_MS);
  });
})();
