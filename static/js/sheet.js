// A sheet of cells: what is pasted into one of them spreads over its neighbours, row by row, and
// arrows up and down or Enter walk between rows. Without this file a block is pasted below it.
(() => {
  const sheet = document.querySelector("[data-sheet]");
  if (!sheet) return;
  const fields = (row) => [...row.querySelectorAll("td > input:not([type=hidden])")];
  const rows = () => [...sheet.querySelectorAll("tbody tr")].map(fields).filter((row) => row.length);

  function place(input) {
    const all = rows();
    const row = all.findIndex((one) => one.includes(input));
    return { all, row, column: row < 0 ? -1 : all[row].indexOf(input) };
  }

  sheet.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain").replace(/[\r\n]+$/, "") ?? "";
    const at = event.target.closest("input") && place(event.target);
    if (!at || at.row < 0 || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    text.split(/\r?\n/).forEach((line, down) => {
      line.split("\t").forEach((value, aside) => {
        const field = at.all[at.row + down]?.[at.column + aside];
        if (!field || !value.trim()) return;
        field.value = value.trim();
        field.toggleAttribute("data-changed", field.value !== field.defaultValue);
      });
    });
  });

  sheet.addEventListener("input", (event) => {
    event.target.toggleAttribute("data-changed", event.target.value !== event.target.defaultValue);
  });

  sheet.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1, Enter: 1 }[event.key];
    if (!step || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = place(event.target);
    if (at.row < 0) return;
    event.preventDefault();
    at.all[at.row + step]?.[at.column]?.focus();
  });
})();
