// Single keys: g + letter goes somewhere, j/k walk rows, ? shows the sheet.
// Silent in fields, while an input method composes, under a dialog, and when switched off.
(() => {
  const KEY = "single-keys";
  let waiting = 0;

  function on() {
    try { return localStorage.getItem(KEY) !== "off"; } catch { return true; }
  }

  function busy(event) {
    const field = "input, select, textarea, [contenteditable]";
    return event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey
      || event.defaultPrevented || event.target.closest?.(field) || document.querySelector("dialog[open]");
  }

  const link = (row) => row.querySelector("a[href], button, summary");

  function walk(step) {
    const rows = [...document.querySelectorAll("[data-rows] tbody tr, [data-rows] > li")].filter(link);
    if (!rows.length) return;
    const here = rows.findIndex((row) => row.contains(document.activeElement));
    const next = rows[Math.min(rows.length - 1, Math.max(0, here < 0 ? 0 : here + step))];
    link(next).focus();
    next.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    if (busy(event) || !on()) return;
    if (Date.now() - waiting < 1200) {
      waiting = 0;
      const target = document.querySelector(`.rail [data-key="${CSS.escape(event.key)}"]`);
      if (target) { event.preventDefault(); target.click(); }
      return;
    }
    if (event.key === "g") waiting = Date.now();
    else if (event.key === "j") walk(1);
    else if (event.key === "k") walk(-1);
    else if (event.key === "?") document.getElementById("keys")?.showModal();
  });

  const toggle = document.querySelector("[data-keys-toggle]");
  if (toggle) {
    toggle.checked = on();
    toggle.addEventListener("change", () => {
      try { localStorage.setItem(KEY, toggle.checked ? "on" : "off"); } catch { /* private window */ }
    });
  }
})();
