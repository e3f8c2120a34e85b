// What is typed into a text with [data-draft] survives a lost session, a refusal or a closed page.
(() => {
  const name = (field) => `draft:${location.pathname}:${field.dataset.draft}`;
  const SENT = "draft-sent";

  function read(key) { try { return sessionStorage.getItem(key); } catch { return null; } }
  function write(key, value) {
    try {
      if (value) sessionStorage.setItem(key, value);
      else sessionStorage.removeItem(key);
    } catch { /* no room: the text is still in the field */ }
  }

  function restore(root) {
    for (const field of root.querySelectorAll("textarea[data-draft]")) {
      const text = read(name(field));
      if (text && !field.value) {
        field.value = text;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }
  }

  // A new page after a sent form means the text arrived, unless it says otherwise.
  const sent = read(SENT);
  const fresh = performance.getEntriesByType("navigation")[0]?.type === "navigate";
  if (sent && fresh && !document.querySelector("[data-refused], [data-entrance], .errorlist")) {
    for (const key of JSON.parse(sent)) write(key, "");
  }
  write(SENT, "");

  const drafts = (form) => [...form.querySelectorAll("textarea[data-draft]")].map(name);

  document.addEventListener("input", (event) => {
    if (event.target.matches?.("textarea[data-draft]")) write(name(event.target), event.target.value);
  });
  document.addEventListener("submit", (event) => {
    const keys = drafts(event.target);
    if (keys.length && !event.defaultPrevented) write(SENT, JSON.stringify(keys));
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = event.detail.requestConfig?.elt?.closest?.("form");
    const { status } = event.detail.xhr;
    if (form && status >= 200 && status < 300 && event.detail.requestConfig.verb !== "get") {
      for (const key of drafts(form)) write(key, "");
    }
  });
  document.addEventListener("htmx:afterSettle", () => restore(document));
  restore(document);
})();
