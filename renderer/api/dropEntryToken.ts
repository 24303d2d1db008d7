/**
 * Browser mode's entry token must not stay in the address bar or the history. Imported before the router, which
 * remembers the address it starts from.
 */
if (window.location.search !== '')
  window.history.replaceState(null, '', window.location.pathname + window.location.hash);
